//! Incidents as staff see them.

use super::{ban_of, facts_of, place_of, steps::deciding_for};
use crate::{
    access::Actor,
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    sittings::{
        entity::{exam_session, incident, incident_step, sitting},
        store,
    },
};
use shared::{
    ids::{AccountId, ExamSessionId, IncidentId, SittingId},
    rights::Right,
    sittings::{IncidentFacts, IncidentStep, IncidentView, TakenIncidentStep, judge_step},
};
use std::collections::HashMap;

/// What the rows of incidents name.
pub(super) struct Named {
    exam_sessions: HashMap<ExamSessionId, exam_session::Model>,
    sittings: HashMap<SittingId, sitting::Model>,
    steps: HashMap<IncidentId, Vec<incident_step::Model>>,
}

impl Named {
    pub(super) async fn by(cx: &Services, rows: &[incident::Model]) -> AppResult<Self> {
        let conn = cx.db.read();
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let sittings: Vec<_> = rows.iter().map(|row| row.sitting_id).collect();
        let exam_sessions = store::list_exam_sessions(conn, rows.iter().map(|row| row.exam_session_id)).await?;
        let mut steps: HashMap<_, Vec<_>> = HashMap::new();
        for step in store::list_incident_steps(conn, &ids).await? {
            steps.entry(step.incident_id).or_default().push(step);
        }
        let sittings = store::list_sittings(conn, &sittings, false).await?;
        Ok(Self {
            exam_sessions: exam_sessions.into_iter().map(|row| (row.id, row)).collect(),
            sittings: sittings.into_iter().map(|row| (row.id, row)).collect(),
            steps,
        })
    }

    /// The title of the test that an incident is of.
    pub(super) fn title(&self, row: &incident::Model) -> String {
        self.exam_sessions.get(&row.exam_session_id).map(|row| row.title.clone()).unwrap_or_default()
    }

    /// What decides about an incident.
    pub(super) fn facts(&self, row: &incident::Model) -> AppResult<IncidentFacts> {
        let steps = self.steps.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        facts_of(row, self.sitting(row)?.account_id, steps)
    }

    fn sitting(&self, row: &incident::Model) -> AppResult<&sitting::Model> {
        self.sittings.get(&row.sitting_id).ok_or_else(|| AppError::internal("an incident of no sitting"))
    }

    /// The steps of an incident, each with the name that `by_name` gives of who took it.
    pub(super) fn steps(
        &self,
        id: IncidentId,
        by_name: impl Fn(AccountId) -> Option<String>,
    ) -> AppResult<Vec<TakenIncidentStep>> {
        let step = |row: &incident_step::Model| {
            let step = IncidentStep::parse(&row.step);
            Ok(TakenIncidentStep {
                step: step.ok_or_else(|| AppError::internal(format!("a step {}", row.step)))?,
                taken_at: row.taken_at,
                by_name: by_name(row.taken_by),
                text: row.text.clone(),
                witness: row.witness.clone(),
            })
        };
        self.steps.get(&id).into_iter().flatten().map(step).collect()
    }

    /// Everybody whom the rows name.
    fn persons(&self, rows: &[incident::Model]) -> Vec<AccountId> {
        let takers = self.steps.values().flatten().map(|step| step.taken_by);
        let candidates = self.sittings.values().map(|sitting| sitting.account_id);
        rows.iter().map(|row| row.recorded_by).chain(takers).chain(candidates).collect()
    }
}

/// Incidents, each with what the actor may do about it.
pub(super) async fn views(cx: &Services, actor: &Actor, rows: Vec<incident::Model>) -> AppResult<Vec<IncidentView>> {
    let named = Named::by(cx, &rows).await?;
    let names = identity::names_of(cx, &named.persons(&rows)).await?;
    let name = |id: AccountId| names.get(&id).cloned();
    let view = |row: incident::Model| {
        let (sitting, facts) = (named.sitting(&row)?, named.facts(&row)?);
        Ok(IncidentView {
            id: row.id,
            exam_session_id: row.exam_session_id,
            exam_session_title: named.title(&row),
            ticket_number: sitting.ticket_number.clone(),
            candidate_name: name(sitting.account_id).unwrap_or_default(),
            kind: facts.kind,
            state: facts.state,
            recorded_at: row.recorded_at,
            recorded_by_name: name(row.recorded_by).unwrap_or_default(),
            steps: named.steps(row.id, name)?,
            open_steps: open_steps(cx, actor, &row, &facts),
            banned_until: ban_of(&row)?,
            what_happened: row.what_happened,
            seized: row.seized,
        })
    };
    rows.into_iter().map(view).collect()
}

/// The right that a step of staff takes; the candidate's own has none here.
const fn right_of(step: IncidentStep) -> Option<Right> {
    match step {
        IncidentStep::Sign => Some(Right::SignIncident),
        IncidentStep::Hear => Some(Right::HearCandidate),
        IncidentStep::Uphold | IncidentStep::Dismiss => Some(Right::DecideIncident),
        IncidentStep::Confirm | IncidentStep::Lift => Some(Right::ReconsiderIncident),
        IncidentStep::Appeal => None,
    }
}

/// What the actor may do about an incident now.
fn open_steps(cx: &Services, actor: &Actor, row: &incident::Model, facts: &IncidentFacts) -> Vec<IncidentStep> {
    let (place, now) = (place_of(row), cx.clock.now());
    let division = deciding_for(actor, row).unwrap_or_else(|_| row.division.clone());
    let may = |step: &IncidentStep| {
        right_of(*step).is_some_and(|right| actor.has_any(&[right], &place))
            && judge_step(facts, *step, (actor.account_id, &division), now).is_ok()
    };
    IncidentStep::ALL.iter().copied().filter(may).collect()
}
