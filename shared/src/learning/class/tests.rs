use super::*;
use crate::{
    ids::{CourseId, ProviderId},
    learning::{CourseAtVersion, MemberState},
    problem::{are_named, has_texts},
};
use jiff::civil::date;
use uuid::Uuid;

const PLANNER: AccountId = AccountId(Uuid::from_u128(1));
const COUNTY: AccountId = AccountId(Uuid::from_u128(2));

fn class(state: ClassState) -> ClassFacts {
    ClassFacts { state, planned_by: PLANNER, learners: 29, capacity: 30 }
}

#[test]
fn only_the_next_state_is_reached() {
    for (at, state) in ClassState::ALL.iter().enumerate() {
        for (to, wanted) in ClassState::ALL.iter().enumerate() {
            assert_eq!(judge_class_step(&class(*state), *wanted, COUNTY).is_ok(), to == at + 1);
        }
    }
}

#[test]
fn nobody_approves_their_own_plan_or_starts_an_empty_class() {
    let planned = class(ClassState::Planned);
    let own = judge_class_step(&planned, ClassState::Approved, PLANNER);
    assert_eq!(own, Err(ClassRefusal::SecondPersonNeeded));
    let empty = ClassFacts { learners: 0, ..class(ClassState::Enrolling) };
    assert_eq!(judge_class_step(&empty, ClassState::Running, PLANNER), Err(ClassRefusal::Empty));
}

#[test]
fn a_closed_school_begins_no_class_and_leads_to_its_end_what_has_begun() {
    for wanted in [ClassState::Approved, ClassState::Enrolling] {
        assert_eq!(may_begin(wanted, false), Err(ClassRefusal::SchoolClosed), "{wanted}");
    }
    for wanted in [ClassState::Running, ClassState::Finished, ClassState::Archived] {
        assert_eq!(may_begin(wanted, false), Ok(()), "{wanted}");
    }
    assert!(ClassState::ALL.iter().all(|wanted| may_begin(*wanted, true).is_ok()));
}

#[test]
fn a_class_takes_learners_in_while_it_has_room() {
    assert_eq!(may_join(&class(ClassState::Enrolling)), Ok(()));
    assert_eq!(may_join(&class(ClassState::Running)), Ok(()));
    let full = ClassFacts { learners: 30, ..class(ClassState::Enrolling) };
    assert_eq!(may_join(&full), Err(ClassRefusal::Full { capacity: 30 }));
    for state in [ClassState::Planned, ClassState::Approved, ClassState::Finished, ClassState::Archived] {
        assert_eq!(may_join(&class(state)), Err(ClassRefusal::NotEnrolling { state }));
    }
}

#[test]
fn a_class_begins_when_it_runs_and_not_before() {
    let begun = ClassState::ALL.iter().map(|state| state.has_begun()).collect::<Vec<_>>();
    assert_eq!(begun, [false, false, false, true, true, true]);
    assert!(ClassState::ALL.iter().all(|state| state.has_begun() || !state.is_over()));
}

#[test]
fn what_is_over_does_not_change() {
    let changing = ClassState::ALL.iter().filter(|state| may_change(**state).is_ok());
    assert_eq!(changing.count(), 4);
    let state = ClassState::Archived;
    assert_eq!(may_change(state), Err(ClassRefusal::Over { state }));
}

#[test]
fn a_plan_is_checked_before_it_is_sent() {
    let course = CourseAtVersion { course_id: CourseId(Uuid::nil()), version: None };
    let entry = ClassEntry {
        provider_id: ProviderId(Uuid::nil()),
        name: "2026年秋 村班".to_owned(),
        form: ClassForm::Village,
        partner: "示范村".to_owned(),
        partner_contact: "甲".to_owned(),
        partner_phone: "0572-0000001".to_owned(),
        season: Some(ClassSeason::Autumn),
        tutor_id: None,
        capacity: 30,
        teaching_point_id: None,
        courses: vec![course],
        starts_on: None,
        ends_on: Some(date(2026, 12, 31)),
    };
    assert_eq!(entry.check(), []);
    let evening = ClassEntry { form: ClassForm::Evening, partner: String::new(), ..entry.clone() };
    assert_eq!(evening.check(), []);
    let wrong = ClassEntry {
        name: " ".to_owned(),
        partner: String::new(),
        partner_phone: "x".to_owned(),
        capacity: 501,
        courses: vec![course, course],
        starts_on: Some(date(2027, 1, 1)),
        ..entry.clone()
    };
    let found: Vec<_> = wrong.check().into_iter().map(|error| (error.pointer, error.code)).collect();
    let expected = [
        ("/name", "required"),
        ("/partner", "required"),
        ("/partner_phone", "office-phone"),
        ("/capacity", "out-of-range"),
        ("/courses/1/course_id", "duplicate"),
        ("/ends_on", "before-start"),
    ];
    assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    let none = ClassEntry { courses: vec![], ..entry };
    assert_eq!(none.check(), [FieldError::new("/courses", "required")]);
}

#[test]
fn every_form_and_state_has_its_name() {
    let mut keys = Vec::new();
    keys.extend(ClassForm::ALL.iter().map(|value| format!("form_{value}")));
    keys.extend(ClassSeason::ALL.iter().map(|value| format!("season_{value}")));
    keys.extend(ClassState::ALL.iter().map(|value| format!("state_{value}")));
    keys.extend(MemberState::ALL.iter().map(|value| format!("member_{value}")));
    let files = [include_str!("../../../locales/zh-CN/classes.json"), include_str!("../../../locales/en/classes.json")];
    assert!(are_named(files, &keys));
}

#[test]
fn a_class_has_the_level_of_its_courses() {
    use CourseLevel::{Junior, Senior};
    assert!(is_of_level(&[Senior, Senior], Senior) && !is_of_level(&[Senior], Junior));
    assert!(!is_of_level(&[Junior], Senior), "neither way");
    assert!(
        is_of_level(&[Junior, Senior], Junior) && is_of_level(&[], Junior),
        "what has no one level keeps nobody out"
    );
}

#[test]
fn every_refusal_has_its_text() {
    let state = ClassState::Planned;
    let wrong = ClassRefusal::WrongState { state, wanted: state };
    let full = ClassRefusal::Full { capacity: 1 };
    let not = ClassRefusal::NotEnrolling { state };
    let over = ClassRefusal::Over { state };
    let others = [ClassRefusal::SecondPersonNeeded, ClassRefusal::Empty, ClassRefusal::SchoolClosed];
    for refusal in [wrong, full, not, over].into_iter().chain(others) {
        assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
    }
}
