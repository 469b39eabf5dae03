//! The steps of a recheck, each by who has its turn.

use super::{RESULT_CORRECTED, facts_of, news::texts, permit, sheet::sheet};
use crate::{
    access::Actor,
    learning, messages,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    results::{
        entity::{result, result_correction, score_recheck},
        service::grade_rules,
        store,
    },
    sittings,
};
use serde_json::json;
use shared::{
    ids::{AccountId, ScoreRecheckId},
    people::check_reason,
    results::{
        RecheckState, RecheckStep, RecheckedItem, SettleRecheck, check_corrections, corrected_score, grade, has_passed,
        is_result_wrong, judge_recheck,
    },
};

/// Says what was found: that the result is right, or what it is instead, which another person is to confirm.
///
/// # Errors
/// `not-found`, `forbidden`, the fields that are wrong, `second-person-needed` for the candidate, or `wrong-state`.
pub(in crate::results) async fn settle(
    cx: &Services,
    actor: &Actor,
    id: ScoreRecheckId,
    key: &IdempotencyKey,
    wanted: &SettleRecheck,
) -> AppResult<()> {
    let (permit, row) = permit(cx, actor, id).await?;
    let reason = check_reason(&wanted.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    // Nothing of these changes once results are released.
    let sitting = sittings::sitting_facts(cx, row.sitting_id).await?;
    let items = sheet(cx, &sitting).await?;
    let wrong = check_corrections(&items, &wanted.corrections);
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let person = permit.person()?;
    let news = texts(cx, &sitting, person).await?;
    let settled = cx.db.write(&permit, async |tx| {
        once(tx, person, key, &(id, wanted), async || {
            let (row, result) = held(tx, id).await?;
            let is_wrong = is_result_wrong(&items, &wanted.corrections, result.score);
            let step = if is_wrong { RecheckStep::Propose } else { RecheckStep::Keep };
            let next = judge(&row, &result, (step, person))?;
            tx.note("before", result.score.0);
            let found = with_finding(row, (items.as_slice(), wanted), (person, reason.as_str()))?;
            let settled_at = Some(tx.now());
            replace(tx, score_recheck::Model { settled_at, ..found }, next).await?;
            if next == RecheckState::Unchanged {
                messages::queue_all(cx, tx, &news).await?;
            }
            Ok(id)
        })
        .await
    });
    settled.await?;
    Ok(())
}

/// A recheck with what one person found.
fn with_finding(
    row: score_recheck::Model,
    (items, wanted): (&[RecheckedItem], &SettleRecheck),
    (person, reason): (AccountId, &str),
) -> AppResult<score_recheck::Model> {
    let corrections = serde_json::to_string(&wanted.corrections).map_err(AppError::internal)?;
    Ok(score_recheck::Model {
        settled_by: Some(person),
        reason: Some(reason.to_owned()),
        corrections: Some(corrections),
        score_after: Some(corrected_score(items, &wanted.corrections)),
        ..row
    })
}

/// Confirms what another person found: the result is another from now on.
///
/// # Errors
/// `not-found`, `forbidden`, `second-person-needed` for who found it and for the candidate, or `wrong-state`.
pub(in crate::results) async fn confirm(
    cx: &Services,
    actor: &Actor,
    id: ScoreRecheckId,
    key: &IdempotencyKey,
) -> AppResult<()> {
    let (permit, row) = permit(cx, actor, id).await?;
    let person = permit.person()?;
    let news = texts(cx, &sittings::sitting_facts(cx, row.sitting_id).await?, person).await?;
    let confirmed = cx.db.write(&permit, async |tx| {
        once(tx, person, key, &(id, RecheckStep::Confirm), async || {
            let (row, result) = held(tx, id).await?;
            let next = judge(&row, &result, (RecheckStep::Confirm, person))?;
            correct(tx, &row, &result, person).await?;
            let (confirmed_by, confirmed_at) = (Some(person), Some(tx.now()));
            replace(tx, score_recheck::Model { confirmed_by, confirmed_at, ..row }, next).await?;
            messages::queue_all(cx, tx, &news).await?;
            Ok(id)
        })
        .await
    });
    confirmed.await?;
    Ok(())
}

/// Writes what a result is instead, and tells who builds on it.
async fn correct(tx: &Tx, row: &score_recheck::Model, result: &result::Model, person: AccountId) -> AppResult<()> {
    let (account_id, course_id) = (result.account_id, result.course_id);
    let today = tx.now().date_in_china();
    let kept = learning::kept_course_rules(tx.conn(), &[account_id], &[course_id], today).await?;
    let rules = grade_rules(kept.pass_pct(account_id, course_id));
    let score = row.score_after.ok_or_else(|| AppError::internal("a finding without a score"))?;
    let correction = result_correction::Model {
        sitting_id: row.sitting_id,
        recheck_id: row.id,
        score,
        grade: grade(score, result.max_score, &rules).as_str().to_owned(),
        has_passed: has_passed(score, result.max_score, &rules),
        corrected_by: person,
        corrected_at: tx.now(),
    };
    tx.note("before", result.score.0);
    tx.note("after", score.0);
    store::insert_correction(tx.conn(), correction).await?;
    let reason = row.reason.as_deref().unwrap_or_default();
    tx.emit(RESULT_CORRECTED, json!({ "sitting_id": row.sitting_id, "corrected_by": person, "reason": reason }));
    Ok(())
}

/// Has it looked at once more: what was found does not stand.
///
/// # Errors
/// `not-found`, `forbidden`, `second-person-needed` for the candidate, or `wrong-state`.
pub(in crate::results) async fn give_back(
    cx: &Services,
    actor: &Actor,
    id: ScoreRecheckId,
    key: &IdempotencyKey,
) -> AppResult<()> {
    let (permit, _) = permit(cx, actor, id).await?;
    let person = permit.person()?;
    let given_back = cx.db.write(&permit, async |tx| {
        once(tx, person, key, &(id, RecheckStep::Return), async || {
            let (row, result) = held(tx, id).await?;
            let next = judge(&row, &result, (RecheckStep::Return, person))?;
            tx.note("was_found", row.corrections.clone());
            let row = score_recheck::Model {
                settled_by: None,
                settled_at: None,
                reason: None,
                corrections: None,
                score_after: None,
                ..row
            };
            replace(tx, row, next).await?;
            Ok(id)
        })
        .await
    });
    given_back.await?;
    Ok(())
}

/// A recheck and its result; nobody changes them until the write ends.
async fn held(tx: &Tx, id: ScoreRecheckId) -> AppResult<(score_recheck::Model, result::Model)> {
    let row = store::lock_recheck(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let result = store::lock(tx.conn(), row.sitting_id).await?.ok_or_else(AppError::not_found)?;
    Ok((row, result))
}

fn judge(
    row: &score_recheck::Model,
    result: &result::Model,
    (step, person): (RecheckStep, AccountId),
) -> AppResult<RecheckState> {
    judge_recheck(&facts_of(row, result.account_id)?, step, person).map_err(AppError::refused)
}

async fn replace(tx: &Tx, row: score_recheck::Model, next: RecheckState) -> AppResult<()> {
    tx.note("state", next.as_str());
    store::replace_recheck(tx.conn(), score_recheck::Model { state: next.as_str().to_owned(), ..row }).await
}
