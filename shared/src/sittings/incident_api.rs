//! Requests and responses of `/incidents` and `/me/incidents`.

use super::{IncidentKind, IncidentState, IncidentStep, answer_until};
use crate::{
    ids::{ExamSessionId, IncidentId},
    people::{check_reason, check_words},
    person::MAX_NAME_CHARS,
    problem::FieldError,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Characters of what happened, and of what a candidate says to it.
const STORY_CHARS: usize = 1_000;

/// Body of `POST /exam_sessions/{id}/incidents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewIncident {
    /// The ticket number (准考证号) of the candidate.
    pub ticket_number: String,
    /// What they are said to have done.
    pub kind: IncidentKind,
    /// The same in words: when, where, what was seen.
    pub what_happened: String,
    /// Things that were taken from them, for the receipt; absent if there are none.
    pub seized: Option<String>,
}

impl NewIncident {
    /// The record in the form in which it is kept.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let ticket_number = self.ticket_number.trim().to_owned();
        let ticket = if ticket_number.is_empty() { Err(FieldError::new("/ticket_number", "required")) } else { Ok(()) };
        let what_happened = check_words(&self.what_happened, "/what_happened", STORY_CHARS);
        let seized = self.seized.as_deref().filter(|seized| !seized.trim().is_empty());
        let seized = seized.map(|seized| check_reason(seized, "/seized")).transpose();
        match (ticket, what_happened, seized) {
            (Ok(()), Ok(what_happened), Ok(seized)) => {
                Ok(Self { ticket_number, kind: self.kind, what_happened, seized })
            }
            (ticket, what_happened, seized) => {
                Err([ticket.err(), what_happened.err(), seized.err()].into_iter().flatten().collect())
            }
        }
    }
}

/// Body of `POST /incidents/{id}/hearing`: what the candidate says, or who saw that they would say and sign nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Hearing {
    /// The candidate's statement and defence (陈述申辩).
    pub statement: Option<String>,
    /// Of who refuses to make one: the name of the person who saw it.
    pub witness: Option<String>,
}

impl Hearing {
    /// Statement and witness in the form in which they are kept: exactly one of them.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn checked(&self) -> Result<Self, FieldError> {
        let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        match (said(&self.statement), said(&self.witness)) {
            (Some(statement), None) => {
                let statement = check_words(&statement, "/statement", STORY_CHARS)?;
                Ok(Self { statement: Some(statement), witness: None })
            }
            (None, Some(witness)) => {
                let witness = check_words(&witness, "/witness", MAX_NAME_CHARS)?;
                Ok(Self { statement: None, witness: Some(witness) })
            }
            (None, None) => Err(FieldError::new("/statement", "required")),
            (Some(_), Some(_)) => Err(FieldError::new("/witness", "not-both")),
        }
    }
}

/// Body of `POST /incidents/{id}/decide` and `POST /incidents/{id}/reconsider`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IncidentDecision {
    /// Whether it was so.
    pub is_upheld: bool,
    /// Why; the candidate reads it.
    pub reason: String,
    /// For how many years the candidate sits no test, where that follows; see [`super::check_ban`].
    #[serde(default)]
    pub ban_years: Option<u8>,
}

/// Body of `POST /me/incidents/{id}/appeal`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IncidentAppeal {
    /// Why the decision is wrong.
    pub reason: String,
}

/// One incident: `GET /incidents/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentView {
    /// The incident.
    pub id: IncidentId,
    /// The test.
    pub exam_session_id: ExamSessionId,
    /// Its title.
    pub exam_session_title: String,
    /// The candidate's ticket number.
    pub ticket_number: String,
    /// The candidate's name.
    pub candidate_name: String,
    /// What they are said to have done.
    pub kind: IncidentKind,
    /// The same in words.
    pub what_happened: String,
    /// Things that were taken from them.
    pub seized: Option<String>,
    /// Where it stands.
    pub state: IncidentState,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub recorded_by_name: String,
    /// What was done about it since, in order.
    pub steps: Vec<TakenIncidentStep>,
    /// What the reader may do about it now.
    pub open_steps: Vec<IncidentStep>,
    /// Until when the candidate is banned, if they are.
    pub banned_until: Option<Timestamp>,
}

/// One step of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenIncidentStep {
    /// Which.
    pub step: IncidentStep,
    /// When.
    pub taken_at: Timestamp,
    /// Who took it; absent where the candidate is told.
    pub by_name: Option<String>,
    /// The statement, or the reason; empty where there is none.
    pub text: String,
    /// Who saw that the candidate would say and sign nothing.
    pub witness: Option<String>,
}

/// Until when an incident in this state, of which these steps were taken, is to be looked at again; nothing unless the
/// candidate asked for it and has no answer.
#[must_use]
pub fn appeal_answer_due(state: IncidentState, steps: &[TakenIncidentStep]) -> Option<Timestamp> {
    let appealed = steps.iter().find(|taken| taken.step == IncidentStep::Appeal)?;
    (state == IncidentState::Appealed).then(|| answer_until(appealed.taken_at))
}

/// An incident as the candidate is told of it: `GET /me/incidents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyIncident {
    /// The incident.
    pub id: IncidentId,
    /// Title of the test.
    pub exam_session_title: String,
    /// What they are said to have done.
    pub kind: IncidentKind,
    /// The same in words.
    pub what_happened: String,
    /// Things that were taken from them.
    pub seized: Option<String>,
    /// Where it stands.
    pub state: IncidentState,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What was done about it since, in order.
    pub steps: Vec<TakenIncidentStep>,
    /// Until when they may ask for it to be looked at again; absent when they may not.
    pub appeal_until: Option<Timestamp>,
    /// Until when what they asked is answered; absent when nothing is open.
    pub answer_until: Option<Timestamp>,
    /// Until when they sit no test, if they are banned.
    pub banned_until: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(what_happened: &str, seized: Option<&str>) -> NewIncident {
        NewIncident {
            ticket_number: " 26330502010014 ".to_owned(),
            kind: IncidentKind::Copying,
            what_happened: what_happened.to_owned(),
            seized: seized.map(str::to_owned),
        }
    }

    fn heard(statement: Option<&str>, witness: Option<&str>) -> Hearing {
        Hearing { statement: statement.map(str::to_owned), witness: witness.map(str::to_owned) }
    }

    #[test]
    fn a_record_is_kept_without_blanks_around_it() {
        let checked = recorded(" copied ", Some(" ")).checked().unwrap();
        assert_eq!(checked, NewIncident { ticket_number: "26330502010014".to_owned(), ..recorded("copied", None) });
    }

    #[test]
    fn every_wrong_field_of_a_record_is_told() {
        let long = "x".repeat(STORY_CHARS + 1);
        let new = NewIncident { ticket_number: " ".to_owned(), ..recorded(&long, Some("19900000001")) };
        let told: Vec<_> = new.checked().unwrap_err().into_iter().map(|error| (error.pointer, error.code)).collect();
        let expected = [("/ticket_number", "required"), ("/what_happened", "too-long"), ("/seized", "holds-number")];
        assert_eq!(told, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    }

    #[test]
    fn an_answer_is_due_from_the_asking_until_it_is_given() {
        let taken = |step, at| TakenIncidentStep {
            step,
            taken_at: Timestamp(at),
            by_name: None,
            text: String::new(),
            witness: None,
        };
        let steps = [taken(IncidentStep::Uphold, 0), taken(IncidentStep::Appeal, 86_400_000)];
        assert_eq!(appeal_answer_due(IncidentState::Upheld, &steps[..1]), None);
        assert_eq!(appeal_answer_due(IncidentState::Appealed, &steps), Some(answer_until(Timestamp(86_400_000))));
        assert_eq!(appeal_answer_due(IncidentState::Lifted, &steps), None);
    }

    #[test]
    fn a_hearing_is_a_statement_or_a_witness() {
        assert_eq!(heard(Some(" No "), Some("")).checked(), Ok(heard(Some("No"), None)));
        assert_eq!(heard(None, Some("Zhang San")).checked(), Ok(heard(None, Some("Zhang San"))));
        for (hearing, pointer) in [(heard(None, Some(" ")), "/statement"), (heard(Some("No"), Some("Li")), "/witness")]
        {
            assert_eq!(hearing.checked().unwrap_err().pointer, pointer);
        }
    }
}
