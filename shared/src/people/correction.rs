//! 更正申请: a person says what of their data is wrong, and the place that keeps them answers.
//!
//! Source: 个人信息保护法 (PIPL) art. 46: who finds their data wrong may have it corrected, and whoever
//! keeps it checks and corrects it in time.

use super::{StatedDocument, check_document, check_name, check_phone, check_reason};
use crate::{
    ids::AccountId,
    person::IdentityDocument,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What of a person can be corrected at their own request.
    CorrectionField {
        /// The name.
        Name = "name",
        /// The document that names the person.
        Document = "document",
        /// The phone.
        Phone = "phone",
    }
}

text_enum! {
    /// Where a request stands.
    CorrectionState {
        /// It waits for its answer.
        Open = "open",
        /// What was stated holds now.
        Accepted = "accepted",
        /// Nothing was changed; the answer says why.
        Refused = "refused",
        /// The person took it back.
        Withdrawn = "withdrawn",
    }
}

/// What somebody wants to do with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionStep {
    /// Put what was stated in the place of what stands there.
    Accept,
    /// Leave it as it is.
    Refuse,
    /// Take the request back.
    Withdraw,
}

impl CorrectionStep {
    const fn leads_to(self) -> CorrectionState {
        match self {
            Self::Accept => CorrectionState::Accepted,
            Self::Refuse => CorrectionState::Refused,
            Self::Withdraw => CorrectionState::Withdrawn,
        }
    }
}

/// Why a request is not made or not moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefusal {
    /// Another request for the same field waits for its answer.
    #[error("a request for this field is open")]
    AlreadyOpen,
    /// It has its answer.
    #[error("the request is {state}")]
    Closed {
        /// Where it stands.
        state: CorrectionState,
    },
    /// Nobody answers a request of their own.
    #[error("who asked may not answer")]
    SecondPersonNeeded,
}

impl Refusal for CorrectionRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::AlreadyOpen | Self::Closed { .. } => ProblemCode::WrongState,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::AlreadyOpen => "wrong-state.correction-open",
            Self::Closed { .. } => "wrong-state.correction-closed",
            Self::SecondPersonNeeded => self.code().as_str(),
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Closed { state } => serde_json::json!({ "state": state }),
            Self::AlreadyOpen | Self::SecondPersonNeeded => serde_json::Value::Null,
        }
    }
}

/// Where a request of `asked_by` stands after a step of `actor`. Whether the actor acts for the place that
/// keeps the person, or is who asked, is for the caller to know.
///
/// # Errors
/// [`CorrectionRefusal::Closed`] or [`CorrectionRefusal::SecondPersonNeeded`].
pub fn next_correction_state(
    state: CorrectionState,
    step: CorrectionStep,
    asked_by: AccountId,
    actor: AccountId,
) -> Result<CorrectionState, CorrectionRefusal> {
    if state != CorrectionState::Open {
        return Err(CorrectionRefusal::Closed { state });
    }
    if step != CorrectionStep::Withdraw && actor == asked_by {
        return Err(CorrectionRefusal::SecondPersonNeeded);
    }
    Ok(step.leads_to())
}

/// What a person says is right.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "field", rename_all = "snake_case", deny_unknown_fields)]
pub enum StatedCorrection {
    /// The name.
    Name {
        /// The right one; at most 50 characters.
        name: String,
    },
    /// The document.
    Document {
        /// The right one.
        document: StatedDocument,
    },
    /// The phone.
    Phone {
        /// The right one.
        phone: String,
    },
}

/// Body of `POST /me/corrections`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskCorrection {
    /// What is wrong, and what is right.
    pub stated: StatedCorrection,
    /// Why, in one's own words; may be empty. No number belongs into it.
    #[serde(default)]
    pub reason: String,
}

/// What is right, in the form in which it is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum CheckedCorrection {
    /// The name.
    Name(String),
    /// The document.
    Document(IdentityDocument),
    /// The phone.
    Phone(String),
}

impl StatedCorrection {
    /// Which field it is about.
    #[must_use]
    pub const fn field(&self) -> CorrectionField {
        match self {
            Self::Name { .. } => CorrectionField::Name,
            Self::Document { .. } => CorrectionField::Document,
            Self::Phone { .. } => CorrectionField::Phone,
        }
    }

    /// Checks everything that can be checked without the store.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn check(&self, today: Date) -> Result<CheckedCorrection, FieldError> {
        match self {
            Self::Name { name } => check_name(name).map(CheckedCorrection::Name),
            Self::Document { document } => {
                check_document(document, "/document", today).map(CheckedCorrection::Document)
            }
            Self::Phone { phone } => {
                let phone = check_phone(Some(phone))?.ok_or_else(|| FieldError::new("/phone", "required"))?;
                Ok(CheckedCorrection::Phone(phone))
            }
        }
    }
}

impl AskCorrection {
    /// Checks everything that can be checked without the store; the reason as it is kept.
    ///
    /// # Errors
    /// All fields that are wrong, at once.
    pub fn check(&self, today: Date) -> Result<(CheckedCorrection, Option<String>), Vec<FieldError>> {
        let reason = match self.reason.trim() {
            "" => Ok(None),
            reason => check_reason(reason, "/reason").map(Some),
        };
        match (self.stated.check(today), reason) {
            (Ok(checked), Ok(reason)) => Ok((checked, reason)),
            (checked, reason) => {
                let below = |error: FieldError| FieldError::new(format!("/stated{}", error.pointer), error.code);
                Err(checked.err().map(below).into_iter().chain(reason.err()).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::DocumentType;
    use CorrectionState::{Accepted, Open, Refused, Withdrawn};
    use CorrectionStep::{Accept, Refuse, Withdraw};
    use jiff::civil::date;

    const LEARNER: AccountId = AccountId(uuid::Uuid::from_u128(1));
    const OFFICE: AccountId = AccountId(uuid::Uuid::from_u128(2));
    const TODAY: Date = date(2026, 11, 25);

    #[test]
    fn the_place_answers_and_the_person_takes_back() {
        assert_eq!(next_correction_state(Open, Accept, LEARNER, OFFICE), Ok(Accepted));
        assert_eq!(next_correction_state(Open, Refuse, LEARNER, OFFICE), Ok(Refused));
        assert_eq!(next_correction_state(Open, Withdraw, LEARNER, LEARNER), Ok(Withdrawn));
    }

    #[test]
    fn an_answer_is_given_once() {
        for state in [Accepted, Refused, Withdrawn] {
            for step in [Accept, Refuse, Withdraw] {
                let closed = Err(CorrectionRefusal::Closed { state });
                assert_eq!(next_correction_state(state, step, LEARNER, OFFICE), closed);
            }
        }
    }

    #[test]
    fn nobody_answers_a_request_of_their_own() {
        for step in [Accept, Refuse] {
            let refused = Err(CorrectionRefusal::SecondPersonNeeded);
            assert_eq!(next_correction_state(Open, step, OFFICE, OFFICE), refused);
        }
    }

    #[track_caller]
    fn wrong(stated: StatedCorrection, reason: &str) -> Vec<(String, String)> {
        let errors = AskCorrection { stated, reason: reason.to_owned() }.check(TODAY).err().unwrap();
        errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    fn name(name: &str) -> StatedCorrection {
        StatedCorrection::Name { name: name.to_owned() }
    }

    fn error(pointer: &str, code: &str) -> (String, String) {
        (pointer.to_owned(), code.to_owned())
    }

    #[test]
    fn what_is_stated_is_checked_as_when_a_person_is_added() {
        assert_eq!(wrong(name(" "), "1"), [error("/stated/name", "required"), error("/reason", "required")]);
        assert_eq!(wrong(name("张\u{7}"), ""), [error("/stated/name", "name-malformed")]);
        assert_eq!(wrong(name("张三"), "330199198503140022"), [error("/reason", "holds-number")]);
        let phone = |phone: &str| StatedCorrection::Phone { phone: phone.to_owned() };
        assert_eq!(wrong(phone("12345"), ""), [error("/stated/phone", "phone-malformed")]);
        assert_eq!(wrong(phone(" "), ""), [error("/stated/phone", "required")]);
        let number = "330199198503140023".to_owned();
        let document = StatedDocument { kind: DocumentType::ResidentIdentityCard, number };
        let stated = StatedCorrection::Document { document };
        assert_eq!(wrong(stated, ""), [error("/stated/document/number", "document-wrong-check")]);
    }

    #[test]
    fn what_is_right_is_taken_in_the_form_in_which_it_is_kept() {
        let ask = AskCorrection { stated: name(" 张  秀英 "), reason: "  ".to_owned() };
        let (checked, reason) = ask.check(TODAY).ok().unwrap();
        assert!(checked == CheckedCorrection::Name("张 秀英".to_owned()) && reason.is_none());
    }

    #[test]
    fn every_refusal_has_its_texts() {
        for refusal in [CorrectionRefusal::AlreadyOpen, CorrectionRefusal::Closed { state: Refused }] {
            for part in ["title", "detail"] {
                assert!(crate::problem::has_texts(&format!("{}.{part}", refusal.message_key())), "{refusal:?}");
            }
        }
    }
}
