use super::*;
use crate::sittings::CalendarDay;
use proptest::{
    collection::{btree_set, vec},
    prelude::*,
};
use uuid::Uuid;

/// 23 November 2026, midnight in China.
const DAY: Timestamp = Timestamp(1_795_363_200_000);

fn course(number: u128) -> CourseId {
    CourseId(Uuid::from_u128(number))
}

fn test_of(number: u128, hour: i64) -> NewWindowTest {
    NewWindowTest {
        course_id: course(number),
        paper_id: PaperId(Uuid::from_u128(number)),
        other_paper_ids: Vec::new(),
        starts_at: DAY.plus_s(hour * 3_600),
        duration_min: 75,
    }
}

fn window(tests: Vec<NewWindowTest>) -> NewExamWindow {
    NewExamWindow {
        title: " 2026年秋季 全省统一测试 ".to_owned(),
        division: None,
        calendar: None,
        rules: None,
        reviewed_up_to: None,
        tests,
    }
}

#[test]
fn each_course_has_one_test_and_there_are_some() {
    let wrong = |window: NewExamWindow| {
        let wrong = window.check().into_iter();
        wrong.map(|error| format!("{} {}", error.pointer, error.code)).collect::<Vec<_>>()
    };
    assert_eq!(wrong(window(vec![test_of(1, 9), test_of(2, 9)])), [] as [&str; 0], "two courses at once may be right");
    assert_eq!(wrong(window(vec![test_of(1, 9), test_of(1, 13)])), ["/tests/1/course_id duplicate"]);
    let nothing = NewExamWindow { title: " ".to_owned(), ..window(Vec::new()) };
    assert_eq!(wrong(nothing), ["/title required", "/tests required"]);
    let many = NewExamWindow { title: "长".repeat(61), ..window((0..21).map(|number| test_of(number, 9)).collect()) };
    assert_eq!(wrong(many), ["/title too-long", "/tests too-long"]);
}

#[test]
fn all_have_the_days_of_the_first() {
    let window = window(vec![test_of(1, 33), test_of(2, 9)]);
    let plans: Vec<_> = window.tests.iter().map(|test| window.plan(test, "成人高中语文")).collect();
    assert_eq!(plans[0].title, "2026年秋季 全省统一测试 成人高中语文");
    assert_eq!(plans[0].calendar, plans[1].calendar);
    let opens_on = plans[0].calendar.unwrap().day(CalendarDay::RegistrationOpens, DAY.date_in_china());
    assert_eq!(opens_on, DAY.plus_s(-45 * 86_400).date_in_china());
    assert!(plans.iter().all(|plan| plan.calendar.unwrap().check(plan.starts_at.date_in_china()).is_empty()));
}

#[test]
fn what_is_wrong_is_named_where_it_stands() {
    let at = |pointer: &str| field_of_window(2, &FieldError::new(pointer, "required")).pointer;
    assert_eq!(
        ["/paper_id", "/rules/grace_s", "/calendar/tickets_by"].map(at),
        ["/tests/2/paper_id", "/rules/grace_s", "/calendar/tickets_by"]
    );
}

fn facts() -> impl Strategy<Value = Vec<WindowTestFacts>> {
    let people = || btree_set((0..6u128).prop_map(|id| AccountId(Uuid::from_u128(id))), 0..4);
    let rooms = btree_set((0..4u128).prop_map(|id| ExamRoomId(Uuid::from_u128(id))), 0..3);
    let one = (0..8i64, 1..4i64, people(), rooms, people());
    vec(one, 0..6).prop_map(|found| {
        let numbered = (0u128..).zip(found);
        numbered
            .map(|(number, (from, length, learners, rooms, staff))| WindowTestFacts {
                id: ExamSessionId(Uuid::from_u128(number)),
                time: (Timestamp(from), Timestamp(from + length)),
                learners,
                rooms,
                staff,
            })
            .collect()
    })
}

proptest! {
    /// Two clash if somebody has to be in two places at one moment, and only then.
    #[test]
    fn a_clash_is_somebody_or_something_in_two_places(tests in facts()) {
        let clashes = find_clashes(&tests);
        for (nth, one) in tests.iter().enumerate() {
            for other in tests.iter().skip(nth + 1) {
                let at_once = (0..12).any(|at| [one, other].iter().all(|t| t.time.0.0 <= at && at < t.time.1.0));
                let shares = !one.learners.is_disjoint(&other.learners)
                    || !one.rooms.is_disjoint(&other.rooms)
                    || !one.staff.is_disjoint(&other.staff);
                let is_found = clashes.iter().any(|found| (found.one, found.other) == (one.id, other.id));
                prop_assert_eq!(is_found, at_once && shares);
            }
        }
        let times: Vec<_> = tests.iter().map(|test| test.time).collect();
        prop_assert!(clashes.is_empty() || are_any_at_once(&times));
    }
}
