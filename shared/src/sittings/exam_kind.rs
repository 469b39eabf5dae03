//! What a test is for, and what is lighter where nothing rests on it: the same player and the same server, but one person
//! runs it, whoever studies the course may sit it, and each may begin at a time of their own.

use super::ExamSessionState;
use crate::{
    delivery::{TimePlan, deadline},
    learning::{CourseStanding, Gate},
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};

/// Longest time that a mock test is open, in milliseconds: a month.
const LONGEST_OPEN_MS: i64 = 31 * 24 * 60 * 60 * 1_000;

text_enum! {
    /// What a test is for.
    ExamKind {
        /// 统一测试: certificates rest on it.
        Unified = "unified",
        /// 模拟测试: for practice, at home too.
        Mock = "mock",
    }
}

/// What is not said to be for practice counts.
impl Default for ExamKind {
    fn default() -> Self {
        Self::Unified
    }
}

impl ExamKind {
    /// Whether certificates rest on its results, so that it takes all the care that there is.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Unified)
    }

    /// Whether what opens registration, arms the key and releases the results takes two persons.
    #[must_use]
    pub const fn needs_second_person(self) -> bool {
        self.counts()
    }

    /// Whether a test of this kind may not have a paper that `other` has. One person alone arms what is for practice, so it
    /// never opens the paper of a test that counts and is still to be sat; and what was practised tests nobody any more.
    #[must_use]
    pub const fn is_kept_from(self, other: (Self, ExamSessionState)) -> bool {
        use ExamSessionState::{Armed, Arranged, Marking, Published, Registering};
        match (self, other.0) {
            (Self::Mock, Self::Unified) => matches!(other.1, Registering | Arranged | Armed),
            (Self::Unified, Self::Mock) => matches!(other.1, Armed | Marking | Published),
            (Self::Unified, Self::Unified) | (Self::Mock, Self::Mock) => false,
        }
    }

    /// The standing by which somebody registers: to practise, one need not have completed the course, but study it.
    #[must_use]
    pub fn standing(self, standing: Option<CourseStanding>) -> Option<CourseStanding> {
        match self {
            Self::Unified => standing,
            Self::Mock => standing.map(|standing| CourseStanding { gate: Gate::Open, ..standing }),
        }
    }
}

/// When working time ends for who began at `began_at` a test that is open until `closes_at`: as long after as everybody has,
/// and not after it closes. Who has not begun may still do so until then.
#[must_use]
pub fn own_deadline(plan: &TimePlan, began_at: Option<Timestamp>, closes_at: Timestamp) -> Timestamp {
    match began_at {
        Some(starts_at) => deadline(&TimePlan { starts_at, ..*plan }).min(closes_at),
        None => closes_at,
    }
}

/// Whether a test of this kind that begins at `starts_at` may be open until `closes_at`, so that each begins at a time of
/// their own.
///
/// # Errors
/// The field: only a mock test is, for at least its working time and a month at most.
pub fn check_closing(
    kind: ExamKind,
    (starts_at, duration_min): (Timestamp, u16),
    closes_at: Option<Timestamp>,
) -> Result<(), FieldError> {
    let Some(closes_at) = closes_at else { return Ok(()) };
    if kind != ExamKind::Mock {
        return Err(FieldError::new("/closes_at", "only-mock"));
    }
    let open_ms = closes_at.ms_since(starts_at);
    let is_right = (i64::from(duration_min) * 60_000..=LONGEST_OPEN_MS).contains(&open_ms);
    if is_right { Ok(()) } else { Err(FieldError::new("/closes_at", "out-of-range")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sittings::{RegistrationRefusal, may_register};
    use proptest::prelude::*;

    const PLAN: TimePlan = TimePlan { starts_at: Timestamp(0), duration_min: 60, extra_min: 18, returned_s: 0 };

    fn minute(minutes: i64) -> Timestamp {
        Timestamp(0).plus_s(minutes * 60)
    }

    #[test]
    fn only_a_test_on_which_nothing_rests_is_run_by_one_person() {
        for kind in ExamKind::ALL {
            assert_eq!(kind.needs_second_person(), *kind == ExamKind::Unified);
            assert_eq!(kind.counts(), *kind == ExamKind::Unified);
        }
        assert_eq!(ExamKind::default(), ExamKind::Unified, "what is not said to be practice is none");
    }

    #[test]
    fn nobody_practises_with_a_paper_that_is_still_to_test_somebody() {
        use ExamKind::{Mock, Unified};
        use ExamSessionState::{Armed, Arranged, Marking, Published, Registering};
        for state in ExamSessionState::ALL {
            let is_to_come = [Registering, Arranged, Armed].contains(state);
            assert_eq!(Mock.is_kept_from((Unified, *state)), is_to_come, "{state}");
            let is_known = [Armed, Marking, Published].contains(state);
            assert_eq!(Unified.is_kept_from((Mock, *state)), is_known, "{state}");
            assert!(!Mock.is_kept_from((Mock, *state)) && !Unified.is_kept_from((Unified, *state)), "{state}");
        }
    }

    #[test]
    fn who_studies_the_course_may_practise_and_who_does_not_may_not() {
        let gate = Gate::TaskPointsMissing { missing: 2 };
        let studied = CourseStanding { task_points: 3, completed: 1, studied_minutes: 0, gate };
        let register = |kind: ExamKind, standing: Option<CourseStanding>| {
            may_register(ExamSessionState::Registering, kind.standing(standing).as_ref())
        };
        assert_eq!(register(ExamKind::Mock, Some(studied.clone())), Ok(()));
        assert_eq!(register(ExamKind::Mock, None), Err(RegistrationRefusal::NotEnrolled));
        let missing = Err(RegistrationRefusal::TaskPointsMissing { missing: 2 });
        assert_eq!(register(ExamKind::Unified, Some(studied)), missing);
    }

    #[test]
    fn time_of_ones_own_runs_from_the_beginning_and_ends_with_the_test() {
        let closes_at = minute(600);
        assert_eq!(own_deadline(&PLAN, None, closes_at), closes_at, "so long one may begin");
        assert_eq!(own_deadline(&PLAN, Some(minute(100)), closes_at), minute(178), "extra time is given here, too");
        assert_eq!(own_deadline(&PLAN, Some(minute(590)), closes_at), closes_at);
    }

    #[test]
    fn a_mock_test_is_open_as_long_as_it_takes_and_a_month_at_most() {
        let check = |kind, minutes: i64| {
            let judged = check_closing(kind, (Timestamp(0), 60), Some(minute(minutes)));
            judged.err().map(|error| error.code)
        };
        assert_eq!(check(ExamKind::Mock, 60), None);
        assert_eq!(check(ExamKind::Mock, 31 * 24 * 60), None);
        for minutes in [-1, 59, 31 * 24 * 60 + 1] {
            assert_eq!(check(ExamKind::Mock, minutes).as_deref(), Some("out-of-range"), "{minutes}");
        }
        assert_eq!(check(ExamKind::Unified, 60).as_deref(), Some("only-mock"));
        assert_eq!(check_closing(ExamKind::Unified, (Timestamp(0), 60), None), Ok(()));
        assert!(crate::problem::has_texts("field.only-mock"));
    }

    proptest! {
        #[test]
        fn nobody_works_longer_than_they_have_or_after_it_closes(began in 0..600i64, closes in 60..900i64) {
            let (began_at, closes_at) = (minute(began), minute(closes));
            let ends_at = own_deadline(&PLAN, Some(began_at), closes_at);
            prop_assert!(ends_at <= closes_at);
            prop_assert!(ends_at <= began_at.plus_s(78 * 60));
            prop_assert!(ends_at == closes_at || ends_at == began_at.plus_s(78 * 60));
        }
    }
}
