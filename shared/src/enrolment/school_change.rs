//! 转学: requests and responses of `/school_changes`. One school proposes that a learner goes on at another one, and
//! that one accepts; the record goes along with its number and its rules. Who answers, and when, is judged as of a
//! person's transfer: [`next_transfer_state`](crate::people::next_transfer_state).

use crate::{
    ids::{ProviderId, SchoolChangeId, StudentRecordId},
    learning::CourseLevel,
    people::TransferState,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /enrolments/{id}/school_changes`, with `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeSchoolChange {
    /// The school at which the learner is to go on: an open one, anywhere in the province.
    pub provider_id: ProviderId,
    /// Why.
    pub reason: String,
}

/// Body of `POST /school_changes/{id}/refuse`, with `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefuseSchoolChange {
    /// Why.
    pub reason: String,
}

/// A change of school as both schools see it. It shows no more of the learner than the answer needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SchoolChangeView {
    /// The change.
    pub id: SchoolChangeId,
    /// The record.
    pub record_id: StudentRecordId,
    /// The name, partly hidden.
    pub name_masked: String,
    /// The level studied for.
    pub level: CourseLevel,
    /// The learner's number, which stays.
    pub learner_number: Option<String>,
    /// The school that the learner leaves.
    pub from_provider_id: ProviderId,
    /// Significant digits of its division.
    pub from_division: String,
    /// What it is called.
    pub from_name: String,
    /// The school at which they are to go on.
    pub to_provider_id: ProviderId,
    /// Significant digits of its division.
    pub to_division: String,
    /// What it is called.
    pub to_name: String,
    /// Where the change stands.
    pub state: TransferState,
    /// Why it was proposed.
    pub reason: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// When it got its answer.
    pub decided_at: Option<Timestamp>,
    /// Why it was refused.
    pub answer: Option<String>,
}

/// A change of school as the learner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSchoolChange {
    /// What the school is called that they leave.
    pub from_name: String,
    /// What the school is called at which they are to go on.
    pub to_name: String,
    /// Where the change stands.
    pub state: TransferState,
    /// Why it was proposed.
    pub reason: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// When it got its answer.
    pub decided_at: Option<Timestamp>,
    /// Why it was refused.
    pub answer: Option<String>,
}

#[cfg(test)]
mod tests {
    use crate::{
        enrolment::{RecordFacts, RecordRefusal, RecordState, RecordStep, judge_step, state_after},
        ids::AccountId,
        learning::CourseLevel,
    };
    use uuid::Uuid;

    const CLERK: AccountId = AccountId(Uuid::from_u128(1));

    #[test]
    fn who_changes_school_goes_on_where_they_stand() {
        for state in RecordState::ALL {
            for level in CourseLevel::ALL {
                let next = state_after(*state, *level, RecordStep::ChangeSchool);
                let may_leave = state_after(*state, *level, RecordStep::Transfer).is_some();
                assert_eq!(next, may_leave.then_some(*state), "{state}");
            }
        }
    }

    #[test]
    fn whose_record_is_in_review_stays() {
        let judge = |state| {
            let facts = RecordFacts { state, level: CourseLevel::Senior, hands: &[], has_number: true, missing: None };
            judge_step(&facts, RecordStep::ChangeSchool, CLERK, "搬家")
        };
        assert_eq!(judge(RecordState::Suspended), Ok(RecordState::Suspended));
        for state in [RecordState::CountyReview, RecordState::Withdrawn, RecordState::Graduated] {
            let wrong = RecordRefusal::WrongState { state, step: RecordStep::ChangeSchool };
            assert_eq!(judge(state), Err(wrong));
        }
    }
}
