//! When the key of a paper is nobody's secret any more (DESIGN §5.2, ADR 43): every candidate of every test of it holds
//! it then, so that it may lie open where anybody finds it.

use super::ExamSessionState;
use crate::time::Timestamp;

/// A test of which a paper is a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperUse {
    /// Where the test stands.
    pub state: ExamSessionState,
    /// When candidates may begin.
    pub starts_at: Timestamp,
    /// When it closes, if each begins at a time of their own.
    pub closes_at: Option<Timestamp>,
    /// Whether its candidates get the paper only once the room has let them in, or in Safe Exam Browser alone.
    pub is_guarded: bool,
}

impl PaperUse {
    /// Whether two persons armed it and nobody sits it later than `now` who has not begun. Where something else than time
    /// says who gets the paper, that is certain only when it is over.
    fn has_begun_for_all(&self, now: Timestamp) -> bool {
        let from = if self.is_guarded { ExamSessionState::Marking } else { ExamSessionState::Armed };
        self.state >= from && self.closes_at.unwrap_or(self.starts_at) <= now
    }
}

/// Whether the key of a paper of which these are all the tests may lie open at `now`. One that was called off does not
/// count; one that is still planned keeps the key in, whenever it is to be.
#[must_use]
pub fn is_key_public(uses: &[PaperUse], now: Timestamp) -> bool {
    let mut held = uses.iter().filter(|test| test.state != ExamSessionState::Cancelled).peekable();
    held.peek().is_some() && held.all(|test| test.has_begun_for_all(now))
}

/// Whether the key of a paper may be read out at `now` in the rooms of `test`, of which it is a form; `others` are its other
/// tests. That a room lets its candidates in keeps no key from being read out in it; Safe Exam Browser does, for the caller
/// to look at.
#[must_use]
pub fn may_key_be_read_out(test: &PaperUse, others: &[PaperUse], now: Timestamp) -> bool {
    let runs = test.state == ExamSessionState::Armed && test.closes_at.is_none() && test.starts_at <= now;
    let mut others = others.iter().filter(|other| other.state != ExamSessionState::Cancelled);
    runs && others.all(|other| other.has_begun_for_all(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExamSessionState::{Armed, Arranged, Cancelled, Draft, Marking, Published, Registering};

    const NINE: Timestamp = Timestamp(9_000);

    fn test(state: ExamSessionState, starts_at: i64) -> PaperUse {
        PaperUse { state, starts_at: Timestamp(starts_at), closes_at: None, is_guarded: false }
    }

    #[track_caller]
    fn check(uses: &[PaperUse], expected: bool) {
        assert_eq!(is_key_public(uses, NINE), expected, "{uses:?}");
    }

    #[test]
    fn a_key_lies_open_from_the_start_of_an_armed_test_on_and_no_millisecond_sooner() {
        check(&[test(Armed, 9_000)], true);
        check(&[test(Armed, 9_001)], false);
        for state in [Marking, Published] {
            check(&[test(state, 1)], true);
        }
        for state in [Draft, Registering, Arranged, Cancelled] {
            check(&[test(state, 1)], false);
        }
        check(&[], false);
    }

    #[test]
    fn another_test_of_the_paper_keeps_it_in() {
        for later in [test(Armed, 9_001), test(Draft, 1), test(Arranged, 20_000)] {
            check(&[test(Published, 1), later], false);
        }
        check(&[test(Published, 1), test(Cancelled, 20_000)], true);
    }

    #[test]
    fn where_the_paper_is_not_for_everybody_whose_time_has_come_the_test_is_over_first() {
        let guarded = |state| PaperUse { is_guarded: true, ..test(state, 1) };
        check(&[guarded(Armed)], false);
        check(&[guarded(Marking)], true);
        check(&[test(Armed, 1), guarded(Armed)], false);
    }

    #[test]
    fn a_key_is_read_out_while_its_test_runs_and_no_other_is_to_come() {
        let may = |test: PaperUse, others: &[PaperUse]| may_key_be_read_out(&test, others, NINE);
        assert!(may(test(Armed, 9_000), &[]) && !may(test(Armed, 9_001), &[]));
        assert!(!may(test(Arranged, 1), &[]) && !may(test(Marking, 1), &[]));
        let guarded = PaperUse { is_guarded: true, ..test(Armed, 1) };
        assert!(may(guarded, &[test(Published, 1), test(Cancelled, 20_000)]));
        assert!(!may(guarded, &[test(Draft, 20_000)]) && !may(test(Armed, 1), &[guarded]));
        assert!(
            !may(PaperUse { closes_at: Some(Timestamp(9_000)), ..guarded }, &[]),
            "each begins at a time of their own"
        );
    }

    #[test]
    fn where_each_begins_at_a_time_of_their_own_it_stays_in_until_nobody_begins_any_more() {
        let own = |closes_at| PaperUse { closes_at: Some(Timestamp(closes_at)), ..test(Armed, 1) };
        check(&[own(9_001)], false);
        check(&[own(9_000)], true);
    }
}
