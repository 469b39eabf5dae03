//! 提问: a learner asks at a unit, and who keeps or teaches the class answers.

use super::{NewInquiry, NewInquiryAnswer};
use crate::{
    ids::AccountId,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// Where a question to the teachers stands.
    InquiryState {
        /// 待答复.
        Open = "open",
        /// 已答复: the learner has not said yet that they have read it.
        Answered = "answered",
        /// 已结束: read, or not wanted any more.
        Closed = "closed",
    }
}

/// Characters of a question at most.
pub const MAX_INQUIRY_CHARS: usize = 500;
/// Characters of an answer at most.
pub const MAX_INQUIRY_ANSWER_CHARS: usize = 2_000;
/// Questions of one learner that wait for an answer at most.
pub const MAX_OPEN_INQUIRIES: u64 = 20;

/// What somebody wants to do with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InquiryStep {
    /// Answer it, for who keeps or teaches the class.
    Answer,
    /// End it, for who asked.
    Close,
    /// Show it to the class with its answer, and not who asked.
    Publish,
}

/// What is known of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InquiryFacts {
    /// Where it stands.
    pub state: InquiryState,
    /// Who asked.
    pub asked_by: AccountId,
    /// Whether it has an answer.
    pub has_answer: bool,
}

/// Why a question is not asked or not moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InquiryRefusal {
    /// The learner waits for enough answers already.
    #[error("{most} questions are open")]
    TooManyOpen {
        /// How many may be open.
        most: u64,
    },
    /// It was answered or ended before.
    #[error("the question is {state}")]
    Settled {
        /// Where it stands.
        state: InquiryState,
    },
    /// There is nothing yet that the class could learn from it.
    #[error("the question has no answer")]
    Unanswered,
    /// Nobody answers their own question.
    #[error("who asked may not answer")]
    OwnInquiry,
}

impl Refusal for InquiryRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::OwnInquiry => ProblemCode::SecondPersonNeeded,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::TooManyOpen { .. } => "wrong-state.inquiries-open",
            Self::Settled { .. } => "wrong-state.inquiry-settled",
            Self::Unanswered => "wrong-state.inquiry-unanswered",
            Self::OwnInquiry => self.code().as_str(),
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::TooManyOpen { most } => serde_json::json!({ "most": most }),
            Self::Settled { state } => serde_json::json!({ "state": state }),
            Self::Unanswered | Self::OwnInquiry => serde_json::Value::Null,
        }
    }
}

/// Whether a learner of whom so many questions are open may ask another.
///
/// # Errors
/// [`InquiryRefusal::TooManyOpen`].
pub const fn may_ask(open: u64) -> Result<(), InquiryRefusal> {
    if open < MAX_OPEN_INQUIRIES { Ok(()) } else { Err(InquiryRefusal::TooManyOpen { most: MAX_OPEN_INQUIRIES }) }
}

/// Where a question stands after a step of `by`. Whether they keep or teach the class, or are who asked, is for the
/// caller to know. It is answered once; ended, it may still be shown to the class.
///
/// # Errors
/// [`InquiryRefusal`].
pub fn judge_inquiry_step(
    inquiry: &InquiryFacts,
    step: InquiryStep,
    by: AccountId,
) -> Result<InquiryState, InquiryRefusal> {
    let state = inquiry.state;
    match (step, state) {
        (InquiryStep::Answer, InquiryState::Open) if by == inquiry.asked_by => Err(InquiryRefusal::OwnInquiry),
        (InquiryStep::Answer, InquiryState::Open) => Ok(InquiryState::Answered),
        (InquiryStep::Close, InquiryState::Open | InquiryState::Answered) => Ok(InquiryState::Closed),
        (InquiryStep::Publish, _) if inquiry.has_answer => Ok(state),
        (InquiryStep::Publish, _) => Err(InquiryRefusal::Unanswered),
        (InquiryStep::Answer | InquiryStep::Close, _) => Err(InquiryRefusal::Settled { state }),
    }
}

impl NewInquiry {
    /// The question in the form in which it is kept.
    ///
    /// # Errors
    /// The field `/text`.
    pub fn check(&self) -> Result<String, FieldError> {
        check_text(&self.text, MAX_INQUIRY_CHARS)
    }
}

impl NewInquiryAnswer {
    /// The answer in the form in which it is kept.
    ///
    /// # Errors
    /// The field `/text`.
    pub fn check(&self) -> Result<String, FieldError> {
        check_text(&self.text, MAX_INQUIRY_ANSWER_CHARS)
    }
}

fn check_text(text: &str, most: usize) -> Result<String, FieldError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(FieldError::new("/text", "required")),
        chars if chars > most => Err(FieldError::new("/text", "too-long")),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use InquiryState::{Answered, Closed, Open};
    use InquiryStep::{Answer, Close, Publish};
    use uuid::Uuid;

    const LEARNER: AccountId = AccountId(Uuid::from_u128(1));
    const TUTOR: AccountId = AccountId(Uuid::from_u128(2));

    #[track_caller]
    fn check(state: InquiryState, has_answer: bool, step: InquiryStep, expected: Result<InquiryState, InquiryRefusal>) {
        let inquiry = InquiryFacts { state, asked_by: LEARNER, has_answer };
        let by = if step == Close { LEARNER } else { TUTOR };
        assert_eq!(judge_inquiry_step(&inquiry, step, by), expected);
    }

    #[test]
    fn it_is_answered_once_and_ended_once() {
        check(Open, false, Answer, Ok(Answered));
        check(Answered, true, Answer, Err(InquiryRefusal::Settled { state: Answered }));
        check(Closed, false, Answer, Err(InquiryRefusal::Settled { state: Closed }));
        check(Open, false, Close, Ok(Closed));
        check(Answered, true, Close, Ok(Closed));
        check(Closed, true, Close, Err(InquiryRefusal::Settled { state: Closed }));
    }

    #[test]
    fn the_class_sees_what_has_an_answer_and_nothing_else() {
        check(Answered, true, Publish, Ok(Answered));
        check(Closed, true, Publish, Ok(Closed));
        check(Open, false, Publish, Err(InquiryRefusal::Unanswered));
        check(Closed, false, Publish, Err(InquiryRefusal::Unanswered));
    }

    #[test]
    fn nobody_answers_their_own_question() {
        let inquiry = InquiryFacts { state: Open, asked_by: TUTOR, has_answer: false };
        assert_eq!(judge_inquiry_step(&inquiry, Answer, TUTOR), Err(InquiryRefusal::OwnInquiry));
    }

    #[test]
    fn a_learner_waits_for_a_few_answers_at_a_time() {
        assert_eq!(may_ask(MAX_OPEN_INQUIRIES - 1), Ok(()));
        assert_eq!(may_ask(MAX_OPEN_INQUIRIES), Err(InquiryRefusal::TooManyOpen { most: MAX_OPEN_INQUIRIES }));
    }

    #[test]
    fn texts_are_there_and_not_too_long() {
        let ask = |text: &str| NewInquiry { text: text.to_owned() }.check().map_err(|error| error.code);
        assert_eq!(ask(" 为什么？\n"), Ok("为什么？".to_owned()));
        assert_eq!(ask(" \n"), Err("required".to_owned()));
        assert_eq!(ask(&"问".repeat(MAX_INQUIRY_CHARS + 1)), Err("too-long".to_owned()));
        let answer = |text: &str| NewInquiryAnswer { text: text.to_owned() }.check().map_err(|error| error.code);
        assert!(answer(&"答".repeat(MAX_INQUIRY_ANSWER_CHARS)).is_ok());
        assert_eq!(answer(&"答".repeat(MAX_INQUIRY_ANSWER_CHARS + 1)), Err("too-long".to_owned()));
    }

    #[test]
    fn every_state_and_refusal_has_its_texts() {
        let keys: Vec<_> = InquiryState::ALL.iter().map(|state| format!("inquiry_{state}")).collect();
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
        let refusals = [
            InquiryRefusal::TooManyOpen { most: 1 },
            InquiryRefusal::Settled { state: Closed },
            InquiryRefusal::Unanswered,
            InquiryRefusal::OwnInquiry,
        ];
        for refusal in refusals {
            for part in ["title", "detail"] {
                assert!(has_texts(&format!("{}.{part}", refusal.message_key())), "{refusal:?}");
            }
        }
    }
}
