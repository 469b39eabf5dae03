//! What was recorded of one against the rules of tests.

use super::{Section, of};
use crate::platform::words::moment;
use shared::{
    own_data::OwnData,
    sittings::{MyIncident, TakenIncidentStep},
};

pub(super) fn incidents(data: &OwnData) -> Section {
    let rows = data.incidents.iter().map(|incident| {
        vec![
            incident.exam_session_title.clone(),
            of("sittings.kind", incident.kind.as_str()),
            incident.what_happened.clone(),
            of("sittings.incident_state", incident.state.as_str()),
            moment(incident.recorded_at),
            steps(incident),
        ]
    });
    let columns =
        [("exam", 3), ("incident_kind", 3), ("incident_story", 4), ("state", 2), ("at", 3), ("incident_steps", 5)];
    Section::new("incidents", &columns, rows)
}

/// What was done about it, in order.
fn steps(incident: &MyIncident) -> String {
    let step = |taken: &TakenIncidentStep| {
        format!("{} {} {}", moment(taken.taken_at), of("sittings.step", taken.step.as_str()), taken.text)
    };
    incident.steps.iter().map(step).collect::<Vec<_>>().join(" · ")
}
