//! What was granted counts here, and nowhere else: where sittings are made, and where something is granted afterwards.

use super::{needs_of, state_of};
use crate::{
    platform::{
        db::Tx,
        error::{AppError, AppResult},
    },
    sittings::{
        entity::{accommodation, exam_session},
        store,
    },
};
use jiff::civil::Date;
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ExamSessionId, SittingId},
    sittings::{AccommodationState, ExamNeeds, ExamSessionState, GrantedNeeds, needs_on},
    time::read_date,
};
use std::collections::HashMap;

/// What counts for these persons on a day; nothing of those who were granted nothing.
pub(in crate::sittings) async fn granted_on(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    day: Date,
) -> AppResult<HashMap<AccountId, ExamNeeds>> {
    let mut granted: HashMap<AccountId, Vec<GrantedNeeds>> = HashMap::new();
    for row in store::list_accommodations_of(conn, accounts).await? {
        if state_of(&row)? == AccommodationState::Granted {
            granted.entry(row.account_id).or_default().push(granted_needs(&row)?);
        }
    }
    Ok(granted.into_iter().map(|(account_id, granted)| (account_id, needs_on(day, &granted))).collect())
}

fn granted_needs(row: &accommodation::Model) -> AppResult<GrantedNeeds> {
    let day = |text: &String| read_date(text).ok_or_else(|| AppError::internal("an accommodation until no day"));
    Ok(GrantedNeeds { needs: needs_of(row)?, until: row.until.as_ref().map(day).transpose()? })
}

/// Gives what counts by now to the sittings of a person that were made before. Who has opened a test goes on by what
/// their device was told, and nobody loses time that they were told of.
pub(super) async fn reach_sittings(tx: &Tx, account_id: AccountId) -> AppResult<()> {
    let mut registered = store::list_registrations(tx.conn(), account_id).await?;
    registered.sort_unstable();
    let mut reached = Vec::new();
    for id in registered {
        reached.extend(reach_sitting(tx, account_id, id).await?.map(|id| id.to_string()));
    }
    tx.note("sittings", reached);
    Ok(())
}

/// The same for one exam session, and for no other: whoever holds one already takes no other in a second order. The
/// sitting, if it was reached.
pub(in crate::sittings) async fn reach_sitting(
    tx: &Tx,
    account_id: AccountId,
    id: ExamSessionId,
) -> AppResult<Option<SittingId>> {
    // Sittings are made under the same lock: one of the two sees what the other did.
    let row = store::lock_exam_session(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let is_ahead = [ExamSessionState::Arranged, ExamSessionState::Armed].map(ExamSessionState::as_str);
    let is_ahead = is_ahead.contains(&row.state.as_str()) && tx.now() < row.starts_at;
    if is_ahead { reach(tx, account_id, &row).await } else { Ok(None) }
}

async fn reach(tx: &Tx, account_id: AccountId, exam_session: &exam_session::Model) -> AppResult<Option<SittingId>> {
    let sitting = store::list_sittings_of_accounts(tx.conn(), exam_session.id, &[account_id]).await?.pop();
    let Some(sitting) = sitting else { return Ok(None) };
    let granted = granted_on(tx.conn(), &[account_id], exam_session.starts_at.date_in_china()).await?;
    let needs = granted.get(&account_id).copied().unwrap_or_default();
    let duration_min = u16::try_from(exam_session.duration_min).map_err(AppError::internal)?;
    let had = ExamNeeds {
        extra_pct: 0,
        needs_separate_room: sitting.needs_separate_room,
        needs_large_print: sitting.needs_large_print,
        needs_accessible: sitting.needs_accessible,
    };
    let extra_min = i32::from(needs.extra_min(duration_min)).max(sitting.extra_min);
    store::set_sitting_needs(tx.conn(), sitting.id, extra_min, needs.with(had)).await?;
    Ok(Some(sitting.id))
}
