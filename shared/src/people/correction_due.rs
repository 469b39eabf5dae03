//! By when a request for a correction is answered: within fifteen working days, the day on which it came not counted
//! (DOMAIN §5.1).

use super::CorrectionState;
use crate::teaching::{Holiday, working_day_after};
use jiff::civil::Date;

/// Working days within which a request is answered.
const ANSWER_WITHIN_DAYS: u32 = 15;
/// Days of the calendar among which so many are worked, whatever holidays there are.
pub const ANSWER_LOOK_AHEAD_DAYS: i64 = 60;

/// The last day on which a request of this day is answered in time.
#[must_use]
pub fn answer_due(asked_on: Date, holidays: &[Holiday]) -> Date {
    working_day_after(asked_on, ANSWER_WITHIN_DAYS, holidays)
}

/// Whether a request still waits though its day is over.
#[must_use]
pub fn is_answer_overdue(state: CorrectionState, due_on: Date, today: Date) -> bool {
    state == CorrectionState::Open && due_on < today
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teaching::HolidayKind;
    use jiff::civil::date;

    #[test]
    fn fifteen_working_days_are_three_weeks_unless_something_is_said_of_their_days() {
        // A Monday.
        let monday = date(2026, 11, 23);
        assert_eq!(answer_due(monday, &[]), date(2026, 12, 14));
        assert_eq!(answer_due(date(2026, 11, 28), &[]), date(2026, 12, 18), "from a Saturday the Monday counts first");
        let said = |day, kind| Holiday { day, kind, name: String::new() };
        let off = said(date(2026, 12, 1), HolidayKind::Off);
        let worked = said(date(2026, 12, 5), HolidayKind::Worked);
        assert_eq!(answer_due(monday, std::slice::from_ref(&off)), date(2026, 12, 15));
        assert_eq!(answer_due(monday, &[off, worked]), date(2026, 12, 14), "a worked Saturday makes up for it");
    }

    #[test]
    fn what_waits_is_overdue_from_the_day_after() {
        let due = date(2026, 12, 14);
        let overdue = |state, today| is_answer_overdue(state, due, today);
        assert!(!overdue(CorrectionState::Open, due));
        assert!(overdue(CorrectionState::Open, date(2026, 12, 15)));
        for state in [CorrectionState::Accepted, CorrectionState::Refused, CorrectionState::Withdrawn] {
            assert!(!overdue(state, date(2027, 1, 1)), "{state}");
        }
    }
}
