//! Rechecks of results (成绩复核): asked for by the candidate within the days for it, looked at by one person, and where
//! the result is another, confirmed by a second. Nothing is marked anew (DOMAIN §4.5).

mod news;
mod own;
mod sheet;
mod steps;
mod views;

pub use own::rechecks_of;
pub(super) use own::{ask, list_own};
pub(super) use steps::{confirm, give_back, settle};
pub(super) use views::{RecheckQuery, count_waiting, get, list};

use super::{entity::score_recheck, store};
use crate::{
    access::{Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings,
};
use shared::{
    ids::{AccountId, ScoreRecheckId, SittingId},
    results::{RecheckFacts, RecheckState},
    rights::Place,
};

/// Topic of the event that a recheck corrected a result: which, who confirmed it, and why.
pub const RESULT_CORRECTED: &str = "result.corrected";

actions! {
    /// Ask for a recheck of one's own result.
    AskForRecheck(SittingId) = ReadOwnRecord;
    /// Look at a result, or confirm what another found.
    SettleRecheck(ScoreRecheckId) = ReleaseResults;
}

/// Lets the actor settle a recheck.
///
/// # Errors
/// `not-found` if they may not know of it, `forbidden` if they may but lack the right.
async fn permit(
    cx: &Services,
    actor: &Actor,
    id: ScoreRecheckId,
) -> AppResult<(Permit<SettleRecheck>, score_recheck::Model)> {
    let row = store::find_recheck(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = Place::division(&row.division);
    if !sittings::may_see_exam_session(actor, &place) {
        return Err(AppError::not_found());
    }
    Ok((authorize(actor, id, &place)?, row))
}

fn state_of(row: &score_recheck::Model) -> AppResult<RecheckState> {
    RecheckState::parse(&row.state).ok_or_else(|| AppError::internal(format!("a recheck in {}", row.state)))
}

fn facts_of(row: &score_recheck::Model, candidate: AccountId) -> AppResult<RecheckFacts> {
    Ok(RecheckFacts { state: state_of(row)?, candidate, settled_by: row.settled_by })
}
