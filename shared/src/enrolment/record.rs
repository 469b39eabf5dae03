//! 学籍: the states of a learner's record, the steps between them, and who may take which (DOMAIN §8).

use super::MissingPapers;
use crate::{
    ids::AccountId,
    learning::CourseLevel,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
    roster::LearnerStage,
};

text_enum! {
    /// Where a learner's record stands.
    RecordState {
        /// 已申请: being filled in; also after a return.
        Applied = "applied",
        /// 学校审核.
        SchoolReview = "school_review",
        /// 县级审核.
        CountyReview = "county_review",
        /// 报市备案: senior only.
        CityFiled = "city_filed",
        /// 已注册: has a number.
        Registered = "registered",
        /// 在学.
        Studying = "studying",
        /// 休学.
        Suspended = "suspended",
        /// 已转出.
        Transferred = "transferred",
        /// 已退学.
        Withdrawn = "withdrawn",
        /// 可毕业: every condition is met.
        Eligible = "eligible",
        /// 已毕业.
        Graduated = "graduated",
    }
}

text_enum! {
    /// What somebody does with a record.
    RecordStep {
        /// 修改: what was entered is put right while the record is being filled in.
        Amend = "amend",
        /// 提交.
        Submit = "submit",
        /// 审核通过: the school, then the county, then for a senior the city.
        Approve = "approve",
        /// 退回, with a reason: to the one before.
        Return = "return",
        /// 开始学习: is in a class.
        Begin = "begin",
        /// 休学, with a reason.
        Suspend = "suspend",
        /// 复学.
        Resume = "resume",
        /// 转往平台外, with a reason: the record ends here.
        Transfer = "transfer",
        /// 转学: the record goes on at another school, which has accepted it.
        ChangeSchool = "change_school",
        /// 退学, with a reason.
        Withdraw = "withdraw",
        /// 重新入学: once more through the review; number and credits stay.
        Reenter = "reenter",
        /// 达到毕业条件.
        Complete = "complete",
        /// 毕业.
        Graduate = "graduate",
    }
}

/// What is known of a record.
#[derive(Clone, Copy, Debug)]
pub struct RecordFacts<'a> {
    /// Where it stands.
    pub state: RecordState,
    /// The level studied for.
    pub level: CourseLevel,
    /// Who entered it, and whose approvals stand; see [`hands`](super::hands).
    pub hands: &'a [AccountId],
    /// Whether it has a number: then it has been through a review before.
    pub has_number: bool,
    /// What photos a review would miss.
    pub missing: Option<MissingPapers>,
}

/// Why a record does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordRefusal {
    /// The state does not allow the step.
    #[error("record is {state}, it cannot {step}")]
    WrongState {
        /// Where it stands.
        state: RecordState,
        /// What was wanted.
        step: RecordStep,
    },
    /// A review needs papers of which there is no photo.
    #[error("photos of papers are missing")]
    PapersMissing(MissingPapers),
    /// Who has entered or approved a record may not be the next to approve it.
    #[error("another person must approve")]
    SecondPersonNeeded,
    /// The step needs a reason.
    #[error("a reason is needed")]
    ReasonMissing,
}

impl Refusal for RecordRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::WrongState { .. } => ProblemCode::WrongState,
            Self::PapersMissing(_) => ProblemCode::PapersMissing,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            Self::ReasonMissing => ProblemCode::Invalid,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state",
            Self::PapersMissing(MissingPapers::IdCard) => "papers-missing.id-card",
            Self::PapersMissing(MissingPapers::Diploma) => "papers-missing.diploma",
            Self::PapersMissing(MissingPapers::Both) => "papers-missing",
            Self::SecondPersonNeeded => "second-person-needed.record",
            Self::ReasonMissing => "invalid.reason-missing",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::WrongState { state, step } => serde_json::json!({ "state": state, "step": step }),
            Self::PapersMissing(missing) => serde_json::json!({ "missing": missing.kinds() }),
            Self::SecondPersonNeeded | Self::ReasonMissing => serde_json::Value::Null,
        }
    }
}

impl RecordState {
    /// How far the roster says a person with this record has come; nothing once they have left.
    #[must_use]
    pub const fn stage(self) -> Option<LearnerStage> {
        match self {
            Self::Applied | Self::SchoolReview | Self::CountyReview | Self::CityFiled | Self::Registered => {
                Some(LearnerStage::Enrolled)
            }
            Self::Studying | Self::Suspended => Some(LearnerStage::Studying),
            Self::Eligible => Some(LearnerStage::Completed),
            Self::Graduated => Some(LearnerStage::Verified),
            Self::Transferred | Self::Withdrawn => None,
        }
    }

    /// Whether the person may not enrol elsewhere.
    #[must_use]
    pub const fn is_running(self) -> bool {
        !matches!(self, Self::Transferred | Self::Withdrawn | Self::Graduated)
    }
}

impl RecordStep {
    /// Whether the step is written down with a reason.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Suspend | Self::Transfer | Self::Withdraw)
    }

    /// Whether somebody must take the step who has had no hand in the record. Whose hands were in a graduation, its list
    /// says.
    #[must_use]
    pub const fn needs_other_hands(self) -> bool {
        matches!(self, Self::Approve)
    }

    /// Whether the step leads to a review that looks at the papers. Who comes again with a number has shown them.
    #[must_use]
    pub const fn needs_papers(self, has_number: bool) -> bool {
        match self {
            Self::Submit => true,
            Self::Reenter => !has_number,
            _ => false,
        }
    }
}

/// The state after `step`, whoever takes it; `None` if the state does not allow it.
#[must_use]
pub const fn state_after(state: RecordState, level: CourseLevel, step: RecordStep) -> Option<RecordState> {
    use RecordState as State;
    use RecordStep as Step;
    match (step, state) {
        (Step::Amend, State::Applied) | (Step::Return, State::SchoolReview) => Some(State::Applied),
        (Step::Submit, State::Applied) | (Step::Reenter, State::Withdrawn) | (Step::Return, State::CountyReview) => {
            Some(State::SchoolReview)
        }
        (Step::Approve, State::SchoolReview) | (Step::Return, State::CityFiled) => Some(State::CountyReview),
        (Step::Approve, State::CountyReview) => match level {
            CourseLevel::Junior => Some(State::Registered),
            CourseLevel::Senior => Some(State::CityFiled),
        },
        (Step::Approve, State::CityFiled) => Some(State::Registered),
        (Step::Begin, State::Registered) | (Step::Resume, State::Suspended) | (Step::Return, State::Eligible) => {
            Some(State::Studying)
        }
        (Step::Suspend, State::Registered | State::Studying) => Some(State::Suspended),
        (Step::Transfer, State::Registered | State::Studying | State::Suspended) => Some(State::Transferred),
        (Step::ChangeSchool, State::Registered | State::Studying | State::Suspended) => Some(state),
        (
            Step::Withdraw,
            State::Applied
            | State::SchoolReview
            | State::CountyReview
            | State::CityFiled
            | State::Registered
            | State::Studying
            | State::Suspended
            | State::Eligible,
        ) => Some(State::Withdrawn),
        (Step::Complete, State::Studying) => Some(State::Eligible),
        (Step::Graduate, State::Eligible) => Some(State::Graduated),
        _ => None,
    }
}

/// Decides whether `by` may take a step, and where it leads.
///
/// # Errors
/// [`RecordRefusal`]: the state first, then the papers, then the reason, then the person.
pub fn judge_step(
    record: &RecordFacts<'_>,
    step: RecordStep,
    by: AccountId,
    reason: &str,
) -> Result<RecordState, RecordRefusal> {
    let RecordFacts { state, level, hands, has_number, missing } = *record;
    let next = state_after(state, level, step).ok_or(RecordRefusal::WrongState { state, step })?;
    if let Some(missing) = missing.filter(|_| step.needs_papers(has_number)) {
        return Err(RecordRefusal::PapersMissing(missing));
    }
    if step.needs_reason() && reason.trim().is_empty() {
        return Err(RecordRefusal::ReasonMissing);
    }
    if step.needs_other_hands() && hands.contains(&by) {
        return Err(RecordRefusal::SecondPersonNeeded);
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use proptest::prelude::*;
    use uuid::Uuid;

    const CLERK: AccountId = AccountId(Uuid::from_u128(1));
    const HEAD: AccountId = AccountId(Uuid::from_u128(2));
    const COUNTY: AccountId = AccountId(Uuid::from_u128(3));

    fn record(state: RecordState, hands: &[AccountId]) -> RecordFacts<'_> {
        RecordFacts { state, level: CourseLevel::Senior, hands, has_number: false, missing: None }
    }

    fn path(level: CourseLevel, steps: &[RecordStep]) -> Option<RecordState> {
        steps.iter().try_fold(RecordState::Applied, |state, step| state_after(state, level, *step))
    }

    #[test]
    fn a_junior_is_registered_by_the_county_and_a_senior_is_filed_with_the_city() {
        use RecordStep::{Approve, Begin, Complete, Graduate, Submit};
        let review = [Submit, Approve, Approve];
        assert_eq!(path(CourseLevel::Junior, &review), Some(RecordState::Registered));
        assert_eq!(path(CourseLevel::Senior, &review), Some(RecordState::CityFiled));
        let all = [Submit, Approve, Approve, Approve, Begin, Complete, Graduate];
        assert_eq!(path(CourseLevel::Senior, &all), Some(RecordState::Graduated));
    }

    #[test]
    fn a_return_goes_one_step_back_and_keeps_the_way_forward_open() {
        use RecordStep::{Approve, Return, Submit};
        let state = |steps: &[RecordStep]| path(CourseLevel::Senior, steps);
        assert_eq!(state(&[Submit, Return]), Some(RecordState::Applied));
        assert_eq!(state(&[Submit, Approve, Return]), Some(RecordState::SchoolReview));
        assert_eq!(state(&[Submit, Approve, Approve, Return]), Some(RecordState::CountyReview));
        assert_eq!(state(&[Submit, Approve, Return, Approve]), Some(RecordState::CountyReview));
        assert_eq!(state(&[Return]), None);
    }

    #[test]
    fn who_pauses_or_leaves_may_come_back_and_who_graduated_stays_so() {
        use RecordStep::{Approve, Begin, Reenter, Resume, Submit, Suspend, Withdraw};
        let state = |steps: &[RecordStep]| path(CourseLevel::Junior, steps);
        let studying = [Submit, Approve, Approve, Begin];
        assert_eq!(state(&[&studying[..], &[Suspend, Resume]].concat()), Some(RecordState::Studying));
        assert_eq!(state(&[&studying[..], &[Withdraw, Reenter]].concat()), Some(RecordState::SchoolReview));
        for step in RecordStep::ALL {
            for level in CourseLevel::ALL {
                assert_eq!(state_after(RecordState::Graduated, *level, *step), None);
                assert_eq!(state_after(RecordState::Transferred, *level, *step), None);
            }
        }
    }

    #[test]
    fn nobody_approves_what_they_entered_or_approved() {
        let record = record(RecordState::CountyReview, &[CLERK, HEAD]);
        let approve = |by| judge_step(&record, RecordStep::Approve, by, "");
        assert_eq!(approve(CLERK), Err(RecordRefusal::SecondPersonNeeded));
        assert_eq!(approve(HEAD), Err(RecordRefusal::SecondPersonNeeded));
        assert_eq!(approve(COUNTY), Ok(RecordState::CityFiled));
        assert_eq!(judge_step(&record, RecordStep::Return, CLERK, " "), Err(RecordRefusal::ReasonMissing));
        assert_eq!(judge_step(&record, RecordStep::Return, CLERK, "照片不清楚"), Ok(RecordState::SchoolReview));
        let wrong = RecordRefusal::WrongState { state: RecordState::CountyReview, step: RecordStep::Graduate };
        assert_eq!(judge_step(&record, RecordStep::Graduate, COUNTY, ""), Err(wrong));
    }

    #[test]
    fn nobody_reviews_a_record_without_its_papers() {
        let missing = Some(MissingPapers::Diploma);
        let judge = |state, step, has_number| {
            let facts = RecordFacts { has_number, missing, ..record(state, &[]) };
            judge_step(&facts, step, CLERK, "退学")
        };
        let refused = Err(RecordRefusal::PapersMissing(MissingPapers::Diploma));
        assert_eq!(judge(RecordState::Applied, RecordStep::Submit, false), refused);
        assert_eq!(judge(RecordState::Applied, RecordStep::Submit, true), refused);
        assert_eq!(judge(RecordState::Withdrawn, RecordStep::Reenter, false), refused);
        assert_eq!(judge(RecordState::Withdrawn, RecordStep::Reenter, true), Ok(RecordState::SchoolReview));
        assert_eq!(judge(RecordState::Applied, RecordStep::Withdraw, false), Ok(RecordState::Withdrawn));
        assert_eq!(judge(RecordState::Applied, RecordStep::Amend, false), Ok(RecordState::Applied));
        let wrong = RecordRefusal::WrongState { state: RecordState::Studying, step: RecordStep::Submit };
        assert_eq!(judge(RecordState::Studying, RecordStep::Submit, false), Err(wrong), "the state comes first");
    }

    #[test]
    fn what_was_entered_is_put_right_while_the_record_is_filled_in_and_not_later() {
        for state in RecordState::ALL {
            for level in CourseLevel::ALL {
                let next = state_after(*state, *level, RecordStep::Amend);
                assert_eq!(next, (*state == RecordState::Applied).then_some(RecordState::Applied), "{state}");
            }
        }
    }

    #[test]
    fn every_state_and_step_has_its_name() {
        let mut keys = Vec::new();
        keys.extend(RecordState::ALL.iter().map(|value| format!("state_{value}")));
        keys.extend(RecordStep::ALL.iter().map(|value| format!("step_{value}")));
        let files =
            [include_str!("../../locales/zh-CN/enrolment.json"), include_str!("../../locales/en/enrolment.json")];
        assert!(are_named(files, &keys));
    }

    #[test]
    fn every_refusal_has_its_text() {
        let wrong = RecordRefusal::WrongState { state: RecordState::Applied, step: RecordStep::Begin };
        let missing = [MissingPapers::IdCard, MissingPapers::Diploma, MissingPapers::Both];
        let others = [wrong, RecordRefusal::SecondPersonNeeded, RecordRefusal::ReasonMissing];
        for refusal in missing.map(RecordRefusal::PapersMissing).into_iter().chain(others) {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn no_way_leads_to_studying_but_by_the_county(steps in prop::collection::vec(0..RecordStep::ALL.len(), 0..16)) {
            for level in CourseLevel::ALL {
                let (mut state, mut approvals) = (RecordState::Applied, 0);
                for step in steps.iter().map(|at| RecordStep::ALL[*at]) {
                    let Some(next) = state_after(state, *level, step) else { continue };
                    match step {
                        RecordStep::Approve => approvals += 1,
                        RecordStep::Return => approvals -= i32::from(state != RecordState::SchoolReview),
                        RecordStep::Reenter => approvals = 0,
                        _ => {}
                    }
                    state = next;
                    if state == RecordState::Studying {
                        let needed = if *level == CourseLevel::Junior { 2 } else { 3 };
                        prop_assert!(approvals >= needed - 1, "{approvals}");
                    }
                }
            }
        }

        #[test]
        fn the_state_before_a_senior_is_registered_is_always_the_citys(at in 0..RecordState::ALL.len(), step in 0..RecordStep::ALL.len()) {
            let (state, step) = (RecordState::ALL[at], RecordStep::ALL[step]);
            let after = state_after(state, CourseLevel::Senior, step);
            // Who is registered may change school before the course begins.
            if state != RecordState::Registered && after == Some(RecordState::Registered) {
                prop_assert_eq!((state, step), (RecordState::CityFiled, RecordStep::Approve));
            }
        }
    }
}
