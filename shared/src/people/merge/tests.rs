//! Tests of the rules of merging.

use super::*;
use crate::problem::has_texts;
use MergeState::{Approved, Done, Proposed, Refused, Undone, Withdrawn};
use MergeStep::{Approve, Refuse, Undo, Withdraw};
use proptest::prelude::*;
use uuid::Uuid;

const DONE_AT: Timestamp = Timestamp(1_000);
const PROPOSER: AccountId = account(1);
const FIRST: AccountId = account(2);
const SECOND: AccountId = account(3);
const MERGED: AccountId = account(4);

const fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn case(state: MergeState) -> MergeCase<'static> {
    let approved_by = matches!(state, Approved | Done | Undone).then_some(FIRST);
    let done_at = matches!(state, Done | Undone).then_some(DONE_AT);
    MergeCase { state, proposed_by: PROPOSER, approved_by, own: &[MERGED], done_at }
}

#[track_caller]
fn check(state: MergeState, step: MergeStep, actor: AccountId, expected: Result<MergeState, MergeRefusal>) {
    assert_eq!(next_merge_state(&case(state), step, actor, DONE_AT), expected);
}

#[test]
fn two_others_approve_and_then_it_is_done() {
    check(Proposed, Approve, FIRST, Ok(Approved));
    check(Approved, Approve, SECOND, Ok(Done));
    check(Done, Undo, FIRST, Ok(Undone));
}

#[test]
fn across_places_who_was_asked_answers_before_who_asked() {
    assert_eq!(Approve.place(Proposed), MergePlace::Merged);
    assert_eq!(Approve.place(Approved), MergePlace::Survivor);
    assert_eq!([Refuse.place(Proposed), Refuse.place(Approved)], [MergePlace::Merged, MergePlace::Survivor]);
    assert_eq!([Withdraw.place(Proposed), Withdraw.place(Approved)], [MergePlace::Survivor; 2]);
    assert_eq!(Undo.place(Done), MergePlace::Either);
}

#[test]
fn nobody_approves_twice_nor_their_own() {
    check(Proposed, Approve, PROPOSER, Err(MergeRefusal::OwnProposal));
    check(Approved, Approve, PROPOSER, Err(MergeRefusal::OwnProposal));
    check(Approved, Approve, FIRST, Err(MergeRefusal::OwnApproval));
    check(Proposed, Approve, MERGED, Err(MergeRefusal::OwnRecord));
    check(Approved, Approve, MERGED, Err(MergeRefusal::OwnRecord));
    check(Done, Undo, MERGED, Err(MergeRefusal::OwnRecord));
}

#[test]
fn what_waits_can_be_refused_and_taken_back() {
    for state in [Proposed, Approved] {
        check(state, Refuse, FIRST, Ok(Refused));
        check(state, Withdraw, PROPOSER, Ok(Withdrawn));
        check(state, Undo, FIRST, Err(MergeRefusal::Closed { state }));
    }
}

#[test]
fn what_is_over_stays_as_it_is() {
    for state in [Undone, Refused, Withdrawn] {
        for step in MergeStep::ALL {
            check(state, *step, SECOND, Err(MergeRefusal::Closed { state }));
        }
    }
    for step in [Approve, Refuse, Withdraw] {
        check(Done, step, SECOND, Err(MergeRefusal::Closed { state: Done }));
    }
}

#[test]
fn it_is_undone_within_thirty_days_and_not_a_moment_later() {
    let until = DONE_AT.plus_s(30 * 86_400);
    assert_eq!(undo_until(DONE_AT), until);
    assert_eq!(next_merge_state(&case(Done), Undo, SECOND, until), Ok(Undone));
    let late = next_merge_state(&case(Done), Undo, SECOND, until.plus_ms(1));
    assert_eq!(late, Err(MergeRefusal::TooLate { until }));
    assert_eq!(days_left(until, DONE_AT), Some(30));
    assert_eq!(days_left(until, DONE_AT.plus_ms(1)), Some(30));
    assert_eq!(days_left(until, until), Some(0));
    assert_eq!(days_left(until, until.plus_ms(1)), None);
}

#[test]
fn documents_of_one_kind_need_a_number_that_is_wrong_or_old() {
    use DocumentType::{Passport, ResidentIdentityCard};
    let same: Vec<_> = grounds(ResidentIdentityCard, ResidentIdentityCard).collect();
    assert_eq!(same, [MergeGround::WrongNumber, MergeGround::NumberReplaced]);
    let other: Vec<_> = grounds(ResidentIdentityCard, Passport).collect();
    assert_eq!(other, [MergeGround::OtherDocument, MergeGround::WrongNumber]);
    let kept: Vec<_> = MergeGround::ALL.iter().filter(|ground| ground.keeps_number()).collect();
    assert_eq!(kept, [&MergeGround::OtherDocument]);
}

#[test]
fn who_studies_survives_then_who_logs_in_then_who_has_more_then_who_was_first() {
    let none = RecordWeight { is_running: false, has_account: false, facts: 9, created_at: Timestamp(5) };
    let heavier = [
        RecordWeight { created_at: Timestamp(4), ..none },
        RecordWeight { facts: 10, created_at: Timestamp(9), ..none },
        RecordWeight { has_account: true, facts: 0, created_at: Timestamp(9), ..none },
        RecordWeight { is_running: true, facts: 0, created_at: Timestamp(9), ..none },
    ];
    for (at, one) in heavier.iter().enumerate() {
        assert!(outweighs(one, &none) && !outweighs(&none, one), "{one:?}");
        for lighter in &heavier[..at] {
            assert!(outweighs(one, lighter) && !outweighs(lighter, one), "{one:?} {lighter:?}");
        }
    }
}

#[test]
fn every_refusal_is_said_in_both_languages() {
    let obstacles = MergeObstacle::ALL.iter().map(|obstacle| MergeRefusal::Forbidden(*obstacle));
    let others = [
        MergeRefusal::Closed { state: Done },
        MergeRefusal::OwnProposal,
        MergeRefusal::OwnApproval,
        MergeRefusal::OwnRecord,
        MergeRefusal::TooLate { until: DONE_AT },
        MergeRefusal::BuiltUpon,
        MergeRefusal::DocumentTaken,
    ];
    for refusal in obstacles.chain(others) {
        assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
    }
}

proptest! {
    /// Whoever acts in whatever order: a merge is done by two people who did not propose it and whose
    /// record it is not.
    #[test]
    fn a_merge_is_done_by_two_others(steps in prop::collection::vec((0usize..4, 1u128..6), 0..40)) {
        let mut case = case(Proposed);
        let mut approvers = Vec::new();
        for (step, n) in steps {
            let (step, actor) = (MergeStep::ALL[step], account(n));
            let Ok(next) = next_merge_state(&case, step, actor, DONE_AT) else { continue };
            if step == Approve {
                approvers.push(actor);
                case.approved_by = case.approved_by.or(Some(actor));
            }
            case.state = next;
            case.done_at = case.done_at.or((next == Done).then_some(DONE_AT));
        }
        if case.done_at.is_some() {
            prop_assert_eq!(approvers.len(), 2);
            prop_assert_ne!(approvers[0], approvers[1]);
            prop_assert!(approvers.iter().all(|one| *one != PROPOSER && *one != MERGED));
        } else {
            prop_assert!(approvers.len() < 2);
        }
    }
}
