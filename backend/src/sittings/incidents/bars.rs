//! What incidents mean for results.

use super::parsed_state;
use crate::{
    platform::{
        db::Tx,
        error::{AppError, AppResult},
    },
    sittings::{
        entity::{exam_session, incident},
        store,
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, IncidentId, SittingId},
    sittings::{Breach, IncidentState, IncidentStep, ResultBar, gravest_bar, is_same_round},
};
use std::collections::HashMap;

/// What bars the results of these sittings; nothing of those that are free.
///
/// # Errors
/// If the store fails.
pub async fn bars_of(conn: &impl ConnectionTrait, sittings: &[SittingId]) -> AppResult<HashMap<SittingId, ResultBar>> {
    let mut states: HashMap<SittingId, Vec<IncidentState>> = HashMap::new();
    for (sitting_id, state) in store::list_bars(conn, sittings).await? {
        states.entry(sitting_id).or_default().push(parsed_state(&state)?);
    }
    Ok(states.into_iter().filter_map(|(id, states)| Some((id, gravest_bar(&states)?))).collect())
}

/// What bars the result of a sitting. No incident begins to until the write ends.
///
/// # Errors
/// If the store fails.
pub async fn hold_bar(tx: &Tx, id: SittingId) -> AppResult<Option<ResultBar>> {
    store::list_sittings(tx.conn(), &[id], true).await?;
    Ok(bars_of(tx.conn(), &[id]).await?.remove(&id))
}

/// A decision that makes a result void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidingIncident {
    /// The incident.
    pub incident_id: IncidentId,
    /// Who found that it was so.
    pub decided_by: AccountId,
    /// Why.
    pub reason: String,
}

/// The decision that makes the result of a sitting void: of several the one that was recorded first. No incident begins
/// to bar it until the write ends.
///
/// # Errors
/// If the store fails.
pub async fn hold_voiding(tx: &Tx, id: SittingId) -> AppResult<Option<VoidingIncident>> {
    store::list_sittings(tx.conn(), &[id], true).await?;
    for row in store::list_incidents_about(tx.conn(), id).await? {
        if parsed_state(&row.state)?.bar() == Some(ResultBar::Void) {
            let steps = store::list_incident_steps(tx.conn(), &[row.id]).await?;
            let upheld = steps.into_iter().find(|taken| taken.step == IncidentStep::Uphold.as_str());
            let upheld = upheld.ok_or_else(|| AppError::internal("a decision that nobody took"))?;
            let (decided_by, reason) = (upheld.taken_by, upheld.text);
            return Ok(Some(VoidingIncident { incident_id: row.id, decided_by, reason }));
        }
    }
    Ok(None)
}

/// Lets an incident bar what it is about: the sitting, and for cheating all of the candidate in that round. These are
/// told.
pub(super) async fn bar(
    tx: &Tx,
    row: &incident::Model,
    breach: Breach,
    exam_session: &exam_session::Model,
) -> AppResult<Vec<SittingId>> {
    let barred = match breach {
        Breach::Infraction => vec![row.sitting_id],
        Breach::Cheating => round_of(tx, row.sitting_id, exam_session).await?,
    };
    // Who issues a certificate holds the sitting meanwhile.
    store::list_sittings(tx.conn(), &barred, true).await?;
    tx.note("sittings", barred.len());
    store::bar_sittings(tx.conn(), row.id, &barred).await?;
    Ok(barred)
}

/// The candidate's sittings in the round of an exam session, in the order of their ids.
async fn round_of(tx: &Tx, id: SittingId, exam_session: &exam_session::Model) -> AppResult<Vec<SittingId>> {
    let found = store::list_sittings(tx.conn(), &[id], false).await?.pop().ok_or_else(AppError::not_found)?;
    let own = store::list_own_sittings(tx.conn(), found.account_id).await?;
    let exam_sessions = store::list_exam_sessions(tx.conn(), own.iter().map(|row| row.exam_session_id)).await?;
    let this = (exam_session.division.as_str(), exam_session.starts_at);
    let is_of_round = |other: &exam_session::Model| is_same_round(this, (other.division.as_str(), other.starts_at));
    let of_round: Vec<_> = exam_sessions.iter().filter(|other| is_of_round(other)).map(|other| other.id).collect();
    let mut sittings: Vec<_> =
        own.into_iter().filter(|row| of_round.contains(&row.exam_session_id)).map(|row| row.id).collect();
    sittings.sort_unstable();
    Ok(sittings)
}
