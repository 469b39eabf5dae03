use super::*;
use crate::{
    problem::{are_named, has_texts},
    sittings::ExamRules,
};

const START: Timestamp = Timestamp(100 * DAY_MS);

/// A plan with which nothing is wrong.
fn sound() -> PlanFacts {
    PlanFacts {
        state: ExamSessionState::Draft,
        kind: ExamKind::Unified,
        now: START.plus_ms(-60 * DAY_MS),
        plan: RehearsedPlan { starts_at: START, duration_min: 60, rules: ExamRules::usual() },
        hard_stop_at: None,
        has_paper: true,
        is_practised: false,
        candidates: 30,
        most_extra_min: None,
        overlapping: 0,
        overlapping_running: 0,
        same_course: 0,
        same_time: 0,
        seats: Some(30),
        seating: None,
    }
}

fn faults(facts: &PlanFacts) -> Vec<(PlanFault, bool, u32)> {
    let found = check_plan(facts).findings;
    found.into_iter().map(|finding| (finding.fault, finding.is_stopping, finding.count)).collect()
}

fn after(minutes: i64) -> Timestamp {
    START.plus_s(minutes * 60 + 30)
}

#[test]
fn a_sound_plan_has_no_faults_and_goes_on() {
    assert_eq!(faults(&sound()), []);
    let check = check_plan(&sound());
    assert_eq!((may_go_on(&check), check.rehearsal.len()), (Ok(()), EXTRA_PCT.len()));
}

#[test]
fn what_nobody_does_in_rooms_is_told_until_a_plan_of_seats_holds() {
    let rules =
        ExamRules { asks_entry_code: true, needs_admission: true, needs_safe_browser: true, ..ExamRules::usual() };
    let asking = |state, seating| {
        let plan = RehearsedPlan { rules, ..sound().plan };
        faults(&PlanFacts { kind: ExamKind::Mock, state, seating, plan, ..sound() })
    };
    assert_eq!(asking(ExamSessionState::Draft, None), [], "seats are planned later");
    let undone = [PlanFault::CodeUnread, PlanFault::NobodyAdmits, PlanFault::NobodyWaives];
    assert_eq!(asking(ExamSessionState::Arranged, None), undone.map(|fault| (fault, false, 0)));
    assert_eq!(asking(ExamSessionState::Arranged, Some(SeatingFacts::default())), []);
    let silent = PlanFacts { kind: ExamKind::Mock, state: ExamSessionState::Arranged, ..sound() };
    assert_eq!(faults(&silent), []);
}

#[test]
fn rooms_stay_open_until_the_last_candidate_may_lawfully_end() {
    let stopping = |hard_stop_at, most_extra_min| {
        faults(&PlanFacts { hard_stop_at: Some(hard_stop_at), most_extra_min, ..sound() })
    };
    let fault = [(PlanFault::HardStop, true, 0)];
    // 60 minutes, half of that for who may be granted it, 30 given back, and the seconds for the network.
    assert_eq!(stopping(after(120).plus_ms(-1), None), fault);
    assert_eq!(stopping(after(120), None), []);
    // Once everybody has a sitting, what they really have decides.
    assert_eq!(stopping(after(90).plus_ms(-1), Some(0)), fault);
    assert_eq!(stopping(after(90), Some(0)), []);
    assert_eq!(stopping(after(90), Some(18)), fault);
    let facts = PlanFacts { hard_stop_at: Some(START), ..sound() };
    assert_eq!(check_plan(&facts).findings[0].right_at, Some(after(120)));
}

#[test]
fn what_is_missing_or_in_the_way_stops_it() {
    let base = sound();
    let check = |facts: PlanFacts, fault, count| {
        assert_eq!(faults(&facts), [(fault, true, count)]);
        assert_eq!(may_go_on(&check_plan(&facts)), Err(PlanRefusal { fault, count }));
    };
    check(PlanFacts { has_paper: false, ..base }, PlanFault::PaperMissing, 0);
    check(PlanFacts { is_practised: true, ..base }, PlanFault::PaperPractised, 0);
    check(PlanFacts { overlapping: 2, ..base }, PlanFault::Overlap, 2);
    check(PlanFacts { candidates: 33, ..base }, PlanFault::SeatsMissing, 3);
    let seating = |unseated, needs_unmet| Some(SeatingFacts { unseated, needs_unmet, crowded: 0 });
    check(PlanFacts { seating: seating(4, 0), ..base }, PlanFault::Unseated, 4);
    check(PlanFacts { seating: seating(0, 1), ..base }, PlanFault::NeedsUnmet, 1);
    let crowded = Some(SeatingFacts { crowded: 5, ..SeatingFacts::default() });
    check(PlanFacts { seating: crowded, ..base }, PlanFault::Crowded, 5);
}

#[test]
fn what_somebody_should_look_at_does_not_stop_it() {
    let base = sound();
    let check = |facts: PlanFacts, fault, count| {
        assert_eq!(faults(&facts), [(fault, false, count)]);
        assert_eq!(may_go_on(&check_plan(&facts)), Ok(()));
    };
    let soon = START.plus_ms(-45 * DAY_MS).plus_ms(1);
    check(PlanFacts { now: soon, ..base }, PlanFault::ShortNotice, 44);
    assert_eq!(faults(&PlanFacts { now: soon.plus_ms(-1), ..base }), []);
    assert_eq!(faults(&PlanFacts { now: soon, state: ExamSessionState::Registering, ..base }), [], "it was told");
    check(PlanFacts { seats: None, ..base }, PlanFault::NoRooms, 0);
    check(PlanFacts { state: ExamSessionState::Arranged, ..base }, PlanFault::NoSeatPlan, 0);
    check(PlanFacts { same_course: 1, ..base }, PlanFault::SameCourse, 1);
    check(PlanFacts { same_time: 2, ..base }, PlanFault::SameTime, 2);
    check(PlanFacts { overlapping_running: 3, ..base }, PlanFault::OverlapRunning, 3);
}

#[test]
fn for_practice_neither_seats_nor_notice_nor_overlaps_are_looked_at() {
    let soon = PlanFacts { now: START.plus_ms(-DAY_MS), kind: ExamKind::Mock, ..sound() };
    assert_eq!(faults(&PlanFacts { overlapping: 2, same_course: 1, candidates: 33, ..soon }), []);
    assert_eq!(faults(&PlanFacts { seats: None, state: ExamSessionState::Arranged, ..soon }), []);
    assert_eq!(faults(&PlanFacts { has_paper: false, ..soon }), [(PlanFault::PaperMissing, true, 0)]);
    assert_eq!(faults(&PlanFacts { is_practised: true, ..soon }), [(PlanFault::PaperPractised, true, 0)]);
}

#[test]
fn what_stops_it_is_told_first() {
    let facts = PlanFacts { now: START, same_course: 1, candidates: 31, ..sound() };
    let stopping: Vec<_> = check_plan(&facts).findings.iter().map(|finding| finding.is_stopping).collect();
    assert_eq!(stopping, [true, false, false]);
}

#[test]
fn a_test_that_begins_when_another_ends_does_not_overlap_it() {
    let test = |from, to| (Timestamp(from), Timestamp(to));
    assert!(!overlaps(test(0, 10), test(10, 20)) && !overlaps(test(10, 20), test(0, 10)));
    assert!(overlaps(test(0, 11), test(10, 20)) && overlaps(test(10, 20), test(0, 30)));
}

#[test]
fn every_fault_has_its_words() {
    for fault in PlanFault::ALL {
        let key = PlanRefusal { fault: *fault, count: 1 }.message_key();
        assert!(has_texts(&format!("{key}.detail")), "{fault}");
    }
    let keys: Vec<_> = PlanFault::ALL.iter().map(|fault| format!("fault_{fault}")).collect();
    let files =
        [include_str!("../../../locales/zh-CN/sittings.json"), include_str!("../../../locales/en/sittings.json")];
    assert!(are_named(files, &keys));
}
