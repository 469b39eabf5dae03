//! Whether a learner may register for a test, and take that back.

use super::{ExamSessionRefusal, ExamSessionState, is_banned_at, may_be_sat, overlaps};
use crate::{
    learning::{CourseStanding, Gate},
    problem::{ProblemCode, Refusal},
    time::Timestamp,
};
use serde_json::json;

/// Why a learner is not registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationRefusal {
    /// Registration is not open.
    #[error(transparent)]
    State(#[from] ExamSessionRefusal),
    /// The learner is not enrolled in the course.
    #[error("not enrolled in the course")]
    NotEnrolled,
    /// The course is not complete.
    #[error("{missing} task points are missing")]
    TaskPointsMissing {
        /// How many.
        missing: u16,
    },
    /// The test is held for another part of the country.
    #[error("the test is held elsewhere")]
    HeldElsewhere,
    /// The learner sits another test at that time.
    #[error("another test at that time")]
    SitsAnother,
    /// The learner is banned (停考).
    #[error("banned from tests")]
    Banned,
}

impl Refusal for RegistrationRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::State(refusal) => refusal.code(),
            Self::NotEnrolled | Self::TaskPointsMissing { .. } => ProblemCode::GateNotMet,
            Self::HeldElsewhere | Self::SitsAnother | Self::Banned => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::State(refusal) => refusal.message_key(),
            Self::NotEnrolled => "gate-not-met.not-enrolled",
            Self::TaskPointsMissing { .. } => "gate-not-met.task-points",
            Self::HeldElsewhere => "wrong-state.exam-held-elsewhere",
            Self::SitsAnother => "wrong-state.sits-another-exam",
            Self::Banned => "wrong-state.banned",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::State(refusal) => refusal.params(),
            Self::NotEnrolled | Self::HeldElsewhere | Self::SitsAnother | Self::Banned => serde_json::Value::Null,
            Self::TaskPointsMissing { missing } => json!({ "missing": missing }),
        }
    }
}

/// Whether a learner with this standing (`None`: not enrolled) may register for a test in `state`.
///
/// # Errors
/// [`RegistrationRefusal`].
pub fn may_register(state: ExamSessionState, standing: Option<&CourseStanding>) -> Result<(), RegistrationRefusal> {
    is_open(state)?;
    match standing.map(|standing| standing.gate) {
        Some(Gate::Open) => Ok(()),
        Some(Gate::TaskPointsMissing { missing }) => Err(RegistrationRefusal::TaskPointsMissing { missing }),
        None => Err(RegistrationRefusal::NotEnrolled),
    }
}

/// A learner who wants to register themselves for a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registrant<'a> {
    /// Where they stand in the course; `None` if no class of theirs studies it.
    pub standing: Option<&'a CourseStanding>,
    /// Significant digits of the divisions in which they learn.
    pub learns_in: &'a [String],
    /// From when until when they would sit it.
    pub sits: (Timestamp, Timestamp),
    /// The same of the other tests for which they are registered and that have not begun.
    pub taken: &'a [(Timestamp, Timestamp)],
    /// Until when they are banned, if they are.
    pub banned_until: Option<Timestamp>,
}

/// Whether a learner may register themselves for a test in `state` that is held for `division` (its significant digits).
/// A test at the time of another is a blocker ([D] DOMAIN §4.1): nobody is at two places.
///
/// # Errors
/// [`RegistrationRefusal`]; what is wrong with the test or the course comes first.
pub fn may_register_oneself(
    state: ExamSessionState,
    division: &str,
    learner: &Registrant<'_>,
) -> Result<(), RegistrationRefusal> {
    may_register(state, learner.standing)?;
    if is_banned_at(learner.banned_until, learner.sits.0) {
        return Err(RegistrationRefusal::Banned);
    }
    if !is_held_for(division, learner.learns_in) {
        return Err(RegistrationRefusal::HeldElsewhere);
    }
    if sits_another(learner.sits, learner.taken) { Err(RegistrationRefusal::SitsAnother) } else { Ok(()) }
}

/// Whether a test of `division` is held for who learns in one of these divisions; all by their significant digits.
#[must_use]
pub fn is_held_for(division: &str, learns_in: &[String]) -> bool {
    learns_in.iter().any(|place| place.starts_with(division))
}

/// Whether one of these tests is sat at the same time.
#[must_use]
pub fn sits_another(sits: (Timestamp, Timestamp), taken: &[(Timestamp, Timestamp)]) -> bool {
    taken.iter().any(|other| overlaps(sits, *other))
}

/// Whether a learner may take their registration for a test in `state` back: as long as others register.
///
/// # Errors
/// [`ExamSessionRefusal::WrongState`] before and afterwards, [`ExamSessionRefusal::Cancelled`] once it was called off.
pub fn may_withdraw(state: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    is_open(state)
}

fn is_open(state: ExamSessionState) -> Result<(), ExamSessionRefusal> {
    may_be_sat(state)?;
    let wanted = ExamSessionState::Registering;
    if state == wanted { Ok(()) } else { Err(ExamSessionRefusal::WrongState { state, wanted }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::UnitId,
        learning::{StudyRules, UnitFacts, course_standing},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn standing(gate: Gate) -> CourseStanding {
        CourseStanding { task_points: 3, completed: 1, studied_minutes: 0, gate }
    }

    #[test]
    fn only_an_open_gate_leads_to_the_test() {
        let at = |gate| may_register(ExamSessionState::Registering, Some(&standing(gate)));
        assert_eq!(at(Gate::Open), Ok(()));
        let missing = RegistrationRefusal::TaskPointsMissing { missing: 2 };
        assert_eq!(at(Gate::TaskPointsMissing { missing: 2 }), Err(missing));
        assert_eq!(may_register(ExamSessionState::Registering, None), Err(RegistrationRefusal::NotEnrolled));
    }

    /// A learner of this division, who is free but for these times, in seconds.
    fn oneself(division: &str, learns_in: &str, taken: &[(i64, i64)]) -> Result<(), RegistrationRefusal> {
        let at = |(from, until): (i64, i64)| (Timestamp(from * 1_000), Timestamp(until * 1_000));
        let open = standing(Gate::Open);
        let taken: Vec<_> = taken.iter().map(|window| at(*window)).collect();
        let learns_in = [learns_in.to_owned()];
        let sits = at((3_600, 7_200));
        let standing = Some(&open);
        let learner = Registrant { standing, learns_in: &learns_in, sits, taken: &taken, banned_until: None };
        may_register_oneself(ExamSessionState::Registering, division, &learner)
    }

    #[test]
    fn a_test_is_for_those_who_learn_where_it_is_held() {
        for division in ["33", "3305", "330502"] {
            assert_eq!(oneself(division, "330502", &[]), Ok(()), "{division}");
        }
        for division in ["32", "3306", "330503", "330502104"] {
            assert_eq!(oneself(division, "330502", &[]), Err(RegistrationRefusal::HeldElsewhere), "{division}");
        }
    }

    #[test]
    fn nobody_sits_two_tests_at_one_time() {
        for free in [(0, 3_600), (7_200, 9_000)] {
            assert_eq!(oneself("33", "330502", &[free]), Ok(()), "one after the other");
        }
        for taken in [(0, 3_601), (7_199, 9_000), (0, 9_000), (4_000, 5_000)] {
            let refused = Err(RegistrationRefusal::SitsAnother);
            assert_eq!(oneself("33", "330502", &[(0, 10), taken]), refused, "{taken:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_the_course_is_told_first() {
        let taken = [(Timestamp(0), Timestamp(9))];
        let banned_until = Some(Timestamp(1));
        let learner = Registrant { standing: None, learns_in: &[], sits: taken[0], taken: &taken, banned_until };
        let at = |learner: &Registrant<'_>| may_register_oneself(ExamSessionState::Registering, "33", learner);
        assert_eq!(at(&learner), Err(RegistrationRefusal::NotEnrolled));
        let open = standing(Gate::Open);
        let learner = Registrant { standing: Some(&open), ..learner };
        assert_eq!(at(&learner), Err(RegistrationRefusal::Banned), "who is banned sits nothing anywhere");
        let free = Registrant { banned_until: Some(taken[0].0), ..learner };
        assert_eq!(at(&free), Err(RegistrationRefusal::HeldElsewhere), "the ban is over when the test begins");
    }

    #[test]
    fn registration_has_its_time() {
        for state in ExamSessionState::ALL {
            let is_open = may_register(*state, Some(&standing(Gate::Open))).is_ok();
            assert_eq!(is_open, *state == ExamSessionState::Registering);
            assert_eq!(may_withdraw(*state).is_ok(), is_open, "and so long it can be taken back");
        }
        assert_eq!(may_withdraw(ExamSessionState::Cancelled), Err(ExamSessionRefusal::Cancelled));
    }

    /// A learner's units: how far each was read, and how many of its two exercises were done.
    fn units() -> impl Strategy<Value = Vec<UnitFacts>> {
        let unit = (0..=100u8, 0..=2u16).prop_map(|(read_pct, exercises_done)| UnitFacts {
            id: UnitId(Uuid::nil()),
            title: String::new(),
            minutes: 20,
            read_pct,
            reading_left_s: 0,
            exercises: 2,
            exercises_done,
            activities: 0,
            activities_done: 0,
        });
        proptest::collection::vec(unit, 0..12)
    }

    fn state() -> impl Strategy<Value = ExamSessionState> {
        proptest::sample::select(ExamSessionState::ALL)
    }

    proptest! {
        #[test]
        fn who_registers_has_completed_what_the_rule_asks_for(
            units in units(), further in 0..3u16, pct in 1..=100u8, state in state(),
        ) {
            let rules = StudyRules { gate_task_pct: pct, ..StudyRules::zhejiang_2022() };
            let task_points = u16::try_from(units.len()).unwrap() + further;
            let standing = course_standing(task_points, &units, 0, &rules);
            let is_met = standing.completed >= rules.needed(task_points);
            let is_open = state == ExamSessionState::Registering;
            prop_assert_eq!(may_register(state, Some(&standing)).is_ok(), is_met && is_open);
            prop_assert!(may_register(state, None).is_err());
            prop_assert!(task_points > 0 || !is_met, "a course without task points leads to no test");
        }

        #[test]
        fn the_refusal_says_exactly_how_many_are_missing(units in units(), done in 0..12usize) {
            let rules = StudyRules::zhejiang_2022();
            let task_points = u16::try_from(units.len()).unwrap();
            let at = |units: &[UnitFacts]| {
                may_register(ExamSessionState::Registering, Some(&course_standing(task_points, units, 0, &rules)))
            };
            let Err(RegistrationRefusal::TaskPointsMissing { missing }) = at(&units) else {
                return Ok(());
            };
            // Completing one unit after the other opens the gate after just so many.
            let (mut units, mut left) = (units, missing);
            let mut open: Vec<_> = (0..units.len()).filter(|at| !units[*at].is_complete(&rules)).collect();
            let first = done.min(open.len());
            open.rotate_left(first);
            for place in open {
                units[place] = UnitFacts { read_pct: 100, exercises_done: 2, ..units[place].clone() };
                left -= 1;
                let expected = match left {
                    0 => Ok(()),
                    missing => Err(RegistrationRefusal::TaskPointsMissing { missing }),
                };
                prop_assert_eq!(at(&units), expected);
            }
            prop_assert_eq!(left, u16::from(task_points == 0));
        }

        #[test]
        fn studying_more_never_closes_the_gate(units in units(), place in 0..12usize, pct in 1..=100u8) {
            let rules = StudyRules { gate_task_pct: pct, ..StudyRules::zhejiang_2022() };
            let task_points = u16::try_from(units.len()).unwrap();
            let mut more = units.clone();
            if let Some(unit) = more.get_mut(place) {
                (unit.read_pct, unit.exercises_done) = (100, 2);
            }
            let [before, after] = [&units, &more].map(|units| course_standing(task_points, units, 0, &rules));
            prop_assert!(before.gate != Gate::Open || after.gate == Gate::Open);
            prop_assert!(before.completed <= after.completed);
        }
    }
}
