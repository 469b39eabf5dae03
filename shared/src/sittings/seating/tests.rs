use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn room(id: u128, rows: u8, columns: u8, capacity: u8) -> SeatingRoom {
    let id = ExamRoomId(Uuid::from_u128(id));
    SeatingRoom { id, rows, columns, capacity, accessible_seats: Vec::new(), has_extra_time: false }
}

fn candidate(id: usize, class: Option<usize>) -> SeatingCandidate {
    SeatingCandidate {
        sitting_id: SittingId(Uuid::from_u128(id as u128)),
        class_id: class.map(|class| ClassId(Uuid::from_u128(class as u128))),
        employer: None,
        needs_accessible: false,
        has_extra_time: false,
        has_elsewhere: false,
        form: None,
    }
}

fn of_classes(candidates: usize, classes: usize) -> Vec<SeatingCandidate> {
    (0..candidates).map(|id| candidate(id, Some(id % classes))).collect()
}

/// The plan of a site that holds all that its rooms hold.
fn drawn(rooms: &[SeatingRoom], candidates: &[SeatingCandidate], forms: u8, seed: u64) -> SeatPlan {
    plan_seats((rooms, u32::MAX), candidates, forms, seed)
}

/// How many sit in each room that is used.
fn held(plan: &SeatPlan) -> BTreeMap<u128, usize> {
    let mut held = BTreeMap::new();
    for seat in &plan.seats {
        *held.entry(seat.room_id.0.as_u128()).or_default() += 1;
    }
    held
}

/// All pairs of neighbours, by what the plan tells and the grid alone.
fn neighbours<'a>(rooms: &[SeatingRoom], plan: &'a SeatPlan) -> Vec<(&'a PlannedSeat, &'a PlannedSeat)> {
    let rows: BTreeMap<_, _> = rooms.iter().map(|room| (room.id, room.rows)).collect();
    let at = |seat: &PlannedSeat| seat_position(rows[&seat.room_id], seat.seat);
    let mut pairs = Vec::new();
    for (nth, one) in plan.seats.iter().enumerate() {
        for other in &plan.seats[nth + 1..] {
            let ((row, column), (other_row, other_column)) = (at(one), at(other));
            let is_beside = row.abs_diff(other_row) + column.abs_diff(other_column) == 1;
            if is_beside && one.room_id == other.room_id {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

#[test]
fn a_plan_stays_the_same_for_ever() {
    let rooms = [
        SeatingRoom { accessible_seats: vec![1], ..room(1, 3, 4, 12) },
        SeatingRoom { has_extra_time: true, ..room(2, 2, 3, 6) },
    ];
    let candidates: Vec<_> = (0..15)
        .map(|id| SeatingCandidate {
            employer: Some(["A", "B", "C", "D"][id % 4].to_owned()),
            needs_accessible: id == 5,
            has_extra_time: id == 7,
            ..candidate(id, Some(id % 3))
        })
        .collect();
    let plan = drawn(&rooms, &candidates, 2, 42);
    let seat = |seat: &PlannedSeat| (seat.sitting_id.0.as_u128(), seat.room_id.0.as_u128(), seat.seat, seat.form);
    let seats: Vec<_> = plan.seats.iter().map(seat).collect();
    let expected = [
        (5, 1, 1, 1),
        (10, 1, 2, 0),
        (3, 1, 3, 1),
        (2, 1, 4, 0),
        (9, 1, 5, 1),
        (4, 1, 6, 0),
        (6, 1, 7, 1),
        (11, 1, 8, 0),
        (12, 1, 9, 1),
        (14, 1, 10, 0),
        (1, 1, 11, 1),
        (8, 1, 12, 0),
        (13, 2, 1, 0),
        (0, 2, 2, 1),
        (7, 2, 3, 0),
    ];
    assert_eq!(seats, expected);
    assert_eq!((plan.unseated.len(), plan.same_class, plan.same_employer), (0, 0, 0));
}

#[test]
fn numbers_run_down_one_column_and_up_the_next() {
    let positions: Vec<_> = (1..=6).map(|number| seat_position(3, number)).collect();
    assert_eq!(positions, [(0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (0, 1)]);
}

#[test]
fn a_class_that_fills_a_room_sits_side_by_side_and_is_counted() {
    let plan = drawn(&[room(1, 5, 6, 30)], &of_classes(30, 1), 1, 7);
    assert_eq!(plan.same_class, 4 * 6 + 5 * 5);
    let halves = drawn(&[room(1, 5, 6, 30)], &of_classes(30, 2), 1, 7);
    assert_eq!(halves.same_class, 0, "two classes sit like the squares of a chessboard");
}

#[test]
fn a_class_is_spread_over_a_room_that_is_not_full() {
    let numbers = |plan: &SeatPlan| plan.seats.iter().map(|seat| seat.seat).collect::<Vec<_>>();
    let of_one = drawn(&[room(1, 5, 6, 30)], &of_classes(10, 1), 1, 7);
    assert_eq!((of_one.seats.len(), of_one.same_class), (10, 0));
    let of_ten = drawn(&[room(1, 5, 6, 30)], &of_classes(10, 10), 1, 7);
    assert_eq!(numbers(&of_ten), (1..=10).collect::<Vec<_>>(), "who need not be parted sits by number");
    let tight = drawn(&[room(1, 2, 3, 6)], &of_classes(4, 1), 1, 7);
    assert!(tight.same_class < 4, "{}", tight.same_class);
}

#[test]
fn who_cannot_be_parted_is_not_looked_after_for_ever() {
    let (rooms, candidates) = ([room(1, 3, 4, 12)], of_classes(12, 1));
    let mut floor = Floor::new((&rooms, 12), candidates.iter().collect());
    floor.seat_others((0..12).collect());
    let mut tries = 20;
    floor.exchange(&mut rng_for(1, Purpose::Exchanges), &mut tries);
    assert_eq!(tries, 0);
}

#[test]
fn a_site_takes_no_more_than_it_holds() {
    let mut candidates = of_classes(8, 2);
    candidates[7].has_extra_time = true;
    let rooms = [room(1, 2, 3, 6), SeatingRoom { has_extra_time: true, ..room(2, 2, 3, 6) }];
    let held_by = |capacity| held(&plan_seats((&rooms, capacity), &candidates, 1, 4));
    assert_eq!(held_by(7), BTreeMap::from([(1, 1), (2, 6)]));
    assert_eq!(held_by(1), BTreeMap::from([(2, 1)]), "who needs it comes first");
    let none = plan_seats((&rooms, 0), &candidates, 1, 4);
    let because: BTreeSet<_> = none.unseated.iter().map(|unseated| unseated.because.as_str()).collect();
    assert_eq!((none.unseated.len(), because), (8, BTreeSet::from(["no_seat_left"])));
}

#[test]
fn colleagues_of_different_classes_are_parted_too() {
    let mut candidates = of_classes(12, 6);
    for candidate in &mut candidates[..4] {
        candidate.employer = Some("E".to_owned());
    }
    let plan = drawn(&[room(1, 3, 4, 12)], &candidates, 1, 3);
    assert_eq!((plan.same_class, plan.same_employer), (0, 0));
}

#[test]
fn a_small_last_room_is_merged_into_one_that_takes_both() {
    let rooms = [room(1, 3, 4, 12), room(2, 3, 4, 12), room(3, 5, 6, 30), room(4, 4, 5, 20)];
    let held_by = |rooms: &[SeatingRoom], candidates| held(&drawn(rooms, &of_classes(candidates, 3), 2, 1));
    assert_eq!(held_by(&rooms, 15), BTreeMap::from([(4, 15)]), "the smallest that takes both");
    assert_eq!(held_by(&rooms, 22), BTreeMap::from([(1, 12), (2, 10)]), "ten are a room");
    assert_eq!(held_by(&rooms[..2], 15), BTreeMap::from([(1, 12), (2, 3)]), "no room takes both");
}

#[test]
fn rooms_that_are_needed_anyway_are_filled_first() {
    let mut candidates = of_classes(15, 3);
    candidates[0].has_extra_time = true;
    let rooms = [room(1, 4, 5, 20), SeatingRoom { has_extra_time: true, ..room(2, 4, 5, 20) }];
    assert_eq!(held(&drawn(&rooms, &candidates, 1, 5)), BTreeMap::from([(2, 15)]));
}

#[test]
fn who_finds_no_seat_is_named_with_the_reason() {
    use UnseatedReason::{NoAccessibleSeat, NoExtraTimeRoom, NoSeatLeft};
    let mut candidates = of_classes(4, 2);
    candidates[0].needs_accessible = true;
    (candidates[1].needs_accessible, candidates[1].has_extra_time) = (true, true);
    candidates[2].has_extra_time = true;
    let reasons = |rooms: &[SeatingRoom]| -> Vec<_> {
        let unseated = drawn(rooms, &candidates, 1, 5).unseated;
        unseated.into_iter().map(|unseated| (unseated.sitting_id.0.as_u128(), unseated.because)).collect()
    };
    let accessible = SeatingRoom { accessible_seats: vec![1, 2], ..room(1, 2, 2, 4) };
    assert_eq!(reasons(std::slice::from_ref(&accessible)), [(1, NoExtraTimeRoom), (2, NoExtraTimeRoom)]);
    let all_are_taken = [(0, NoAccessibleSeat), (1, NoAccessibleSeat), (2, NoExtraTimeRoom)];
    assert_eq!(reasons(&[room(1, 2, 2, 4)]), all_are_taken);
    let of_both = SeatingRoom { has_extra_time: true, capacity: 3, ..accessible };
    assert_eq!(reasons(&[of_both]), [(3, NoSeatLeft)]);
    assert_eq!(reasons(&[]).len(), 4);
}

fn rooms() -> impl Strategy<Value = Vec<SeatingRoom>> {
    let one = (1..6u8, 1..6u8, 0..30u8, proptest::collection::vec(1..20u8, 0..3), any::<bool>());
    let rooms = proptest::collection::vec(one, 0..4);
    rooms.prop_map(|rooms| {
        let numbered = rooms.into_iter().zip(1..);
        let room = |((rows, columns, capacity, accessible_seats, has_extra_time), id)| SeatingRoom {
            accessible_seats,
            has_extra_time,
            ..room(id, rows, columns, capacity)
        };
        numbered.map(room).collect()
    })
}

fn candidates() -> impl Strategy<Value = Vec<SeatingCandidate>> {
    let needs = || proptest::bool::weighted(0.1);
    let one = (proptest::option::of(0..5usize), proptest::option::of(0..5u8), needs(), needs());
    let candidates = proptest::collection::vec(one, 0..50);
    candidates.prop_map(|candidates| {
        let numbered = candidates.into_iter().enumerate();
        let one = |(id, (class, employer, needs_accessible, has_extra_time)): (usize, (_, Option<u8>, _, _))| {
            let employer = employer.map(|employer| employer.to_string());
            SeatingCandidate { employer, needs_accessible, has_extra_time, ..candidate(id, class) }
        };
        numbered.map(one).collect()
    })
}

proptest! {
    #[test]
    fn everybody_sits_once_where_they_can_or_is_named(
        rooms in rooms(), candidates in candidates(), forms in 0..4u8, seed: u64,
    ) {
        let plan = drawn(&rooms, &candidates, forms, seed);
        let seated = plan.seats.iter().map(|seat| seat.sitting_id);
        let mut all: Vec<_> = seated.chain(plan.unseated.iter().map(|unseated| unseated.sitting_id)).collect();
        all.sort_unstable();
        prop_assert_eq!(all, candidates.iter().map(|candidate| candidate.sitting_id).collect::<Vec<_>>());

        let seats: BTreeSet<_> = plan.seats.iter().map(|seat| (seat.room_id, seat.seat)).collect();
        prop_assert_eq!(seats.len(), plan.seats.len(), "no seat is given twice");
        let held = held(&plan);
        for room in &rooms {
            let held = held.get(&room.id.0.as_u128()).copied().unwrap_or_default();
            prop_assert!(held <= usize::from(room.capacity));
        }
        for seat in &plan.seats {
            let room = rooms.iter().find(|room| room.id == seat.room_id).unwrap();
            let candidate = candidates.iter().find(|candidate| candidate.sitting_id == seat.sitting_id).unwrap();
            prop_assert!((1..=room.rows * room.columns).contains(&seat.seat));
            prop_assert!(!candidate.needs_accessible || room.accessible_seats.contains(&seat.seat));
            prop_assert!(!candidate.has_extra_time || room.has_extra_time);
        }
        let is_full = |room: &SeatingRoom| {
            let held = held.get(&room.id.0.as_u128()).copied().unwrap_or_default();
            held == usize::from(room.capacity.min(room.rows * room.columns))
        };
        let are_without = plan.unseated.iter().any(|unseated| unseated.because == UnseatedReason::NoSeatLeft);
        prop_assert!(!are_without || rooms.iter().all(is_full), "nobody stays outside while a seat is free");
    }

    #[test]
    fn neighbours_never_have_the_same_form(
        rooms in rooms(), candidates in candidates(), forms in 2..5u8, seed: u64,
    ) {
        let plan = drawn(&rooms, &candidates, forms, seed);
        prop_assert!(plan.seats.iter().all(|seat| seat.form < forms));
        for (one, other) in neighbours(&rooms, &plan) {
            prop_assert_ne!(one.form, other.form, "{:?} {:?}", one, other);
        }
    }

    #[test]
    fn who_has_a_form_keeps_it(rooms in rooms(), candidates in candidates(), seed: u64) {
        let of = |id: SittingId| u8::try_from(id.0.as_u128() % 3).unwrap();
        let given = candidates.into_iter().map(|one| SeatingCandidate { form: Some(of(one.sitting_id)), ..one });
        let plan = drawn(&rooms, &given.collect::<Vec<_>>(), 3, seed);
        prop_assert!(plan.seats.iter().all(|seat| seat.form == of(seat.sitting_id)));
    }

    #[test]
    fn who_has_the_same_form_is_parted(seed: u64) {
        let given = (0..4).map(|id| SeatingCandidate { form: Some(u8::from(id < 2)), ..candidate(id, None) });
        let rooms = [room(1, 2, 2, 4)];
        let plan = drawn(&rooms, &given.collect::<Vec<_>>(), 2, seed);
        for (one, other) in neighbours(&rooms, &plan) {
            prop_assert_ne!(one.form, other.form, "{:?} {:?}", one, other);
        }
    }

    #[test]
    fn pairs_that_are_left_are_counted(rooms in rooms(), candidates in candidates(), seed: u64) {
        let plan = drawn(&rooms, &candidates, 1, seed);
        let by_id: BTreeMap<_, _> = candidates.iter().map(|one| (one.sitting_id, one)).collect();
        let count = |is_alike: fn(&SeatingCandidate, &SeatingCandidate) -> bool| {
            let pairs = neighbours(&rooms, &plan).into_iter();
            pairs.filter(|(one, other)| is_alike(by_id[&one.sitting_id], by_id[&other.sitting_id])).count()
        };
        let of_class = count(|one, other| one.class_id.is_some() && one.class_id == other.class_id);
        let of_employer = count(|one, other| one.employer.is_some() && one.employer == other.employer);
        prop_assert_eq!((plan.same_class as usize, plan.same_employer as usize), (of_class, of_employer));
    }

    #[test]
    fn the_order_in_which_candidates_come_tells_nothing(
        rooms in rooms(), candidates in candidates(), forms in 1..3u8, seed: u64,
    ) {
        let reversed: Vec<_> = candidates.iter().rev().cloned().collect();
        let plan = drawn(&rooms, &candidates, forms, seed);
        prop_assert_eq!(plan, drawn(&rooms, &reversed, forms, seed));
    }

    #[test]
    fn classes_of_a_third_are_parted(
        rows in 1..7u8, columns in 1..7u8, classes in 3..7usize, left_out in 0..10usize, seed: u64,
    ) {
        let candidates = usize::from(rows * columns).saturating_sub(left_out);
        let plan = drawn(&[room(1, rows, columns, 99)], &of_classes(candidates, classes), 1, seed);
        prop_assert_eq!((plan.seats.len(), plan.same_class), (candidates, 0));
    }
}
