//! Incidents: recorded where a test is sat, on its day; signed by a second person; the candidate is heard; those who
//! run tests decide, and the province's office looks again when the candidate asks for it.
//!
//! While one is open or upheld, the results of the sittings that it is about are told to nobody and lead to nothing.

mod bars;
mod list;
mod own;
mod record;
pub(super) mod routes;
mod steps;
mod views;
mod waits;

pub use bars::{VoidingIncident, bars_of, hold_bar, hold_voiding};
pub use own::incidents_of;
pub(super) use waits::count_waiting;

use super::{
    entity::{
        incident::{self, Column},
        incident_step,
    },
    facts::SittingFacts,
    store, watch,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use shared::{
    ids::{AccountId, ExamSessionId, IncidentId},
    rights::{Place, Right},
    sittings::{IncidentFacts, IncidentKind, IncidentState, IncidentStep, banned_until, may_sit},
    time::Timestamp,
};
use std::collections::HashMap;

/// Topic of the event that an incident was upheld: which results it voids, who decided so and why.
pub const INCIDENT_UPHELD: &str = "incident.upheld";
/// Topic of the event that such a decision was taken back.
pub const INCIDENT_LIFTED: &str = "incident.lifted";

actions! {
    /// Record an incident.
    RecordIncident(IncidentId) = RecordIncident;
    /// Be the second who signs.
    SignIncident(IncidentId) = SignIncident;
    /// Take down what the candidate says.
    HearCandidate(IncidentId) = HearCandidate;
    /// Decide whether it was so.
    DecideIncident(IncidentId) = DecideIncident;
    /// Look again at a decision.
    ReconsiderIncident(IncidentId) = ReconsiderIncident;
    /// Ask for one's own to be looked at again.
    AppealIncident(IncidentId) = ReadOwnRecord;
    /// See what was recorded of oneself.
    ReadOwnIncidents(AccountId) = ReadOwnRecord;
}

/// Rights that show incidents at their place on any day; who is there where a test is sat sees them on its day alone.
const OFFICE: [Right; 2] = [Right::DecideIncident, Right::ReconsiderIncident];

fn place_of(row: &incident::Model) -> Place {
    Place::division(&row.division)
}

fn kind_of(row: &incident::Model) -> AppResult<IncidentKind> {
    IncidentKind::parse(&row.kind).ok_or_else(|| AppError::internal(format!("an incident of kind {}", row.kind)))
}

fn parsed_state(text: &str) -> AppResult<IncidentState> {
    IncidentState::parse(text).ok_or_else(|| AppError::internal(format!("an incident in {text}")))
}

/// Until when its candidate is banned, if its decision bans them and is in force.
fn ban_of(row: &incident::Model) -> AppResult<Option<Timestamp>> {
    let years = row.ban_years.map(u8::try_from).transpose().map_err(AppError::internal)?;
    Ok(banned_until(parsed_state(&row.state)?, row.upheld_at, years))
}

/// What decides about an incident of `candidate`, of which these steps were taken.
fn facts_of(row: &incident::Model, candidate: AccountId, steps: &[incident_step::Model]) -> AppResult<IncidentFacts> {
    let upheld = steps.iter().find(|taken| taken.step == IncidentStep::Uphold.as_str());
    let upheld_by = upheld.map(|taken| taken.taken_by);
    Ok(IncidentFacts {
        state: parsed_state(&row.state)?,
        kind: kind_of(row)?,
        candidate,
        recorded_by: row.recorded_by,
        signed_by: row.signed_by,
        upheld: upheld_by.zip(row.upheld_at),
    })
}

/// Until when each of these persons is banned; nothing of those who are not.
///
/// # Errors
/// If the store fails.
pub(super) async fn bans(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> AppResult<HashMap<AccountId, Timestamp>> {
    let rows = store::list_bans_of(conn, accounts).await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.sitting_id).collect();
    let sittings = store::list_sittings(conn, &ids, false).await?;
    let candidates: HashMap<_, _> = sittings.into_iter().map(|sitting| (sitting.id, sitting.account_id)).collect();
    let mut bans = HashMap::new();
    for row in &rows {
        if let (Some(until), Some(candidate)) = (ban_of(row)?, candidates.get(&row.sitting_id)) {
            let last = bans.entry(*candidate).or_insert(until);
            *last = until.max(*last);
        }
    }
    Ok(bans)
}

/// Refuses who was banned after they had registered: they begin no test before the ban ends.
///
/// # Errors
/// `forbidden`.
pub async fn refuse_banned(conn: &impl ConnectionTrait, sitting: &SittingFacts) -> AppResult<()> {
    let until = bans(conn, &[sitting.account_id]).await?.remove(&sitting.account_id);
    may_sit(until, sitting.starts_at).map_err(AppError::refused)
}

/// Whose sitting it is.
async fn candidate_of(conn: &impl ConnectionTrait, row: &incident::Model) -> AppResult<AccountId> {
    let sitting = store::list_sittings(conn, &[row.sitting_id], false).await?.pop();
    sitting.map(|sitting| sitting.account_id).ok_or_else(|| AppError::internal("an incident of no sitting"))
}

/// The tests that are sat today where the actor may sign.
async fn todays(cx: &Services, actor: &Actor) -> AppResult<Vec<ExamSessionId>> {
    let rows = watch::todays(cx, &watch::held(actor, Right::SignIncident)).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// What is said of others. Staff may be candidates, too; of what is said of them they are told as a candidate is.
async fn of_others(cx: &Services, actor: &Actor) -> AppResult<Condition> {
    let own = store::list_own_sittings(cx.db.read(), actor.account_id).await?;
    Ok(Condition::all().add(Column::SittingId.is_not_in(own.into_iter().map(|sitting| sitting.id))))
}

/// An incident of somebody else that the actor may see.
///
/// # Errors
/// `not-found`.
async fn visible(cx: &Services, actor: &Actor, id: IncidentId) -> AppResult<incident::Model> {
    let row = store::find_incident(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let place = place_of(&row);
    let is_there = actor.has_any(&[Right::SignIncident], &place);
    let is_seen =
        actor.has_any(&OFFICE, &place) || (is_there && todays(cx, actor).await?.contains(&row.exam_session_id));
    let is_own = candidate_of(cx.db.read(), &row).await? == actor.account_id;
    if is_seen && !is_own { Ok(row) } else { Err(AppError::not_found()) }
}

/// Lets the actor do `A` to an incident.
///
/// # Errors
/// `not-found` if they may not see it, `forbidden` if they may only do that.
async fn permit<A: Action<Target = IncidentId>>(
    cx: &Services,
    actor: &Actor,
    id: IncidentId,
) -> AppResult<(Permit<A>, incident::Model)> {
    let row = visible(cx, actor, id).await?;
    Ok((authorize(actor, id, &place_of(&row))?, row))
}
