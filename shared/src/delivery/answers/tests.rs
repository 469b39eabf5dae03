use super::*;
use proptest::prelude::*;

const DEADLINE: Timestamp = Timestamp(4_500_000);
const RULES: DeliveryRules = DeliveryRules { grace_s: 5, late_window_s: 600 };
const TIME_UP: Result<Verdict, AnswerRefusal> = Err(AnswerRefusal::TimeUp { closed_at: DEADLINE });

fn judge(epoch: u32, after_s: i64, is_proven: bool, closed: Option<ClosedBy>) -> Result<Verdict, AnswerRefusal> {
    let sitting = SittingFacts { epoch: 2, deadline: DEADLINE, closed };
    judge_answer(&sitting, EntryStamp { epoch, seq: 4 }, DEADLINE.plus_s(after_s), &RULES, is_proven)
}

#[test]
fn answers_count_until_the_grace_ends_and_not_a_second_longer() {
    assert_eq!(judge(2, -60, false, None), Ok(Verdict::Store));
    assert_eq!(judge(2, 5, false, None), Ok(Verdict::Store));
    assert_eq!(judge(2, 6, false, None), TIME_UP);
}

#[test]
fn a_late_answer_needs_proof_and_the_window() {
    assert_eq!(judge(2, 6, true, None), Ok(Verdict::StoreAsLate));
    assert_eq!(judge(2, 600, true, Some(ClosedBy::Server)), Ok(Verdict::StoreAsLate));
    assert_eq!(judge(2, 601, true, None), TIME_UP);
    assert_eq!(judge(2, 3, false, Some(ClosedBy::Server)), TIME_UP);
}

#[test]
fn what_an_older_device_wrote_is_kept_and_no_epoch_is_invented() {
    for (after_s, closed) in [(-60, None), (6, None), (600, Some(ClosedBy::Server)), (-60, Some(ClosedBy::Candidate))] {
        assert_eq!(judge(1, after_s, true, closed), judge(2, after_s, true, closed), "{after_s}");
    }
    for epoch in [0, 3] {
        assert_eq!(judge(epoch, -60, true, None), Err(AnswerRefusal::TakenOver { current: 2 }));
    }
}

#[test]
fn nothing_changes_after_the_candidate_submitted() {
    assert_eq!(judge(2, -60, true, Some(ClosedBy::Candidate)), Err(AnswerRefusal::SittingClosed));
}

#[test]
fn an_entry_has_a_number() {
    let sitting = SittingFacts { epoch: 2, deadline: DEADLINE, closed: None };
    let unnumbered = EntryStamp { epoch: 2, seq: 0 };
    assert_eq!(judge_answer(&sitting, unnumbered, DEADLINE, &RULES, true), Err(AnswerRefusal::Unnumbered));
}

proptest! {
    #[test]
    fn arriving_earlier_is_never_worse(after_s in -100..900i64, earlier_s in 0..200i64, is_proven: bool) {
        if judge(2, after_s, is_proven, None).is_ok() {
            prop_assert!(judge(2, after_s - earlier_s, is_proven, None).is_ok());
        }
    }
}
