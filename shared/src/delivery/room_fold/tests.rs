use super::*;
use crate::{ids::AccountId, time::Timestamp};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

fn sitting(number: u8) -> SittingId {
    SittingId(Uuid::from_u128(u128::from(number)))
}

fn room(number: u8) -> ExamRoomId {
    ExamRoomId(Uuid::from_u128(u128::from(number)))
}

/// An act by one of three persons, of one of four candidates or of all.
fn entry(number: i64, (kind, whose, person): (usize, u8, u8)) -> RoomLogEntry {
    let act = SeatAct {
        kind: RoomActKind::ALL[kind % RoomActKind::ALL.len()],
        epoch: Some(u32::from(whose)),
        is_identity_right: Some(person == 0),
        acted_by: AccountId(Uuid::from_u128(u128::from(person))),
        acted_at: Timestamp(number),
    };
    let sitting_id = (whose > 0).then(|| sitting(whose));
    RoomLogEntry { number, sitting_id, act, text: Some(number.to_string()) }
}

fn seat(number: u8, (state, is_admitted, is_opened, unsent): (usize, bool, bool, u32)) -> RoomSeat {
    RoomSeat {
        seat: number,
        moved_from: None,
        sitting_id: sitting(number),
        ticket_number: String::new(),
        candidate_name: String::new(),
        state: RoomSeatState::ALL[state % RoomSeatState::ALL.len()],
        admitted_at: is_admitted.then_some(Timestamp(1)),
        is_identity_right: None,
        opened_at: is_opened.then_some(Timestamp(2)),
        closed_at: None,
        deadline: Timestamp(9),
        paused_at: None,
        returned_s: 0,
        epoch: 1,
        has_unheard: false,
        may_take_over: false,
        last_seen_at: None,
        unsent,
        focus_losses: 0,
        focus_lost_s: 0,
        left_often: false,
        submit_proposed_by: None,
        needs_safe_browser: false,
        is_too_late: false,
        late_proposed_by: None,
        late_answers: 0,
    }
}

#[test]
fn the_last_news_of_a_candidate_is_their_own_or_everybodys() {
    let mut log = RoomLog::default();
    log.add(entry(1, (0, 1, 0)));
    log.add(entry(2, (0, 0, 0)));
    log.add(entry(3, (0, 2, 0)));
    assert_eq!([1, 2, 3].map(|number| log.last_news(sitting(number))), [2, 3, 2]);
}

#[test]
fn who_is_looked_at_twice_is_let_in_once() {
    let mut tally = AdmittedTally::default();
    assert!(tally.take(0, &[(1, room(1), sitting(1)), (4, room(1), sitting(1)), (5, room(2), sitting(2))]));
    assert_eq!((tally.last(), tally.rooms().get(&room(1)), tally.rooms().get(&room(2))), (5, Some(&1), Some(&1)));
    assert!(!AdmittedTally::default().take(4, &[(5, room(1), sitting(1))]), "what lies before is missing");
}

fn seats() -> impl Strategy<Value = Vec<RoomSeat>> {
    let facts = (0..RoomSeatState::ALL.len(), any::<bool>(), any::<bool>(), any::<u32>());
    vec(proptest::option::weighted(0.8, facts), 0..8).prop_map(|found| {
        let numbered = (1..).zip(found);
        numbered.filter_map(|(number, facts)| Some(seat(number, facts?))).collect()
    })
}

proptest! {
    /// However the acts of a room are read, in whatever portions, some of them again: it comes to what all at once do.
    #[test]
    fn a_room_comes_to_the_same_in_portions(
        acts in vec((0..RoomActKind::ALL.len(), 0..5u8, 0..3u8), 0..40),
        again in vec(0..40usize, 0..10),
    ) {
        let entries: Vec<RoomLogEntry> = (1..).zip(acts).map(|(number, act)| entry(number, act)).collect();
        let mut folded = RoomLog::default();
        for (nth, one) in entries.iter().enumerate() {
            folded.add(one.clone());
            for earlier in again.iter().filter(|earlier| **earlier <= nth) {
                folded.add(entries[*earlier].clone());
            }
        }
        for number in 1..5u8 {
            let own = entries.iter().filter(|one| one.sitting_id == Some(sitting(number))).map(|one| one.act);
            prop_assert_eq!(folded.seat(sitting(number)), SeatLog::of(own));
            let concerning = |one: &&RoomLogEntry| one.sitting_id.is_none_or(|id| id == sitting(number));
            let last = entries.iter().filter(concerning).map(|one| one.number).max();
            prop_assert_eq!(folded.last_news(sitting(number)), last.unwrap_or_default());
        }
        let said = entries.iter().rev().filter(|one| one.act.kind == RoomActKind::Announce);
        let said: Vec<i64> = said.map(|one| one.number).collect();
        let told: Vec<i64> = folded.announcements().iter().map(|said| said.announced_at.0).collect();
        prop_assert_eq!(told, said);
    }

    /// Whatever becomes of the seats of a room, the counts that follow are those that counting anew gives.
    #[test]
    fn counts_follow_the_seats(turns in vec(seats(), 1..8)) {
        let (mut before, mut counts) = (Vec::<RoomSeat>::new(), RoomCounts::default());
        for after in turns {
            counts = counts.after(&before, &after);
            prop_assert_eq!(counts, RoomCounts::of(&after));
            before = after;
        }
    }

    /// Two who read at once, one of them from further back, come to what one does.
    #[test]
    fn admissions_are_counted_once(admitted in vec((0..3u8, 0..6u8), 0..30), cuts in vec((0..30usize, 0..30usize), 0..8)) {
        let all: Vec<(i64, ExamRoomId, SittingId)> =
            (1..).zip(admitted).map(|(number, (of, who))| (number, room(of), sitting(who))).collect();
        let mut tally = AdmittedTally::default();
        for (from, to) in cuts {
            let (from, to) = (from.min(all.len()), to.min(all.len()));
            if from <= to {
                tally.take(i64::try_from(from).unwrap(), &all[from..to]);
            }
        }
        let from = tally.last();
        prop_assert!(tally.take(from, &all[usize::try_from(from).unwrap()..]));
        let mut whole = AdmittedTally::default();
        prop_assert!(whole.take(0, &all));
        prop_assert_eq!(tally, whole);
    }
}
