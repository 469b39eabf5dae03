use super::*;
use jiff::civil::date;
use proptest::prelude::*;

/// A Saturday.
const TEST_DAY: Date = date(2026, 11, 28);

fn usual() -> ExamCalendar {
    ExamCalendar::usual(TEST_DAY)
}

#[test]
fn the_usual_days_are_counted_from_the_test() {
    let days = CalendarDay::ALL.iter().map(|which| usual().day(*which, TEST_DAY));
    let expected = [
        date(2026, 10, 14),
        date(2026, 10, 29),
        date(2026, 11, 6),
        date(2026, 11, 13),
        date(2026, 11, 16),
        TEST_DAY,
        date(2026, 12, 8),
        date(2026, 12, 13),
        date(2026, 12, 27),
    ];
    assert_eq!(days.collect::<Vec<_>>(), expected);
    assert_eq!(usual().check(TEST_DAY), []);
}

#[test]
fn a_day_out_of_order_is_named() {
    let wrong = |calendar: ExamCalendar| -> Vec<String> {
        calendar.check(TEST_DAY).into_iter().map(|error| error.pointer).collect()
    };
    let same = ExamCalendar { registration_opens_on: date(2026, 10, 29), ..usual() };
    assert_eq!(wrong(same), [] as [String; 0], "registration may last a day");
    let closed = ExamCalendar { registration_closes_on: date(2026, 10, 13), ..usual() };
    assert_eq!(wrong(closed), ["/calendar/registration_closes_on"]);
    let late = ExamCalendar { tickets_by: date(2026, 11, 29), ..usual() };
    assert_eq!(wrong(late), ["/calendar/tickets_by"], "the test itself is not to blame");
    let early = ExamCalendar { marked_by: date(2026, 11, 27), ..usual() };
    assert_eq!(wrong(early), ["/calendar/marked_by"]);
}

#[test]
fn learners_register_from_the_first_day_to_the_last() {
    let days = Some(usual().registration());
    let (opens_on, closes_on) = (date(2026, 10, 14), date(2026, 10, 29));
    for (today, expected) in [
        (date(2026, 10, 13), Err(CalendarRefusal::NotYet { opens_on })),
        (opens_on, Ok(())),
        (closes_on, Ok(())),
        (date(2026, 10, 30), Err(CalendarRefusal::Over { closed_on: closes_on })),
    ] {
        assert_eq!(may_register_on(days, today), expected, "{today}");
        assert_eq!(may_register_on(None, today), Ok(()), "where no days are planned, every day will do");
    }
    assert_eq!(may_end_registration(days, closes_on), Err(CalendarRefusal::StillOpen { closes_on }));
    assert_eq!(may_end_registration(days, date(2026, 10, 30)), Ok(()));
    assert_eq!(may_end_registration(None, opens_on), Ok(()));
}

#[test]
fn what_waits_beyond_its_day_is_overdue() {
    let at = |state, today| usual().is_overdue(state, (TEST_DAY, today));
    assert!(!at(ExamSessionState::Draft, date(2026, 10, 14)));
    assert!(at(ExamSessionState::Draft, date(2026, 10, 15)));
    assert!(at(ExamSessionState::Registering, date(2026, 11, 14)));
    assert!(!at(ExamSessionState::Arranged, date(2026, 11, 27)));
    assert!(at(ExamSessionState::Arranged, TEST_DAY), "the key is armed before that day");
    assert!(at(ExamSessionState::Marking, date(2026, 12, 14)));
    for state in [ExamSessionState::Armed, ExamSessionState::Published, ExamSessionState::Cancelled] {
        assert!(!at(state, date(2027, 12, 31)), "{state}");
    }
}

#[test]
fn a_test_that_is_moved_takes_along_the_days_to_come() {
    let today = date(2026, 11, 10);
    let moved = usual().moved(7, today);
    assert_eq!((moved.registration(), moved.reviewed_by), (usual().registration(), usual().reviewed_by));
    assert_eq!((moved.arranged_by, moved.released_by), (date(2026, 11, 20), date(2026, 12, 20)));
    let sooner = usual().moved(-7, today);
    assert_eq!((sooner.arranged_by, sooner.tickets_by), (today, today), "nothing is moved into the past");
}

#[test]
fn every_refusal_and_every_wrong_day_has_its_words() {
    let day = TEST_DAY;
    let refusals = [
        CalendarRefusal::NotYet { opens_on: day },
        CalendarRefusal::Over { closed_on: day },
        CalendarRefusal::StillOpen { closes_on: day },
    ];
    for refusal in refusals {
        assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        assert_eq!(refusal.params(), json!({ "day": "2026-11-28" }));
    }
    assert!(crate::problem::has_texts("field.calendar-order"));
}

#[test]
fn a_pointer_names_the_field_of_the_request() {
    let calendar = serde_json::to_value(usual()).unwrap();
    for which in CalendarDay::PLANNED {
        assert_eq!(which.pointer(), format!("/calendar/{which}"));
        assert!(calendar[which.as_str()].is_string(), "{which}");
    }
}

proptest! {
    #[test]
    fn a_calendar_in_order_stays_so_when_the_test_is_moved(days in 0..60i64, passed in 0..80i64) {
        let today = days_after(usual().registration_opens_on, passed).min(TEST_DAY);
        let moved = usual().moved(days, today);
        prop_assert_eq!(moved.check(days_after(TEST_DAY, days)), []);
    }
}
