//! An incident is recorded where the test is sat, on its day.

use super::{RecordIncident, bars::bar};
use crate::{
    access::{Actor, Permit, authorize},
    learning, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
    sittings::{
        entity::{exam_session, incident, sitting},
        store, watch,
    },
};
use shared::{
    ids::{ExamSessionId, IncidentId},
    organisation::DivisionCode,
    rights::{Place, Right},
    sittings::{IncidentRefusal, IncidentState, NewIncident},
};

/// Records what a candidate of the actor's place is said to have done. A repeat with the same key records it once.
///
/// # Errors
/// `not-found` unless the test is sat today at the actor's place; the fields that are wrong; `second-person-needed` for
/// who is the candidate.
pub(super) async fn record(
    cx: &Services,
    actor: &Actor,
    id: ExamSessionId,
    key: &IdempotencyKey,
    new: &NewIncident,
) -> AppResult<IncidentId> {
    let held = watch::held(actor, Right::RecordIncident);
    let tests = watch::todays(cx, &held).await?;
    let exam_session = tests.into_iter().find(|row| row.id == id).ok_or_else(AppError::not_found)?;
    let stated = new.checked().map_err(AppError::Invalid)?;
    let here = watch::candidates(cx, actor, &exam_session, &held).await?;
    let candidate = here.into_iter().map(|(sitting, _)| sitting).find(|row| row.ticket_number == stated.ticket_number);
    let sitting = candidate.ok_or_else(|| AppError::field("/ticket_number", "not-found"))?;
    if sitting.account_id == actor.account_id {
        return Err(AppError::refused(IncidentRefusal::SomebodyElseNeeded));
    }
    let division = division_of(cx, &exam_session, &sitting, &held).await?;
    let permit: Permit<RecordIncident> = authorize(actor, cx.ids.new_id(), &Place::division(&division))?;
    let person = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            once(tx, person, key, &(id, new), async || {
                let row = incident::Model {
                    id: *permit.target(),
                    exam_session_id: id,
                    sitting_id: sitting.id,
                    division: division.clone(),
                    kind: stated.kind.as_str().to_owned(),
                    what_happened: stated.what_happened.clone(),
                    seized: stated.seized.clone(),
                    state: IncidentState::Recorded.as_str().to_owned(),
                    recorded_by: person,
                    recorded_at: tx.now(),
                    signed_by: None,
                    upheld_at: None,
                    ban_years: None,
                };
                tx.note("sitting", sitting.id.to_string());
                tx.note("kind", stated.kind.as_str());
                store::insert_incident(tx.conn(), row.clone()).await?;
                bar(tx, &row, stated.kind.breach(), &exam_session).await?;
                Ok(row.id)
            })
            .await
        })
        .await
}

/// Where the candidate studies; the recorder's own place if that is elsewhere by now.
async fn division_of(
    cx: &Services,
    exam_session: &exam_session::Model,
    sitting: &sitting::Model,
    held: &[DivisionCode],
) -> AppResult<String> {
    let provider = learning::provider_of(cx, sitting.account_id, exam_session.course_id).await?;
    let home = match provider {
        Some(id) => DivisionCode::parse(&organisation::provider(cx, id).await?.division),
        None => None,
    };
    let is_here = |home: &DivisionCode| held.iter().any(|held| held.contains(home));
    let division = home.filter(is_here).or_else(|| held.first().copied());
    division.map(|division| division.to_string()).ok_or_else(AppError::not_found)
}
