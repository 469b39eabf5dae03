//! 更正申请: a person says what of their data is wrong, and the place that keeps them answers.
//!
//! Source: 个人信息保护法 (PIPL) art. 46: who finds their data wrong may have it corrected, and whoever
//! keeps it checks and corrects it in time.

use super::{StatedDocument, check_document, check_name, check_phone, check_reason, local_division};
use crate::{
    ids::AccountId,
    person::{EducationLevel, IdentityDocument, Sex},
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
        /// The sex, where no number tells it.
        Sex = "sex",
        /// The birth date, where no number tells it.
        BirthDate = "birth_date",
        /// The registered residence (户籍所在地). Who lives elsewhere now is transferred.
        Household = "household",
        /// What was learnt before, as the student record says.
        Education = "education",
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
    /// The sex.
    Sex {
        /// The right one.
        sex: Sex,
    },
    /// The birth date.
    BirthDate {
        /// The right one.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        #[serde(with = "crate::time::civil_date")]
        birth_date: Date,
    },
    /// The registered residence.
    Household {
        /// The code of the right one, also of another province.
        household_division: String,
    },
    /// What was learnt before.
    Education {
        /// Code of GB/T 4658, as the diploma says.
        education_level: EducationLevel,
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

/// Body of `POST /people/{id}/corrections`: what the office found wrong, with the paper before it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PutRight {
    /// What is wrong, and what is right.
    pub stated: StatedCorrection,
    /// Why; the person reads it. No number belongs into it.
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
    /// The sex.
    Sex(Sex),
    /// The birth date.
    BirthDate(Date),
    /// Significant digits of the registered residence's code.
    Household(String),
    /// What was learnt before.
    Education(EducationLevel),
}

impl CorrectionField {
    /// Whether it stays masked until somebody looks at it, which is audited.
    #[must_use]
    pub const fn is_masked(self) -> bool {
        matches!(self, Self::Document | Self::Phone | Self::BirthDate)
    }
}

impl StatedCorrection {
    /// Which field it is about.
    #[must_use]
    pub const fn field(&self) -> CorrectionField {
        match self {
            Self::Name { .. } => CorrectionField::Name,
            Self::Document { .. } => CorrectionField::Document,
            Self::Phone { .. } => CorrectionField::Phone,
            Self::Sex { .. } => CorrectionField::Sex,
            Self::BirthDate { .. } => CorrectionField::BirthDate,
            Self::Household { .. } => CorrectionField::Household,
            Self::Education { .. } => CorrectionField::Education,
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
            Self::Sex { sex } => Ok(CheckedCorrection::Sex(*sex)),
            Self::BirthDate { birth_date } if *birth_date > today => {
                Err(FieldError::new("/birth_date", "out-of-range"))
            }
            Self::BirthDate { birth_date } => Ok(CheckedCorrection::BirthDate(*birth_date)),
            Self::Household { household_division } => match local_division(household_division) {
                Some(code) => Ok(CheckedCorrection::Household(code)),
                None => Err(FieldError::new("/household_division", "division-malformed")),
            },
            Self::Education { education_level } => Ok(CheckedCorrection::Education(*education_level)),
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
        both(self.stated.check(today), reason)
    }
}

impl PutRight {
    /// Checks everything that can be checked without the store; the reason as it is kept.
    ///
    /// # Errors
    /// All fields that are wrong, at once.
    pub fn check(&self, today: Date) -> Result<(CheckedCorrection, String), Vec<FieldError>> {
        both(self.stated.check(today), check_reason(&self.reason, "/reason"))
    }
}

/// What is stated and why, or all that is wrong with the two.
fn both<R>(
    checked: Result<CheckedCorrection, FieldError>,
    reason: Result<R, FieldError>,
) -> Result<(CheckedCorrection, R), Vec<FieldError>> {
    match (checked, reason) {
        (Ok(checked), Ok(reason)) => Ok((checked, reason)),
        (checked, reason) => {
            let below = |error: FieldError| FieldError::new(format!("/stated{}", error.pointer), error.code);
            Err(checked.err().map(below).into_iter().chain(reason.err()).collect())
        }
    }
}

#[cfg(test)]
mod tests;
