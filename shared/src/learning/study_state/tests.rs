use super::*;
use crate::problem::are_named;
use proptest::prelude::*;
use uuid::Uuid;

const RULES: HelpRules = HelpRules::USUAL;
/// Noon of a day in China.
const NOON: Timestamp = Timestamp(1_795_406_400_000);

fn days_ago(days: i64) -> Timestamp {
    NOON.plus_s(-days * 86_400)
}

/// A learner who joined 100 days ago and studied so many days ago last.
fn seen(last: Option<i64>) -> Presence {
    Presence { joined_at: days_ago(100), last_at: last.map(days_ago) }
}

fn unit(begun: i64, last: i64, failed_tries: u32) -> OpenUnit {
    OpenUnit { title: format!("U{begun}"), begun_at: days_ago(begun), last_at: days_ago(last), failed_tries }
}

fn course(last: Option<i64>, open_units: Vec<OpenUnit>) -> StudyFacts {
    StudyFacts { gate: Gate::TaskPointsMissing { missing: 3 }, last_at: last.map(days_ago), open_units }
}

#[track_caller]
fn check(course: &StudyFacts, presence: Presence, expected: &StudyReason) {
    assert_eq!(&study_reason(course, &presence, NOON, &RULES), expected);
}

#[test]
fn what_is_complete_stays_so_however_long_ago_it_was() {
    let done = StudyFacts { gate: Gate::Open, ..course(Some(90), Vec::new()) };
    check(&done, seen(Some(90)), &StudyReason::Complete);
}

#[test]
fn who_studied_nothing_for_two_weeks_is_away_from_every_course_that_is_open() {
    check(&course(Some(13), Vec::new()), seen(Some(13)), &StudyReason::Missing { missing: 3 });
    check(&course(Some(14), Vec::new()), seen(Some(14)), &StudyReason::Quiet { days: 14 });
    check(&course(None, Vec::new()), seen(Some(20)), &StudyReason::Quiet { days: 20 });
    check(&course(Some(40), Vec::new()), seen(Some(2)), &StudyReason::Missing { missing: 3 });
}

#[test]
fn who_has_just_joined_is_not_away_whatever_was_before() {
    let joined = |days| Presence { joined_at: days_ago(days), last_at: None };
    check(&course(None, Vec::new()), joined(13), &StudyReason::NotBegun);
    check(&course(None, Vec::new()), joined(14), &StudyReason::QuietSinceJoining { days: 14 });
    let again = Presence { joined_at: days_ago(3), last_at: Some(days_ago(60)) };
    check(&course(Some(60), Vec::new()), again, &StudyReason::Missing { missing: 3 });
}

#[test]
fn the_days_are_those_of_the_calendar() {
    let late = Presence { joined_at: days_ago(100), last_at: Some(days_ago(14).plus_s(11 * 3_600)) };
    check(&course(Some(14), Vec::new()), late, &StudyReason::Quiet { days: 14 });
}

#[test]
fn who_tries_and_tries_is_stuck_before_who_reads_for_long() {
    let tries = |failed| course(Some(1), vec![unit(2, 1, failed), unit(9, 5, 0)]);
    check(&tries(2), seen(Some(1)), &StudyReason::Missing { missing: 3 });
    check(&tries(3), seen(Some(1)), &StudyReason::Tries { unit_title: "U2".to_owned(), tries: 3 });
    let long = course(Some(1), vec![unit(7, 1, 0), unit(30, 20, 0)]);
    check(&long, seen(Some(1)), &StudyReason::LongUnit { unit_title: "U7".to_owned(), days: 7 });
    let skipped = course(Some(1), vec![unit(6, 1, 0), unit(30, 20, 0)]);
    check(&skipped, seen(Some(1)), &StudyReason::Missing { missing: 3 });
}

fn learner(name: &str, reasons: Vec<StudyReason>) -> LearnerStudy {
    let course = |reason: StudyReason| LearnerCourse {
        course_id: CourseId(Uuid::nil()),
        course_title: String::new(),
        standing: CourseStanding { task_points: 3, completed: 0, studied_minutes: 0, gate: Gate::Open },
        last_at: None,
        state: reason.state(),
        reason,
    };
    LearnerStudy {
        account_id: AccountId(Uuid::nil()),
        display_name: name.to_owned(),
        courses: reasons.into_iter().map(course).collect(),
        last_reminder: None,
    }
}

#[test]
fn who_is_away_has_been_so_for_some_days_and_needs_help_there_most() {
    let away = learner("a", vec![StudyReason::Complete, StudyReason::Quiet { days: 20 }]);
    assert_eq!((away.away_days(), away.neediest().map(|course| course.state)), (Some(20), Some(StudyState::Away)));
    let here = learner("b", vec![StudyReason::Complete, StudyReason::NotBegun]);
    assert_eq!((here.away_days(), here.neediest().map(|course| course.state)), (None, Some(StudyState::NotBegun)));
}

#[test]
fn a_word_is_for_who_is_away_or_stuck_and_for_nobody_else() {
    let cause = |reasons: Vec<StudyReason>| learner("a", reasons).reminder_cause();
    let tries = || StudyReason::Tries { unit_title: "U".to_owned(), tries: 4 };
    let long = StudyReason::LongUnit { unit_title: "V".to_owned(), days: 8 };
    let stuck = |unit: &str| Some(ReminderCause::Stuck { unit_title: unit.to_owned() });
    assert_eq!(cause(vec![StudyReason::NotBegun, tries()]), stuck("U"));
    assert_eq!(cause(vec![tries(), long]), stuck("V"), "what lasts longer");
    assert_eq!(cause(vec![tries(), StudyReason::Quiet { days: 20 }]), Some(ReminderCause::Away { days: 20 }));
    for fine in [StudyReason::NotBegun, StudyReason::Missing { missing: 2 }, StudyReason::Complete] {
        assert_eq!(cause(vec![fine]), None);
    }
    assert_eq!(cause(Vec::new()), None);
}

#[test]
fn who_needs_help_most_comes_first() {
    let mut class = vec![
        learner("done", vec![StudyReason::Complete]),
        learner("none", Vec::new()),
        learner("b", vec![StudyReason::Missing { missing: 1 }]),
        learner("a", vec![StudyReason::Complete, StudyReason::Missing { missing: 9 }]),
        learner("new", vec![StudyReason::NotBegun]),
        learner("stuck", vec![StudyReason::NotBegun, StudyReason::Tries { unit_title: String::new(), tries: 4 }]),
        learner("gone", vec![StudyReason::Quiet { days: 15 }]),
        learner("long-gone", vec![StudyReason::QuietSinceJoining { days: 50 }]),
    ];
    sort_by_need(&mut class);
    let names: Vec<_> = class.iter().map(|learner| learner.display_name.as_str()).collect();
    assert_eq!(names, ["long-gone", "gone", "stuck", "new", "a", "b", "done", "none"]);
}

#[test]
fn a_state_shows_its_courses_alone() {
    let class = vec![
        learner("both", vec![StudyReason::Complete, StudyReason::NotBegun]),
        learner("done", vec![StudyReason::Complete]),
    ];
    assert_eq!(in_state(class.clone(), None), class);
    let fresh = in_state(class, Some(StudyState::NotBegun));
    assert_eq!((fresh.len(), fresh[0].courses.len(), fresh[0].display_name.as_str()), (1, 1, "both"));
}

#[test]
fn every_state_has_its_words() {
    let keys: Vec<_> = StudyState::ALL.iter().map(|state| format!("study_{state}")).collect();
    let files = [include_str!("../../../locales/zh-CN/classes.json"), include_str!("../../../locales/en/classes.json")];
    assert!(are_named(files, &keys));
}

proptest! {
    #[test]
    fn nobody_comes_back_by_waiting(last in 0..100_i64, later in 0..100_i64) {
        let presence = seen(Some(last));
        let at = |now: Timestamp| study_reason(&course(Some(last), Vec::new()), &presence, now, &RULES).state();
        let (now, then) = (at(NOON), at(NOON.plus_s(later * 86_400)));
        prop_assert!(now != StudyState::Away || then == StudyState::Away);
    }
}
