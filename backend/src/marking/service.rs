//! Marking by persons, who see no identity; and what a sitting is worth.

use super::{
    claims::most_of_each,
    entity::{marking_claim, scored_response},
    store::{self, Worth},
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings::{self, ExamSessionFacts},
};
use shared::{
    ids::{ExamSessionId, ItemId, SittingId},
    item_bank::Response,
    marking::{Claim, ClaimRules, MarkRefusal, MarkVerdict, NewMark, ResponseFacts, check_points, judge_mark},
    points::Points,
    sittings::{ExamSessionRefusal, ExamSessionState},
};
use std::collections::HashMap;
use uuid::Uuid;

actions! {
    /// Mark one response.
    MarkResponse(Uuid) = MarkResponse;
}

/// Lets the actor mark a response of an exam session at a place of theirs.
///
/// # Errors
/// `not-found` if they may not know of it, `forbidden` if they are no marker.
pub async fn permit_mark(cx: &Services, actor: &Actor, id: Uuid) -> AppResult<Permit<MarkResponse>> {
    permit_response(cx, actor, id).await
}

/// Lets the actor do `A` to a response of an exam session at a place of theirs.
///
/// # Errors
/// `not-found` if they may not know of it, `forbidden` if they may but lack the right.
pub(super) async fn permit_response<A: Action<Target = Uuid>>(
    cx: &Services,
    actor: &Actor,
    id: Uuid,
) -> AppResult<Permit<A>> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = sittings::exam_session_facts(cx, row.exam_session_id).await?.place;
    if !sittings::may_see_exam_session(actor, &place) {
        return Err(AppError::not_found());
    }
    authorize(actor, id, &place)
}

/// Marks a response that the marker has claimed, and renews their other claims. A repeat of the same
/// mark changes nothing.
///
/// # Errors
/// Field errors for points that it cannot be worth, and for an essay whose dimensions are not worth them together;
/// `not-claimed` if the marker does not have the response (any more); `wrong-state` when it is marked already or the
/// results are out.
pub async fn mark(cx: &Services, permit: &Permit<MarkResponse>, new: &NewMark) -> AppResult<()> {
    let (id, marker, rules) = (*permit.target(), permit.person()?, ClaimRules::zhejiang_2026());
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let exam_session_id = row.exam_session_id;
    // What an item is worth, and by what, never changes once its paper is sealed.
    let wrong = check_points(new, row.max_points, &most_of_each(cx, &row).await?);
    if !wrong.is_empty() {
        return Err(AppError::Invalid(wrong));
    }
    let dimensions = match new.dimensions.is_empty() {
        true => None,
        false => Some(serde_json::to_string(&new.dimensions).map_err(AppError::internal)?),
    };
    cx.db
        .write(permit, async |tx| {
            let exam_session = sittings::lock_exam_session(tx, exam_session_id).await?;
            let row = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let claim = store::find_claim(tx.conn(), id).await?;
            let verdict = judge_mark(&facts_of(&row, claim.as_ref()), marker, new.points).map_err(AppError::refused)?;
            if verdict == MarkVerdict::Repeated {
                if row.dimension_points != dimensions {
                    return Err(AppError::refused(MarkRefusal::AlreadyMarked));
                }
                tx.note("repeated", true);
                return Ok(());
            }
            in_marking(&exam_session)?;
            let worth = Worth { points: new.points, dimensions: dimensions.clone() };
            let is_stored = store::mark(tx.conn(), id, worth, marker, tx.now()).await?;
            if !is_stored || !store::end_claim(tx.conn(), id, marker).await? {
                return Err(AppError::internal("a response of a locked exam session was taken"));
            }
            let until = Claim::renewed(marker, tx.now(), &rules).until;
            store::renew_claims(tx.conn(), exam_session_id, marker, until).await?;
            tx.note("points", new.points.0);
            sittings::take_marked(tx, exam_session_id).await
        })
        .await
}

/// Refuses unless the exam session is being marked.
pub(super) fn in_marking(exam_session: &ExamSessionFacts) -> AppResult<()> {
    let (state, wanted) = (exam_session.state, ExamSessionState::Marking);
    if state == wanted { Ok(()) } else { Err(AppError::refused(ExamSessionRefusal::WrongState { state, wanted })) }
}

pub(super) fn claim_of(row: &marking_claim::Model) -> Claim {
    Claim { marker: row.marker_id, until: row.lease_until }
}

pub(super) fn facts_of(row: &scored_response::Model, claim: Option<&marking_claim::Model>) -> ResponseFacts {
    ResponseFacts { points: row.points, marked_by: row.marked_by, claim: claim.map(claim_of) }
}

/// What a sitting is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SittingScore {
    /// The points of all responses together.
    pub score: Points,
    /// What the paper is worth.
    pub max_score: Points,
}

/// What the sittings of an exam session are worth; `None` while a response waits for a marker.
/// Who was absent is not in it.
///
/// # Errors
/// If the store fails.
pub async fn scores_of(
    conn: &impl sea_orm::ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Option<HashMap<SittingId, SittingScore>>> {
    let mut scores: HashMap<SittingId, SittingScore> = HashMap::new();
    for (sitting_id, points, max_points) in store::list_points(conn, id).await? {
        let Some(points) = points else { return Ok(None) };
        let sum = scores.entry(sitting_id).or_insert(SittingScore { score: Points::ZERO, max_score: Points::ZERO });
        sum.score = [sum.score, points].into_iter().sum();
        sum.max_score = [sum.max_score, max_points].into_iter().sum();
    }
    Ok(Some(scores))
}

/// What one candidate answered to an item, and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoredResponse {
    /// The candidate's sitting.
    pub sitting_id: SittingId,
    /// The response; nothing if there was none.
    pub response: Option<Response>,
    /// Its points.
    pub points: Points,
}

/// Every response to an item of an exam session that has its points.
///
/// # Errors
/// If the store fails.
pub async fn scored_responses(cx: &Services, id: ExamSessionId, item_id: ItemId) -> AppResult<Vec<ScoredResponse>> {
    let mut whole: Vec<(SittingId, String, Option<Points>)> = Vec::new();
    for (sitting_id, part, response, points) in store::list_scored(cx.db.read(), id, item_id).await? {
        match whole.last_mut() {
            Some((last, _, sum)) if part > 0 && *last == sitting_id => *sum = together(*sum, points),
            _ => whole.push((sitting_id, response, points)),
        }
    }
    let scored = whole.into_iter().filter_map(|(sitting_id, response, points)| Some((sitting_id, response, points?)));
    scored
        .map(|(sitting_id, response, points)| {
            let response = serde_json::from_str(&response).map_err(AppError::internal)?;
            Ok(ScoredResponse { sitting_id, response, points })
        })
        .collect()
}

/// What two parts of a response are worth, once both have their points.
fn together(one: Option<Points>, other: Option<Points>) -> Option<Points> {
    Some([one?, other?].into_iter().sum())
}

/// One response of a sitting, as it was scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseOnSheet {
    /// The item.
    pub item_id: ItemId,
    /// The response; nothing if there was none.
    pub response: Option<Response>,
    /// Its points, if it has any yet.
    pub points: Option<Points>,
    /// Whether a person marked it, or a part of it.
    pub is_marked: bool,
}

/// Every response of a sitting that was scored.
///
/// # Errors
/// If the store fails.
pub async fn sheet_of(cx: &Services, id: SittingId) -> AppResult<Vec<ResponseOnSheet>> {
    let mut sheet: Vec<ResponseOnSheet> = Vec::new();
    for row in store::list_of_sitting(cx.db.read(), id).await? {
        match sheet.last_mut() {
            Some(whole) if row.part > 0 && whole.item_id == row.item_id => {
                whole.points = together(whole.points, row.points);
                whole.is_marked |= row.marked_by.is_some();
            }
            _ => sheet.push(ResponseOnSheet {
                item_id: row.item_id,
                response: serde_json::from_str(&row.response).map_err(AppError::internal)?,
                points: row.points,
                is_marked: row.marked_by.is_some(),
            }),
        }
    }
    Ok(sheet)
}
