//! Whose duty each step of a record is (DOMAIN §1.8).

use super::{RecordFacts, RecordState, RecordStep, state_after};
use crate::{ids::AccountId, rights::Right};

/// The right that somebody needs for a step; `None` if no person takes it from this state: then facts
/// do, such as a place in a class, that something of the record was amended, or that another school accepted it.
#[must_use]
pub const fn right_for(state: RecordState, step: RecordStep) -> Option<Right> {
    use RecordState as State;
    use RecordStep as Step;
    match (step, state) {
        (Step::Submit | Step::Suspend | Step::Resume | Step::Transfer | Step::Withdraw | Step::Reenter, _) => {
            Some(Right::KeepEnrolments)
        }
        (Step::Approve | Step::Return, State::SchoolReview) => Some(Right::ReviewEnrolment),
        (Step::Approve | Step::Return, State::CountyReview) => Some(Right::ApproveEnrolment),
        (Step::Approve | Step::Return, State::CityFiled) => Some(Right::FileEnrolment),
        (Step::Approve | Step::Return, _) => None,
        (Step::Amend | Step::Begin | Step::ChangeSchool | Step::Complete | Step::Graduate, _) => None,
    }
}

/// The step that leads a record on by nothing but a yes of whose turn it is; none where a reason, or a fact, is needed.
#[must_use]
pub const fn step_onward(state: RecordState) -> Option<RecordStep> {
    match state {
        RecordState::Applied => Some(RecordStep::Submit),
        RecordState::SchoolReview | RecordState::CountyReview | RecordState::CityFiled => Some(RecordStep::Approve),
        _ => None,
    }
}

/// The steps that somebody may take now, who has these of the rights.
pub fn open_steps(record: &RecordFacts<'_>, by: AccountId, has: impl Fn(Right) -> bool) -> Vec<RecordStep> {
    let is_open = |step: &RecordStep| {
        state_after(record.state, record.level, *step).is_some()
            && right_for(record.state, *step).is_some_and(&has)
            && !(step.needs_papers(record.has_number) && record.missing.is_some())
            && !(step.needs_other_hands() && record.hands.contains(&by))
    };
    RecordStep::ALL.iter().copied().filter(is_open).collect()
}

/// Who has had a hand in a record: who entered or amended it, and whose approvals stand. A return takes back the
/// approval before it; to submit a record, or to re-enter, begins anew. `steps` are in their order.
#[must_use]
pub fn hands(
    entered_by: Option<AccountId>,
    steps: impl IntoIterator<Item = (RecordStep, Option<AccountId>)>,
) -> Vec<AccountId> {
    let (mut approvals, mut writers) = (Vec::new(), vec![entered_by]);
    for (step, by) in steps {
        match step {
            RecordStep::Amend => writers.push(by),
            RecordStep::Approve => approvals.push(by),
            RecordStep::Return => drop(approvals.pop()),
            RecordStep::Submit | RecordStep::Reenter => approvals.clear(),
            _ => {}
        }
    }
    approvals.into_iter().chain(writers).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{enrolment::MissingPapers, learning::CourseLevel};
    use uuid::Uuid;

    const CLERK: AccountId = AccountId(Uuid::from_u128(1));
    const COUNTY: AccountId = AccountId(Uuid::from_u128(2));

    fn record(state: RecordState) -> RecordFacts<'static> {
        RecordFacts { state, level: CourseLevel::Senior, hands: &[CLERK], has_number: false, missing: None }
    }

    #[test]
    fn what_leads_a_record_on_by_a_yes_alone_is_open_to_some_office_and_needs_no_reason() {
        for state in RecordState::ALL {
            let Some(step) = step_onward(*state) else { continue };
            assert!(right_for(*state, step).is_some() && !step.needs_reason(), "{state}");
            for level in CourseLevel::ALL {
                assert!(state_after(*state, *level, step).is_some(), "{state}");
            }
        }
        let ways = RecordState::ALL.iter().filter_map(|state| step_onward(*state));
        let [submit, approve] = [RecordStep::Submit, RecordStep::Approve];
        assert_eq!(ways.collect::<Vec<_>>(), [submit, approve, approve, approve]);
    }

    #[test]
    fn each_office_sees_the_steps_that_are_its_own() {
        let county = |right| right == Right::ApproveEnrolment;
        let open = |state| open_steps(&record(state), COUNTY, county);
        assert_eq!(open(RecordState::CountyReview), [RecordStep::Approve, RecordStep::Return]);
        assert_eq!(open(RecordState::SchoolReview), []);
        assert_eq!(open(RecordState::CityFiled), []);
    }

    #[test]
    fn who_entered_a_record_may_return_it_and_not_approve_it() {
        let open = open_steps(&record(RecordState::SchoolReview), CLERK, |_| true);
        assert_eq!(open, [RecordStep::Return, RecordStep::Withdraw]);
    }

    #[test]
    fn what_lacks_its_papers_is_not_submitted() {
        let applied = record(RecordState::Applied);
        assert_eq!(open_steps(&applied, CLERK, |_| true), [RecordStep::Submit, RecordStep::Withdraw]);
        let lacking = RecordFacts { missing: Some(MissingPapers::IdCard), ..applied };
        assert_eq!(open_steps(&lacking, CLERK, |_| true), [RecordStep::Withdraw]);
    }

    #[test]
    fn who_amends_a_record_has_a_hand_in_it() {
        let steps = [(RecordStep::Amend, Some(COUNTY)), (RecordStep::Submit, Some(CLERK))];
        assert_eq!(hands(Some(CLERK), steps), [CLERK, COUNTY]);
    }

    #[test]
    fn an_approval_that_was_returned_is_none() {
        let approved = [(RecordStep::Submit, Some(CLERK)), (RecordStep::Approve, Some(COUNTY))];
        let returned = [approved.as_slice(), &[(RecordStep::Return, None)]].concat();
        assert_eq!(hands(Some(CLERK), approved), [COUNTY, CLERK]);
        assert_eq!(hands(Some(CLERK), returned.iter().copied()), [CLERK]);
        let again = [returned.as_slice(), &[(RecordStep::Approve, Some(COUNTY)), (RecordStep::Submit, Some(CLERK))]];
        assert_eq!(hands(Some(CLERK), again.concat()), [CLERK]);
        assert_eq!(hands(None, []), []);
    }

    #[test]
    fn nobody_begins_or_ends_studies_by_hand() {
        for state in [RecordState::Registered, RecordState::Studying, RecordState::Eligible] {
            let open = open_steps(&record(state), COUNTY, |_| true);
            assert!(!open.contains(&RecordStep::Begin) && !open.contains(&RecordStep::Graduate), "{state}");
            assert!(!open.contains(&RecordStep::ChangeSchool), "{state}: another school accepts it first");
        }
    }
}
