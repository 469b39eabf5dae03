//! Certificates. Each is entered once, whoever holds it.

use super::{none_of, permit_known, permit_new, reason, reason_of_withdrawal, said_of, state, unreadable};
use crate::{
    access::{Actor, Permit, actions},
    organisation,
    platform::{
        Services,
        crypto::Column,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        sealed::{SMALL_ROWS, SealedColumn},
    },
    teaching::{entity::skill_certificate, store},
};
use shared::{
    ids::{AccountId, SkillCertificateId},
    teaching::{
        CertificateKind, HeldCertificate, SkillCertificateEntry, SkillCertificateView, SkillCheck, SkillHands,
        SkillLevel, SkillState, SkillWithdrawal, judge_skill_check, judge_skill_withdrawal, replaced,
    },
    time::{read_date, write_date},
};

actions! {
    /// Record a certificate.
    RecordCertificate(SkillCertificateId) = KeepSkills;
    /// Find a certificate right or wrong.
    CheckCertificate(SkillCertificateId) = CheckSkills;
    /// Take back a certificate that was recorded by mistake.
    WithdrawCertificate(SkillCertificateId) = KeepSkills;
}

/// Issuers and numbers. The index is of both together.
const NUMBER: Column = Column { table: "skill_certificate", name: "number" };

/// Numbers of certificates.
pub(in crate::teaching) const SEALED: SealedColumn = SealedColumn {
    table: NUMBER.table,
    name: NUMBER.name,
    id: "id",
    number: None,
    bound_to: |row| bound_to(SkillCertificateId(row.id)),
    open_len: None,
    rows: SMALL_ROWS,
};

/// Records a certificate.
///
/// # Errors
/// `forbidden`; the fields that are wrong.
pub async fn create(
    cx: &Services,
    actor: &Actor,
    key: &IdempotencyKey,
    entry: &SkillCertificateEntry,
) -> AppResult<SkillCertificateView> {
    let place = (entry.provider_id, entry.learner);
    let permit = permit_new::<RecordCertificate>(cx, actor, cx.ids.new_id(), place).await?;
    none_of(entry.check(cx.clock.now().date_in_china()))?;
    // A number may be a person's, so that a request is known by its index.
    let index = cx.keys.fields.blind_index(NUMBER, &entry.canonical()).to_hex();
    let request = SkillCertificateEntry { number: index, ..entry.clone() };
    let id = cx
        .db
        .write(&permit, async |tx| {
            once(tx, actor.account_id, key, &request, async || insert(cx, tx, &permit, entry).await).await
        })
        .await?;
    get(cx, entry.learner, id).await
}

async fn insert(
    cx: &Services,
    tx: &Tx,
    permit: &Permit<RecordCertificate>,
    entry: &SkillCertificateEntry,
) -> AppResult<SkillCertificateId> {
    let id = *permit.target();
    let row = skill_certificate::Model {
        id,
        learner_id: entry.learner,
        provider_id: entry.provider_id,
        division: organisation::provider_within(tx, entry.provider_id).await?.division,
        occupation: entry.occupation.trim().to_owned(),
        state: SkillState::Claimed.as_str().to_owned(),
        reason: String::new(),
        recorded_by: permit.person()?,
        recorded_at: tx.now(),
        checked_by: None,
        checked_at: None,
        verified_by: None,
        verified_at: None,
        withdrawn_by: None,
        withdrawn_at: None,
        withdrawn_because: String::new(),
        kind: entry.kind.as_str().to_owned(),
        kind_name: entry.name_of_kind().to_owned(),
        level: entry.level.map(|level| level.as_str().to_owned()),
        issuer: entry.issuer.trim().to_owned(),
        number: cx.keys.fields.seal_bytes(&bound_to(id), entry.number.trim().as_bytes(), &*cx.ids)?,
        number_index: cx.keys.fields.blind_index(NUMBER, &entry.canonical()),
        issued_on: write_date(entry.issued_on),
        photo_id: None,
    };
    tx.note("kind", entry.kind.as_str());
    if store::insert_certificate(tx.conn(), row).await? {
        Ok(id)
    } else {
        Err(AppError::field("/number", "number-taken"))
    }
}

/// The place that a sealed number belongs to.
fn bound_to(id: SkillCertificateId) -> String {
    format!("skill_certificate {id}")
}

/// Finds a certificate right or wrong.
///
/// # Errors
/// `not-found` or `forbidden`; why it is not checked.
pub async fn check(
    cx: &Services,
    actor: &Actor,
    id: SkillCertificateId,
    check: &SkillCheck,
) -> AppResult<SkillCertificateView> {
    let row = store::find_certificate(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let learner = row.learner_id;
    let permit = permit_known::<CheckCertificate>(actor, id, (row.provider_id, &row.division))?;
    let reason = reason(check)?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_certificate(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let known = state(&row.state)?;
            let hands = SkillHands { recorded_by: row.recorded_by, checked_by: row.checked_by };
            let next = judge_skill_check(known, hands, actor.account_id, check.is_right);
            let next = next.map_err(AppError::refused)?.as_str();
            tx.note("state", next);
            let hand = (Some(actor.account_id), Some(tx.now()));
            let former = (row.checked_by, row.checked_at);
            // Who comes second verifies; the first one stays known.
            let (checked, verified) = if former.0.is_some() { (former, hand) } else { (hand, (None, None)) };
            let row = skill_certificate::Model {
                state: next.to_owned(),
                reason: reason.clone(),
                checked_by: checked.0,
                checked_at: checked.1,
                verified_by: verified.0,
                verified_at: verified.1,
                ..row
            };
            store::update_certificate(tx.conn(), row).await
        })
        .await?;
    get(cx, learner, id).await
}

/// Takes back a certificate; its number can be recorded again.
pub(in crate::teaching) async fn withdraw(
    cx: &Services,
    actor: &Actor,
    id: SkillCertificateId,
    request: &SkillWithdrawal,
) -> AppResult<SkillCertificateView> {
    let row = store::find_certificate(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let learner = row.learner_id;
    let permit = permit_known::<WithdrawCertificate>(actor, id, (row.provider_id, &row.division))?;
    let because = reason_of_withdrawal(request)?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::lock_certificate(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let next = judge_skill_withdrawal(state(&row.state)?, row.recorded_by, actor.account_id);
            let next = next.map_err(AppError::refused)?.as_str();
            tx.note("state", next);
            let row = skill_certificate::Model {
                state: next.to_owned(),
                withdrawn_by: Some(actor.account_id),
                withdrawn_at: Some(tx.now()),
                withdrawn_because: because.clone(),
                ..row
            };
            store::update_certificate(tx.conn(), row).await
        })
        .await?;
    get(cx, learner, id).await
}

/// One certificate of a learner.
///
/// # Errors
/// `not-found` if there is none.
pub(super) async fn get(cx: &Services, learner: AccountId, id: SkillCertificateId) -> AppResult<SkillCertificateView> {
    let all = of_learner(cx, learner).await?;
    all.into_iter().map(|(_, view)| view).find(|view| view.id == id).ok_or_else(AppError::not_found)
}

/// The certificates of a learner, each with the division of the school that recorded it, the last first.
pub(super) async fn of_learner(cx: &Services, learner: AccountId) -> AppResult<Vec<(String, SkillCertificateView)>> {
    let rows = store::list_certificates(cx.db.read(), learner).await?;
    let held = rows.iter().map(|row| {
        Ok(HeldCertificate {
            id: row.id,
            occupation: row.occupation.clone(),
            level: row.level.as_deref().and_then(SkillLevel::parse),
            state: state(&row.state)?,
        })
    });
    let replaced = replaced(&held.collect::<AppResult<Vec<_>>>()?);
    let view = |row: skill_certificate::Model| {
        let replaced_by = replaced.get(&row.id).copied();
        Ok((row.division.clone(), SkillCertificateView { replaced_by, ..view(cx, row)? }))
    };
    rows.into_iter().map(view).collect()
}

/// A certificate as people read it, by itself.
pub(super) fn view(cx: &Services, row: skill_certificate::Model) -> AppResult<SkillCertificateView> {
    let (state, has_photo) = (state(&row.state)?, row.photo_id.is_some());
    let number = cx.keys.fields.open_bytes(&bound_to(row.id), &row.number)?;
    let entry = SkillCertificateEntry {
        learner: row.learner_id,
        provider_id: row.provider_id,
        kind: CertificateKind::parse(&row.kind).ok_or_else(unreadable)?,
        kind_name: row.kind_name,
        occupation: row.occupation,
        level: row.level.as_deref().and_then(SkillLevel::parse),
        issuer: row.issuer,
        number: String::from_utf8(number).map_err(|_| unreadable())?,
        issued_on: read_date(&row.issued_on).ok_or_else(unreadable)?,
    };
    Ok(SkillCertificateView {
        id: row.id,
        entry: entry.masked(),
        state,
        reason: said_of(state, row.reason, row.withdrawn_because),
        recorded_by: row.recorded_by,
        recorded_at: row.recorded_at,
        checked_by: row.checked_by,
        has_photo,
        replaced_by: None,
    })
}
