//! Candidates who are added or taken out after registration has ended: by who plans the test, for a reason.

use super::{ExamSessionRefusal, ExamSessionState, is_ticket_number, may_be_sat};
use crate::{people::check_reason, problem::FieldError, rights::text_enum, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Characters of a learner's number.
const NUMBER_CHARS: usize = 32;

text_enum! {
    /// What was done.
    LateChangeKind {
        /// Somebody was added.
        Added = "added",
        /// Somebody was taken out.
        Withdrawn = "withdrawn",
    }
}

/// Body of `POST /exam_sessions/{id}/late_additions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LateAddition {
    /// 学籍号 of the learner.
    pub learner_number: String,
    /// Why they are added after registration has ended.
    pub reason: String,
}

impl LateAddition {
    /// The request in the form in which it is kept.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let learner_number = self.learner_number.trim().to_owned();
        let number = match learner_number.chars().count() {
            0 => Err(FieldError::new("/learner_number", "required")),
            1..=NUMBER_CHARS => Ok(()),
            _ => Err(FieldError::new("/learner_number", "too-long")),
        };
        match (number, check_reason(&self.reason, "/reason")) {
            (Ok(()), Ok(reason)) => Ok(Self { learner_number, reason }),
            (number, reason) => Err([number.err(), reason.err()].into_iter().flatten().collect()),
        }
    }
}

/// Body of `POST /exam_sessions/{id}/late_withdrawals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LateWithdrawal {
    /// 准考证号 of the candidate.
    pub ticket_number: String,
    /// Why they are taken out; they read it.
    pub reason: String,
}

impl LateWithdrawal {
    /// The request in the form in which it is kept.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let ticket_number = self.ticket_number.trim().to_owned();
        let ticket = match ticket_number.as_str() {
            "" => Err(FieldError::new("/ticket_number", "required")),
            number if is_ticket_number(number) => Ok(()),
            _ => Err(FieldError::new("/ticket_number", "not-found")),
        };
        match (ticket, check_reason(&self.reason, "/reason")) {
            (Ok(()), Ok(reason)) => Ok(Self { ticket_number, reason }),
            (ticket, reason) => Err([ticket.err(), reason.err()].into_iter().flatten().collect()),
        }
    }
}

/// One change: `GET /exam_sessions/{id}/late_changes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LateChange {
    /// What was done.
    pub kind: LateChangeKind,
    /// The candidate's ticket number.
    pub ticket_number: String,
    /// The candidate's name.
    pub candidate_name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub decided_at: Timestamp,
    /// Who decided it.
    pub by_name: String,
}

/// Whether somebody may be added to a test in `state`: once its candidates are arranged and before the key is armed, for
/// after that nobody looks whether everybody has a seat.
///
/// # Errors
/// [`ExamSessionRefusal::WrongState`] before and afterwards, [`ExamSessionRefusal::Cancelled`] once it was called off,
/// [`ExamSessionRefusal::HasBegun`] from the start on.
pub fn may_add_late(state: ExamSessionState, starts_at: Timestamp, now: Timestamp) -> Result<(), ExamSessionRefusal> {
    is_before(state, &[ExamSessionState::Arranged], starts_at, now)
}

/// Whether somebody may be taken out of a test in `state`: once its candidates are arranged, and until it begins.
///
/// # Errors
/// As [`may_add_late`].
pub fn may_withdraw_late(
    state: ExamSessionState,
    starts_at: Timestamp,
    now: Timestamp,
) -> Result<(), ExamSessionRefusal> {
    is_before(state, &[ExamSessionState::Arranged, ExamSessionState::Armed], starts_at, now)
}

fn is_before(
    state: ExamSessionState,
    states: &[ExamSessionState],
    starts_at: Timestamp,
    now: Timestamp,
) -> Result<(), ExamSessionRefusal> {
    may_be_sat(state)?;
    if !states.contains(&state) {
        return Err(ExamSessionRefusal::WrongState { state, wanted: ExamSessionState::Arranged });
    }
    if now < starts_at { Ok(()) } else { Err(ExamSessionRefusal::HasBegun) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_change_between_the_arrangement_and_the_start() {
        let (start, before) = (Timestamp(1_000), Timestamp(999));
        for state in ExamSessionState::ALL {
            let (is_arranged, is_armed) = (*state == ExamSessionState::Arranged, *state == ExamSessionState::Armed);
            assert_eq!(may_add_late(*state, start, before).is_ok(), is_arranged, "{state}");
            assert_eq!(may_withdraw_late(*state, start, before).is_ok(), is_arranged || is_armed, "{state}");
            assert!(may_add_late(*state, start, start).is_err() && may_withdraw_late(*state, start, start).is_err());
        }
        let begun = Err(ExamSessionRefusal::HasBegun);
        assert_eq!(may_withdraw_late(ExamSessionState::Armed, start, start), begun);
        let off = Err(ExamSessionRefusal::Cancelled);
        assert_eq!(may_add_late(ExamSessionState::Cancelled, start, before), off);
    }

    #[test]
    fn a_change_names_its_candidate_and_its_reason() {
        let addition = |number: &str, reason: &str| {
            let stated = LateAddition { learner_number: number.to_owned(), reason: reason.to_owned() };
            stated.checked().map_err(|errors| errors.into_iter().map(|error| error.pointer).collect::<Vec<_>>())
        };
        assert_eq!(addition(" 1 ", " 漏报 ").unwrap().learner_number, "1");
        assert_eq!(addition("", ""), Err(vec!["/learner_number".to_owned(), "/reason".to_owned()]));
        assert_eq!(addition(&"1".repeat(33), "漏报"), Err(vec!["/learner_number".to_owned()]));
        let withdrawal =
            |number: &str| LateWithdrawal { ticket_number: number.to_owned(), reason: "重病".to_owned() };
        assert_eq!(withdrawal(" ").checked(), Err(vec![FieldError::new("/ticket_number", "required")]));
        assert_eq!(withdrawal("1").checked(), Err(vec![FieldError::new("/ticket_number", "not-found")]));
    }
}
