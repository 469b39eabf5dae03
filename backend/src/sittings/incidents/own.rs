//! Incidents as the candidate is told of them: what is said, where it stands, and until when they may ask again. Who
//! recorded and decided is not named.

use super::{ReadOwnIncidents, ban_of, views::Named};
use crate::{
    access::{Actor, Permit, authorize},
    platform::{Services, error::AppResult},
    sittings::{entity::incident, store},
};
use shared::{
    ids::AccountId,
    rights::Place,
    sittings::{IncidentState, MyIncident, appeal_answer_due, appeal_until},
    time::Timestamp,
};

/// What was recorded of the actor, the newest first.
///
/// # Errors
/// `forbidden` for who is no learner.
pub(super) async fn list(cx: &Services, actor: &Actor) -> AppResult<Vec<MyIncident>> {
    let account = actor.account_id;
    let _: Permit<ReadOwnIncidents> = authorize(actor, account, &Place::Own { account })?;
    incidents_of(cx, account).await
}

/// What was recorded of a learner, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn incidents_of(cx: &Services, account: AccountId) -> AppResult<Vec<MyIncident>> {
    let sittings = store::list_own_sittings(cx.db.read(), account).await?;
    let sittings: Vec<_> = sittings.into_iter().map(|sitting| sitting.id).collect();
    let rows = store::list_incidents_in(cx.db.read(), &sittings).await?;
    // As with nearly everybody, whenever they look at their tests.
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let named = Named::by(cx, &rows).await?;
    rows.into_iter().map(|row| view(&named, row, cx.clock.now())).collect()
}

fn view(named: &Named, row: incident::Model, now: Timestamp) -> AppResult<MyIncident> {
    let (facts, steps) = (named.facts(&row)?, named.steps(row.id, |_| None)?);
    let until = facts.upheld.map(|(_, at)| appeal_until(at)).filter(|until| now < *until);
    Ok(MyIncident {
        id: row.id,
        exam_session_title: named.title(&row),
        kind: facts.kind,
        state: facts.state,
        recorded_at: row.recorded_at,
        appeal_until: until.filter(|_| facts.state == IncidentState::Upheld),
        answer_until: appeal_answer_due(facts.state, &steps),
        banned_until: ban_of(&row)?,
        steps,
        what_happened: row.what_happened,
        seized: row.seized,
    })
}
