//! What waits for those who keep the roster of a place, and for those who visit.

use super::{
    checks::waiting_checks,
    entity::{roster_batch, roster_entry},
    place::within,
    store,
};
use crate::{
    access::Actor,
    platform::{Services, error::AppResult},
};
use sea_orm::{ColumnTrait, Condition, sea_query::SimpleExpr};
use shared::{
    rights::{Right, places},
    roster::RosterState,
    work::{CheckWait, ListWait, WorkKind, WorkLine},
};

/// The lists and persons that wait for the actor.
///
/// # Errors
/// If the store fails.
pub async fn work(cx: &Services, actor: &Actor) -> AppResult<Vec<WorkLine>> {
    let (conn, mut lines) = (cx.db.read(), Vec::new());
    let has = |right| places(&actor.roles, right).next().is_some();
    if has(Right::ImportRoster) {
        for (wait, kind) in
            [(ListWait::Confirm, WorkKind::ListsToConfirm), (ListWait::Correct, WorkKind::ListsToCorrect)]
        {
            lines.push((kind, store::count_batches(conn, waiting_lists(actor, wait)?).await?));
        }
    }
    for (right, wait, kind) in [
        (Right::CheckRoster, CheckWait::Check, WorkKind::RostersToCheck),
        (Right::ConfirmRoster, CheckWait::Correct, WorkKind::RostersReturned),
    ] {
        if has(right) {
            lines.push((kind, store::count_checks(conn, waiting_checks(actor, wait)?).await?));
        }
    }
    if has(Right::AssignRoster) {
        lines.push((WorkKind::PersonsToAssign, store::count_persons(conn, to_assign(actor)?).await?));
    }
    if has(Right::SurveyRoster) {
        lines.push((WorkKind::VisitsDue, store::count_persons(conn, to_visit(actor)?).await?));
    }
    Ok(lines.into_iter().filter_map(|(kind, count)| WorkLine::some(kind, count)).collect())
}

/// The lists that wait for this, where the actor imports.
pub(super) fn waiting_lists(actor: &Actor, wait: ListWait) -> AppResult<Condition> {
    use roster_batch::Column::{Division, ProviderId};
    let within = within(actor, Right::ImportRoster, Division, ProviderId)?;
    Ok(within.add(store::awaits(wait)))
}

/// Persons who await a visit where the actor sends surveyors, and to whom nobody is sent.
pub(super) fn to_assign(actor: &Actor) -> AppResult<Condition> {
    use roster_entry::Column::{Division, IsUnassigned, ProviderId};
    let within = within(actor, Right::AssignRoster, Division, ProviderId)?;
    Ok(within.add(IsUnassigned.eq(true)))
}

/// Persons whom the actor is still to visit.
pub(super) fn to_visit(actor: &Actor) -> AppResult<Condition> {
    use roster_entry::Column::{Division, ProviderId, SurveyorId};
    let within = within(actor, Right::SurveyRoster, Division, ProviderId)?;
    Ok(within.add(await_visit()).add(SurveyorId.eq(actor.account_id)))
}

fn await_visit() -> SimpleExpr {
    let awaiting = RosterState::ALL.iter().filter(|state| state.awaits_visit()).map(|state| state.as_str());
    roster_entry::Column::State.is_in(awaiting)
}
