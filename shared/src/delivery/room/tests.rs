use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const STARTS_AT: Timestamp = Timestamp(10_000_000);
const ONE: AccountId = AccountId(Uuid::from_u128(1));
const OTHER: AccountId = AccountId(Uuid::from_u128(2));

/// Somebody who is at work.
const AT_WORK: RoomSeatFacts = RoomSeatFacts {
    is_armed: true,
    starts_at: STARTS_AT,
    admits_until: Some(Timestamp(STARTS_AT.0 + 900_000)),
    coming: Coming { admitted_at: None, is_admitted_late: false },
    late_proposed_by: None,
    is_opened: true,
    is_closed: false,
    paused_at: None,
    returned_s: 0,
    submit_proposed_by: None,
    has_paper: false,
    needs_safe_browser: false,
};

fn judge(kind: RoomActKind, seat: RoomSeatFacts, after_s: i64) -> Result<(), RoomRefusal> {
    judge_room_act(kind, &seat, (ONE, STARTS_AT.plus_s(after_s)), 5)
}

#[test]
fn candidates_are_let_in_from_an_hour_before_the_start_until_the_test_lets_nobody_in() {
    let outside = RoomSeatFacts { is_opened: false, ..AT_WORK };
    let admit = |after_s| judge(RoomActKind::Admit, outside, after_s);
    assert_eq!(admit(-3_601), Err(RoomRefusal::TooEarly { from: STARTS_AT.plus_s(-3_600) }));
    assert_eq!((admit(-3_600), admit(900)), (Ok(()), Ok(())));
    assert_eq!(admit(901), Err(RoomRefusal::TooLate { until: STARTS_AT.plus_s(900) }));
    assert_eq!(judge(RoomActKind::Admit, AT_WORK, 2_000), Ok(()), "who sits there is looked at again");
    let coming = Coming { admitted_at: Some(STARTS_AT), is_admitted_late: false };
    let present = RoomSeatFacts { coming, ..outside };
    assert_eq!(judge(RoomActKind::Admit, present, 2_000), Ok(()), "so is who came in time");
    let lenient = RoomSeatFacts { admits_until: None, ..outside };
    assert_eq!(judge(RoomActKind::Admit, lenient, 2_000), Ok(()), "as long as the test runs");
}

#[test]
fn nothing_is_done_before_the_start_or_to_a_sitting_that_is_over() {
    let over = RoomSeatFacts { is_closed: true, ..AT_WORK };
    for kind in RoomActKind::ALL {
        match kind {
            RoomActKind::Announce => assert_eq!(judge(*kind, over, 9), Ok(())),
            RoomActKind::ReadOutKey => {
                assert_eq!(judge(*kind, AT_WORK, 9), Err(RoomRefusal::KeyKept), "it is no act of a seat")
            }
            RoomActKind::CollectPaper => assert_eq!(judge(*kind, over, 9), Err(RoomRefusal::HasNoPaper)),
            RoomActKind::ChangeSeat => {
                assert_eq!(judge(*kind, over, 9), Err(RoomRefusal::SittingOver));
                assert_eq!(judge(*kind, AT_WORK, -1), Ok(()), "also before the start");
            }
            RoomActKind::Admit | RoomActKind::WaiveSafeBrowser => {
                assert_eq!(judge(*kind, over, 9), Err(RoomRefusal::SittingOver));
            }
            _ => {
                assert_eq!(judge(*kind, over, 9), Err(RoomRefusal::SittingOver), "{kind}");
                assert_eq!(judge(*kind, AT_WORK, -1), Err(RoomRefusal::NotRunning), "{kind}");
                let unarmed = RoomSeatFacts { is_armed: false, ..AT_WORK };
                assert_eq!(judge(*kind, unarmed, 9), Err(RoomRefusal::NotRunning), "{kind}");
            }
        }
    }
}

#[test]
fn a_paused_sitting_is_not_paused_again_and_what_runs_is_not_resumed() {
    let paused = RoomSeatFacts { paused_at: Some(STARTS_AT), ..AT_WORK };
    assert_eq!(judge(RoomActKind::Pause, AT_WORK, 9), Ok(()));
    assert_eq!(judge(RoomActKind::Pause, paused, 9), Err(RoomRefusal::IsPaused));
    assert_eq!(judge(RoomActKind::Resume, paused, 9), Ok(()));
    assert_eq!(judge(RoomActKind::Resume, AT_WORK, 9), Err(RoomRefusal::NotPaused));
}

#[test]
fn a_sitting_is_ended_by_a_second_person_alone() {
    let proposed = |by| RoomSeatFacts { submit_proposed_by: by, ..AT_WORK };
    assert_eq!(judge(RoomActKind::ForceSubmit, proposed(None), 9), Err(RoomRefusal::NotProposed));
    assert_eq!(judge(RoomActKind::ForceSubmit, proposed(Some(ONE)), 9), Err(RoomRefusal::SecondPersonNeeded));
    assert_eq!(judge(RoomActKind::ForceSubmit, proposed(Some(OTHER)), 9), Ok(()));
}

#[test]
fn a_paper_is_handed_out_once_and_taken_in_once() {
    let on_paper = RoomSeatFacts { has_paper: true, ..AT_WORK };
    assert_eq!(judge(RoomActKind::HandOutPaper, AT_WORK, 9), Ok(()));
    assert_eq!(judge(RoomActKind::HandOutPaper, on_paper, 9), Err(RoomRefusal::HasPaper));
    assert_eq!(judge(RoomActKind::CollectPaper, RoomSeatFacts { is_closed: true, ..on_paper }, 9_999), Ok(()));
    assert_eq!(
        judge(RoomActKind::ConsentTakeOver, RoomSeatFacts { is_opened: false, ..AT_WORK }, 9),
        Err(RoomRefusal::NotOpened)
    );
}

#[test]
fn the_safe_browser_is_waived_where_it_is_needed_and_before_the_start_too() {
    let locked = RoomSeatFacts { is_armed: false, is_opened: false, needs_safe_browser: true, ..AT_WORK };
    assert_eq!(judge(RoomActKind::WaiveSafeBrowser, locked, -60), Ok(()));
    assert_eq!(judge(RoomActKind::WaiveSafeBrowser, AT_WORK, 9), Err(RoomRefusal::NeedsNoSafeBrowser));
}

#[test]
fn who_is_late_begins_all_the_same_when_two_persons_find_it_right() {
    let outside = RoomSeatFacts { is_opened: false, ..AT_WORK };
    let proposed = |by| RoomSeatFacts { late_proposed_by: by, ..outside };
    let admit_late = |seat, after_s| judge(RoomActKind::AdmitLate, seat, after_s);
    assert_eq!(admit_late(outside, 900), Err(RoomRefusal::NotTooLate));
    assert_eq!(admit_late(AT_WORK, 901), Err(RoomRefusal::NotTooLate), "who sits there is not late");
    assert_eq!((admit_late(outside, 901), admit_late(proposed(Some(OTHER)), 901)), (Ok(()), Ok(())));
    assert_eq!(admit_late(proposed(Some(ONE)), 901), Err(RoomRefusal::SecondPersonNeeded));
    let coming = Coming { admitted_at: None, is_admitted_late: true };
    let let_in = RoomSeatFacts { coming, ..proposed(Some(OTHER)) };
    assert_eq!(admit_late(let_in, 901), Err(RoomRefusal::NotTooLate));
    assert_eq!(judge(RoomActKind::Admit, let_in, 901), Ok(()), "their document is looked at all the same");
}

#[test]
fn half_an_hour_is_given_back_in_all() {
    let after = |returned_s| judge(RoomActKind::ReturnTime, RoomSeatFacts { returned_s, ..AT_WORK }, 9);
    assert_eq!(after(25 * 60), Ok(()));
    assert_eq!(after(25 * 60 + 1), Err(RoomRefusal::TooMuchTime { left_s: 299 }));
}

#[test]
fn a_seat_shows_the_most_telling_of_what_is_true() {
    let now = STARTS_AT.plus_s(60);
    let nobody = SeatGlance {
        is_admitted: false,
        is_opened: false,
        closed_by_candidate: None,
        is_paused: false,
        has_paper: false,
        last_seen_at: None,
    };
    let heard = |before_s: i64| SeatGlance { is_opened: true, last_seen_at: Some(now.plus_s(-before_s)), ..nobody };
    for (seat, expected) in [
        (nobody, RoomSeatState::Expected),
        (SeatGlance { is_admitted: true, ..nobody }, RoomSeatState::Admitted),
        (SeatGlance { is_opened: true, ..nobody }, RoomSeatState::Offline),
        (heard(30), RoomSeatState::Working),
        (heard(31), RoomSeatState::Offline),
        (SeatGlance { is_paused: true, ..heard(31) }, RoomSeatState::Paused),
        (SeatGlance { has_paper: true, is_paused: true, ..heard(31) }, RoomSeatState::OnPaper),
        (SeatGlance { closed_by_candidate: Some(true), has_paper: true, ..heard(0) }, RoomSeatState::Submitted),
        (SeatGlance { closed_by_candidate: Some(false), ..heard(0) }, RoomSeatState::Closed),
    ] {
        assert_eq!(seat_state(&seat, now), expected, "{seat:?}");
    }
}

#[test]
fn every_refusal_has_its_words() {
    let refusals = [
        RoomRefusal::NotRunning,
        RoomRefusal::TooEarly { from: STARTS_AT },
        RoomRefusal::TooLate { until: STARTS_AT },
        RoomRefusal::SittingOver,
        RoomRefusal::NotOpened,
        RoomRefusal::IsPaused,
        RoomRefusal::NotPaused,
        RoomRefusal::TooMuchTime { left_s: 1 },
        RoomRefusal::NotProposed,
        RoomRefusal::HasPaper,
        RoomRefusal::HasNoPaper,
        RoomRefusal::NeedsNoSafeBrowser,
        RoomRefusal::NotTooLate,
        RoomRefusal::KeyKept,
        RoomRefusal::ExtensionDecided,
    ];
    for refusal in refusals {
        assert!(crate::problem::has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
    }
}

proptest! {
    /// A device is never told an end that comes before one that it was told.
    #[test]
    fn the_end_that_is_told_never_comes_earlier(
        returned_s in 0..=MAX_RETURNED_S, pause_ms in 0..10_000_000i64, until_ms in 0..10_000_000i64, more_s in 0..2_000u32,
    ) {
        let deadline = |returned_s: u32| STARTS_AT.plus_s(3_600 + i64::from(returned_s));
        let (paused_at, asked) = (STARTS_AT, STARTS_AT.plus_ms(pause_ms));
        let told = told_deadline(deadline(returned_s), Some(paused_at), returned_s, asked);
        let resumed = asked.plus_ms(until_ms);
        let after = returned_s + paused_s(paused_at, resumed, returned_s);
        prop_assert!(after <= MAX_RETURNED_S);
        prop_assert!(told_deadline(deadline(after), None, after, resumed) >= told);
        let more = if may_return(after, more_s).is_ok() { after + more_s } else { after };
        prop_assert!(deadline(more) >= told && more <= MAX_RETURNED_S);
    }
}
