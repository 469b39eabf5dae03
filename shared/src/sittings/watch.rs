//! Who looks at a test where it is sat: at their place, on its day, and not before it is arranged.

use super::ExamSessionState;
use crate::{organisation::DivisionCode, time::Timestamp};

/// Whether who watches at the division `held` finds a test that `division` holds, at `now`.
///
/// A test of a province is sat in all its counties, so the one place may lie in the other either way. What was called
/// off is sat nowhere.
#[must_use]
pub fn may_watch(
    (division, state, starts_at): (DivisionCode, ExamSessionState, Timestamp),
    held: DivisionCode,
    now: Timestamp,
) -> bool {
    let is_there = division.contains(&held) || held.contains(&division);
    let is_arranged = state >= ExamSessionState::Arranged && state != ExamSessionState::Cancelled;
    is_there && is_arranged && starts_at.date_in_china() == now.date_in_china()
}

/// How many watch one room together ([V] DOMAIN §4.2).
pub const ROOM_INVIGILATORS: usize = 2;

/// How many invigilators a room still needs that `assigned` are to watch.
#[must_use]
pub const fn missing_invigilators(assigned: usize) -> usize {
    ROOM_INVIGILATORS.saturating_sub(assigned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExamSessionState::{Armed, Arranged, Cancelled, Draft, Marking, Published, Registering};

    /// 2026-11-23, 09:00 in China.
    const STARTS_AT: Timestamp = Timestamp(1_795_395_600_000);
    const HOUR_S: i64 = 3_600;

    #[track_caller]
    fn check(division: &str, state: ExamSessionState, held: &str, hours: i64, expected: bool) {
        let [division, held] = [division, held].map(|code| DivisionCode::parse(code).unwrap());
        let found = may_watch((division, state, STARTS_AT), held, STARTS_AT.plus_s(hours * HOUR_S));
        assert_eq!(found, expected, "{division} {state} at {held} after {hours} hours");
    }

    #[test]
    fn a_test_is_watched_on_its_day_from_midnight_to_midnight() {
        for (hours, expected) in [(-10, false), (-9, true), (0, true), (14, true), (15, false), (24, false)] {
            check("33", Armed, "330502", hours, expected);
        }
    }

    #[test]
    fn it_is_watched_at_the_places_in_it_and_around_it() {
        for held in ["33", "3305", "330502", "330502104"] {
            check("33", Armed, held, 0, true);
            check("330502", Armed, held, 0, true);
        }
        check("330502", Armed, "330503", 0, false);
        check("3305", Armed, "330602", 0, false);
    }

    #[test]
    fn nobody_watches_what_is_not_arranged_or_called_off() {
        for state in [Draft, Registering, Cancelled] {
            check("33", state, "330502", 0, false);
        }
        for state in [Arranged, Armed, Marking, Published] {
            check("33", state, "330502", 0, true);
        }
    }

    #[test]
    fn two_watch_a_room_and_more_may() {
        assert_eq!([0, 1, 2, 3].map(missing_invigilators), [2, 1, 0, 0]);
    }
}
