//! The steps of an incident, each by who has its turn.

use super::{
    AppealIncident, DecideIncident, HearCandidate, INCIDENT_LIFTED, INCIDENT_UPHELD, ReconsiderIncident, SignIncident,
    bars::bar, candidate_of, facts_of, kind_of, permit,
};
use crate::{
    access::{Action, Actor, Permit, authorize},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{
        entity::{incident, incident_step},
        store,
    },
};
use serde_json::json;
use shared::{
    ids::{AccountId, IncidentId},
    people::check_reason,
    problem::ProblemCode,
    rights::{Place, Right, carries},
    sittings::{Hearing, IncidentAppeal, IncidentDecision, IncidentState, IncidentStep, check_ban, judge_step},
};

/// A step, and what goes with it.
struct Wanted<'a> {
    step: IncidentStep,
    text: &'a str,
    witness: Option<&'a str>,
    /// For how many years it bans the candidate.
    ban_years: Option<u8>,
    /// The division for which who takes it acts.
    division: &'a str,
}

/// Signs as the second person.
///
/// # Errors
/// `not-found`, `forbidden`, `second-person-needed` or `wrong-state`.
pub(super) async fn sign(cx: &Services, actor: &Actor, id: IncidentId, key: &IdempotencyKey) -> AppResult<()> {
    let (permit, row) = permit::<SignIncident>(cx, actor, id).await?;
    let wanted = Wanted { step: IncidentStep::Sign, text: "", witness: None, ban_years: None, division: &row.division };
    take(cx, &permit, key, &wanted).await
}

/// Takes down what the candidate says, or who saw that they would say nothing.
///
/// # Errors
/// `not-found`, `forbidden`, the field that is wrong, or `wrong-state`.
pub(super) async fn hear(
    cx: &Services,
    actor: &Actor,
    id: IncidentId,
    key: &IdempotencyKey,
    hearing: &Hearing,
) -> AppResult<()> {
    let (permit, row) = permit::<HearCandidate>(cx, actor, id).await?;
    let hearing = hearing.checked().map_err(|error| AppError::Invalid(vec![error]))?;
    let text = hearing.statement.as_deref().unwrap_or_default();
    let witness = hearing.witness.as_deref();
    let (step, division) = (IncidentStep::Hear, row.division.as_str());
    take(cx, &permit, key, &Wanted { step, text, witness, ban_years: None, division }).await
}

/// Decides whether it was so.
///
/// # Errors
/// `not-found`, `forbidden`, the field `/reason`, `second-person-needed` or `wrong-state`.
pub(super) async fn decide(
    cx: &Services,
    actor: &Actor,
    id: IncidentId,
    key: &IdempotencyKey,
    decision: &IncidentDecision,
) -> AppResult<()> {
    let (permit, row) = permit::<DecideIncident>(cx, actor, id).await?;
    let reason = checked(&decision.reason)?;
    let division = deciding_for(actor, &row)?;
    let step = if decision.is_upheld { IncidentStep::Uphold } else { IncidentStep::Dismiss };
    let ban_years = decision.ban_years;
    check_ban(kind_of(&row)?, decision.is_upheld, ban_years).map_err(|error| AppError::Invalid(vec![error]))?;
    take(cx, &permit, key, &Wanted { step, text: &reason, witness: None, ban_years, division: &division }).await
}

/// Looks again at a decision.
///
/// # Errors
/// `not-found`, `forbidden`, the field `/reason`, or `wrong-state`.
pub(super) async fn reconsider(
    cx: &Services,
    actor: &Actor,
    id: IncidentId,
    key: &IdempotencyKey,
    decision: &IncidentDecision,
) -> AppResult<()> {
    let (permit, row) = permit::<ReconsiderIncident>(cx, actor, id).await?;
    let reason = checked(&decision.reason)?;
    if decision.ban_years.is_some() {
        // Who looks again finds the decision right or takes it back; they make no graver one.
        return Err(AppError::field("/ban_years", "out-of-range"));
    }
    let step = if decision.is_upheld { IncidentStep::Confirm } else { IncidentStep::Lift };
    let (text, division) = (reason.as_str(), row.division.as_str());
    take(cx, &permit, key, &Wanted { step, text, witness: None, ban_years: None, division }).await
}

/// Asks for one's own incident to be looked at again.
///
/// # Errors
/// `not-found` for another's, the field `/reason`, or `wrong-state`.
pub(super) async fn appeal(
    cx: &Services,
    actor: &Actor,
    id: IncidentId,
    key: &IdempotencyKey,
    appeal: &IncidentAppeal,
) -> AppResult<()> {
    let row = store::find_incident(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let account = candidate_of(cx.db.read(), &row).await?;
    if account != actor.account_id {
        return Err(AppError::not_found());
    }
    let permit: Permit<AppealIncident> = authorize(actor, id, &Place::Own { account })?;
    let reason = checked(&appeal.reason)?;
    let (step, division) = (IncidentStep::Appeal, row.division.as_str());
    let wanted = Wanted { step, text: &reason, witness: None, ban_years: None, division };
    take(cx, &permit, key, &wanted).await
}

fn checked(reason: &str) -> AppResult<String> {
    check_reason(reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))
}

/// The widest division for which the actor decides what lies at an incident's place.
pub(super) fn deciding_for(actor: &Actor, row: &incident::Model) -> AppResult<String> {
    let place = super::place_of(row);
    let held = actor.roles.iter().filter(|held| carries(held.role, Right::DecideIncident));
    let divisions = held.filter(|held| held.place.contains(&place)).filter_map(|held| match &held.place {
        Place::Division { code } => Some(code.clone()),
        Place::Provider { .. }
        | Place::Class { .. }
        | Place::ServicePoint { .. }
        | Place::Course { .. }
        | Place::Own { .. } => None,
    });
    divisions.min_by_key(String::len).ok_or(AppError::Problem(ProblemCode::Forbidden))
}

/// Takes a step, if it is its turn. A repeat with the same key takes it once.
async fn take<A: Action<Target = IncidentId>>(
    cx: &Services,
    permit: &Permit<A>,
    key: &IdempotencyKey,
    wanted: &Wanted<'_>,
) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    let request = (id, wanted.step, wanted.text, wanted.witness, wanted.ban_years);
    let taken = cx.db.write(permit, async |tx| {
        once(tx, person, key, &request, async || {
            let row = store::lock_incident(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let before = store::list_incident_steps(tx.conn(), &[id]).await?;
            let facts = facts_of(&row, candidate_of(tx.conn(), &row).await?, &before)?;
            let judged = judge_step(&facts, wanted.step, (person, wanted.division), tx.now());
            let next = judged.map_err(AppError::refused)?;
            tx.note("step", wanted.step.as_str());
            tx.note("state", next.as_str());
            append(cx, tx, (&row, before.as_slice()), (person, wanted)).await?;
            move_on(tx, &row, (next, wanted), person).await?;
            Ok(id)
        })
        .await
    });
    taken.await?;
    Ok(())
}

async fn append(
    cx: &Services,
    tx: &Tx,
    (row, before): (&incident::Model, &[incident_step::Model]),
    (person, wanted): (AccountId, &Wanted<'_>),
) -> AppResult<()> {
    let step = incident_step::Model {
        id: cx.ids.uuid(),
        incident_id: row.id,
        number: before.last().map_or(1, |last| last.number + 1),
        step: wanted.step.as_str().to_owned(),
        text: wanted.text.to_owned(),
        witness: wanted.witness.map(str::to_owned),
        taken_by: person,
        taken_at: tx.now(),
    };
    store::insert_incident_step(tx.conn(), step).await
}

/// Writes where it stands now, and tells who builds on results. What is upheld bars also what was arranged for the
/// candidate since.
async fn move_on(
    tx: &Tx,
    row: &incident::Model,
    (next, wanted): (IncidentState, &Wanted<'_>),
    person: AccountId,
) -> AppResult<()> {
    let step = wanted.step;
    let signed_by = if step == IncidentStep::Sign { Some(person) } else { row.signed_by };
    let upheld_at = if step == IncidentStep::Uphold { Some(tx.now()) } else { row.upheld_at };
    if step == IncidentStep::Uphold {
        let exam_session = store::find_exam_session(tx.conn(), row.exam_session_id).await?;
        let exam_session = exam_session.ok_or_else(AppError::not_found)?;
        let sittings = bar(tx, row, kind_of(row)?.breach(), &exam_session).await?;
        let reason = wanted.text;
        tx.emit(
            INCIDENT_UPHELD,
            json!({ "incident_id": row.id, "decided_by": person, "reason": reason, "sittings": sittings }),
        );
    }
    if step == IncidentStep::Lift {
        tx.emit(INCIDENT_LIFTED, json!({ "incident_id": row.id }));
    }
    let ban_years = wanted.ban_years.map(i32::from).or(row.ban_years);
    if let Some(years) = wanted.ban_years {
        tx.note("ban_years", years);
    }
    store::move_incident(tx.conn(), row.id, next, (signed_by, upheld_at, ban_years)).await
}
