use super::*;
use crate::{ids::ExamRoomId, organisation::OpenState};
use std::collections::HashMap;
use uuid::Uuid;

fn code(text: &str) -> DivisionCode {
    DivisionCode::parse(text).unwrap()
}

fn room(id: u128, capacity: u8) -> ExamRoomView {
    ExamRoomView {
        id: ExamRoomId(Uuid::from_u128(id)),
        exam_site_id: ExamSiteId(Uuid::nil()),
        number: 1,
        name: "A101".to_owned(),
        rows: 5,
        columns: 6,
        capacity,
        devices: None,
        accessible_seats: Vec::new(),
        has_extra_time: false,
        state: OpenState::Open,
        version: 1,
    }
}

fn site(id: u128, serves: &[&str], capacity: u8) -> SeatingSite {
    SeatingSite {
        id: ExamSiteId(Uuid::from_u128(id)),
        name: format!("S{id}"),
        address: "1".to_owned(),
        capacity: 120,
        serves: serves.iter().map(|text| code(text)).collect(),
        rooms: vec![room(id, capacity)],
    }
}

fn sitting(id: u128) -> SittingId {
    SittingId(Uuid::from_u128(id))
}

fn candidate(id: u128, division: &str) -> (Option<DivisionCode>, SeatingCandidate) {
    let candidate = SeatingCandidate {
        sitting_id: sitting(id),
        class_id: None,
        employer: None,
        needs_accessible: false,
        has_extra_time: false,
        has_elsewhere: false,
        form: None,
    };
    (DivisionCode::parse(division), candidate)
}

/// How many sit at each site.
fn held(outcome: &SeatPlanOutcome) -> Vec<usize> {
    outcome.sites.iter().map(|site| site.rooms.iter().map(|room| room.seats.len()).sum()).collect()
}

#[test]
fn everybody_sits_at_the_first_site_that_serves_their_place_and_has_a_seat() {
    let candidates: Vec<_> = (0..6).map(|id| candidate(id, "330502100")).chain([candidate(6, "330503")]).collect();
    let sites = [site(1, &["330502"], 4), site(2, &["3305"], 30)];
    assert_eq!(held(&plan_sites(&sites, &candidates, 1, 1)), [4, 3]);
    assert_eq!(held(&plan_sites(&sites[1..], &candidates, 1, 1)), [7], "the other one takes all when one fails");
}

#[test]
fn who_can_go_elsewhere_leaves_the_seat_to_who_cannot() {
    let near: Vec<_> = (0..4).map(|id| candidate(id, "330502")).collect();
    let far = (4..8).map(|id| candidate(id, "330503"));
    let candidates: Vec<_> = near.into_iter().chain(far).collect();
    let sites = [site(1, &["3305"], 4), site(2, &["330502"], 4)];
    for seed in 0..20 {
        let outcome = plan_sites(&sites, &candidates, 1, seed);
        assert_eq!((held(&outcome), outcome.unseated.len()), (vec![4, 4], 0), "seed {seed}");
    }
}

#[test]
fn a_site_takes_no_more_than_it_holds_however_many_seats_its_rooms_have() {
    let candidates: Vec<_> = (0..9).map(|id| candidate(id, "330502")).collect();
    let full = SeatingSite { capacity: 7, rooms: vec![room(1, 5), room(2, 5)], ..site(1, &["330502"], 5) };
    let outcome = plan_sites(&[full], &candidates, 1, 1);
    assert_eq!((held(&outcome), outcome.unseated.len()), (vec![7], 2));
}

#[test]
fn a_site_that_holds_fewer_than_its_rooms_still_uses_the_one_that_somebody_needs() {
    let (division, usual) = candidate(1, "330502");
    let with_extra_time = SeatingCandidate { has_extra_time: true, ..usual };
    let longer = ExamRoomView { has_extra_time: true, ..room(2, 5) };
    let small = SeatingSite { capacity: 5, rooms: vec![room(1, 5), longer], ..site(1, &["330502"], 5) };
    let outcome = plan_sites(&[small], &[(division, with_extra_time)], 1, 1);
    assert_eq!((held(&outcome), outcome.unseated.len()), (vec![1], 0));
}

#[test]
fn a_site_leaves_its_rooms_to_a_test_that_is_sat_at_the_same_time() {
    let two_rooms = SeatingSite { capacity: 40, rooms: vec![room(1, 30), room(2, 30)], ..site(1, &["330502"], 30) };
    let of_other: Vec<_> = (0..25).map(|id| candidate(id, "330502")).collect();
    let other = plan_sites(std::slice::from_ref(&two_rooms), &of_other, 1, 1);
    let mut left = two_rooms;
    left.leave_to(&other.sites[0]);
    let rooms: Vec<_> = left.rooms.iter().map(|room| room.id.0.as_u128()).collect();
    assert_eq!((left.capacity, rooms), (15, vec![2]));
}

#[test]
fn tests_that_follow_each_other_are_not_sat_at_once() {
    let check = |one: (i64, i64), other: (i64, i64), expected: bool| {
        let at = |(starts, ends)| (Timestamp(starts), Timestamp(ends));
        assert_eq!(are_at_once(at(one), at(other)), expected, "{one:?} {other:?}");
        assert_eq!(are_at_once(at(other), at(one)), expected, "{other:?} {one:?}");
    };
    check((10, 20), (20, 30), false);
    check((10, 20), (19, 30), true);
    check((10, 40), (20, 30), true);
    check((10, 20), (10, 20), true);
}

#[test]
fn who_is_served_nowhere_or_finds_the_sites_full_is_named() {
    let candidates = [candidate(1, "330502"), candidate(2, "330502"), candidate(3, "330602"), candidate(4, "")];
    let outcome = plan_sites(&[site(1, &["330502"], 1)], &candidates, 1, 1);
    let reasons: Vec<_> = outcome.unseated.iter().map(|unseated| unseated.because).collect();
    assert_eq!(reasons, [UnseatedReason::NoSeatLeft, UnseatedReason::NoSite, UnseatedReason::NoSite]);
    assert_eq!(held(&outcome), [1]);
}

#[test]
fn seats_are_planned_from_when_candidates_are_known_until_the_test_begins() {
    let at = |state, now| may_plan_seats(state, Timestamp(1_000), Timestamp(now));
    assert_eq!((at(ExamSessionState::Arranged, 9_000), at(ExamSessionState::Armed, 999)), (Ok(()), Ok(())));
    assert_eq!(at(ExamSessionState::Armed, 1_000), Err(SeatPlanRefusal::HasBegun));
    assert_eq!(at(ExamSessionState::Cancelled, 0), Err(ExamSessionRefusal::Cancelled.into()));
    let others = [
        ExamSessionState::Draft,
        ExamSessionState::Registering,
        ExamSessionState::Marking,
        ExamSessionState::Published,
    ];
    for state in others {
        assert!(matches!(at(state, 0), Err(SeatPlanRefusal::State(_))), "{state}");
    }
}

#[test]
fn a_plan_holds_for_the_candidates_and_rooms_that_it_was_made_for() {
    let candidates = [candidate(1, "330502"), candidate(2, "330502")];
    let outcome = plan_sites(&[site(1, &["330502"], 30)], &candidates, 1, 1);
    let both = BTreeSet::from([sitting(1), sitting(2)]);
    let as_it_was = site(1, &["330502"], 30);
    let with_room = |room: ExamRoomView| [SeatingSite { rooms: vec![room], ..as_it_was.clone() }];
    let changed_back = ExamRoomView { version: 3, ..room(1, 30) };
    assert_eq!(may_hold(&outcome, &both, &with_room(changed_back)), Ok(()));
    let is_outdated = |sittings: &BTreeSet<SittingId>, sites: &[SeatingSite]| {
        assert_eq!(may_hold(&outcome, sittings, sites), Err(SeatPlanRefusal::Outdated), "{sites:?}");
    };
    let devices = |devices: u8| with_room(ExamRoomView { devices: Some(devices), ..room(1, 30) });
    assert_eq!(may_hold(&outcome, &both, &devices(2)), Ok(()), "everybody has one");
    is_outdated(&both, &devices(1));
    is_outdated(&BTreeSet::from([sitting(1)]), &with_room(room(1, 30)));
    is_outdated(&BTreeSet::from([sitting(1), sitting(2), sitting(3)]), &with_room(room(1, 30)));
    is_outdated(&both, &with_room(room(1, 29)));
    is_outdated(&both, &with_room(room(9, 30)));
    is_outdated(&both, &with_room(ExamRoomView { name: "B202".to_owned(), ..room(1, 30) }));
    is_outdated(&both, &with_room(ExamRoomView { number: 2, ..room(1, 30) }));
    is_outdated(&both, &[SeatingSite { name: "S9".to_owned(), ..as_it_was.clone() }]);
    is_outdated(&both, &[SeatingSite { address: "2".to_owned(), ..as_it_was.clone() }]);
    is_outdated(&both, &[SeatingSite { capacity: 1, ..as_it_was.clone() }]);
    is_outdated(&both, &[]);
    let with_an_empty_one = plan_sites(&[as_it_was.clone(), site(2, &["330503"], 30)], &candidates, 1, 1);
    assert_eq!(may_hold(&with_an_empty_one, &both, &[as_it_was]), Ok(()), "nobody sits at the other one");
    let one_short = plan_sites(&[site(1, &["330502"], 1)], &candidates, 1, 1);
    assert_eq!(may_hold(&one_short, &both, &[]), Err(SeatPlanRefusal::Unseated { unseated: 1 }));
}

#[test]
fn every_refusal_has_its_words() {
    let refusals = [
        SeatPlanRefusal::HasBegun,
        SeatPlanRefusal::Unseated { unseated: 2 },
        SeatPlanRefusal::DoesNotHold,
        SeatPlanRefusal::Outdated,
    ];
    for refusal in refusals {
        assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
    }
}

#[test]
fn a_plan_tells_whether_not_all_sit_the_same_form() {
    let candidates: Vec<_> = (0..4).map(|id| candidate(id, "330502")).collect();
    for (forms, expected) in [(1, false), (2, true)] {
        assert_eq!(plan_sites(&[site(1, &["330502"], 4)], &candidates, forms, 1).has_forms(), expected, "{forms}");
    }
}

#[test]
fn forms_that_candidates_have_already_go_with_them_and_are_held_against_each_other() {
    let candidates: Vec<_> = (0..4).map(|id| candidate(id, "330502")).collect();
    let drawn = plan_sites(&[site(1, &["330502"], 4)], &candidates, 2, 1);
    assert_eq!(drawn.same_form(), 0, "forms lie like the squares of a chessboard");
    let held = |form: fn(u128) -> u8| -> HashMap<SittingId, u8> { (0..4).map(|id| (sitting(id), form(id))).collect() };
    let all_b = drawn.clone().with_forms(&held(|_| 1));
    assert!(all_b.sites[0].rooms[0].seats.iter().all(|seat| seat.form == 1));
    assert_eq!(all_b.same_form(), 3, "four behind each other");
    assert_eq!(drawn.clone().with_forms(&held(|_| 0)).same_form(), 0, "there is one form alone");
    assert_eq!(drawn.clone().with_forms(&HashMap::new()), drawn);
}

#[test]
fn nobody_sits_where_no_device_is_left_for_them() {
    let candidates: Vec<_> = (0..6).map(|id| candidate(id, "330502")).collect();
    let with_devices = |devices: u8| {
        let rooms = vec![ExamRoomView { devices: Some(devices), ..room(1, 30) }, room(2, 2)];
        SeatingSite { rooms, ..site(1, &["330502"], 30) }
    };
    for (devices, expected) in [(6, 6), (3, 5), (0, 2)] {
        let outcome = plan_sites(&[with_devices(devices)], &candidates, 1, 1);
        assert_eq!((held(&outcome), outcome.unseated.len()), (vec![expected], 6 - expected), "{devices} devices");
    }
}
