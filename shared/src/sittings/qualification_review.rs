//! 资格审核: the school, the county and the city look, one after the other, whether who has registered may sit the test. How
//! far that goes, the test says (DOMAIN §4.1).

use crate::{
    ids::{AccountId, ExamSessionId},
    people::check_reason,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Registrations that one request decides at most.
pub const MAX_REVIEWED: usize = 500;

text_enum! {
    /// Who reviews registrations, ascending.
    ReviewOffice {
        /// The school.
        School = "school",
        /// The county's bureau.
        County = "county",
        /// The city's bureau.
        City = "city",
    }
}

text_enum! {
    /// Where a registration stands that is reviewed.
    QualificationReview {
        /// It waits for the school.
        AtSchool = "at_school",
        /// It waits for the county.
        AtCounty = "at_county",
        /// It waits for the city.
        AtCity = "at_city",
        /// Every office has approved it.
        Approved = "approved",
        /// An office has refused it.
        Refused = "refused",
    }
}

impl QualificationReview {
    /// Whose turn it is.
    #[must_use]
    pub const fn turn(self) -> Option<ReviewOffice> {
        match self {
            Self::AtSchool => Some(ReviewOffice::School),
            Self::AtCounty => Some(ReviewOffice::County),
            Self::AtCity => Some(ReviewOffice::City),
            Self::Approved | Self::Refused => None,
        }
    }

    /// Where a registration waits for an office.
    #[must_use]
    pub const fn at(office: ReviewOffice) -> Self {
        match office {
            ReviewOffice::School => Self::AtSchool,
            ReviewOffice::County => Self::AtCounty,
            ReviewOffice::City => Self::AtCity,
        }
    }

    /// Where a registration begins for a test that is reviewed up to `last`; `None` if nobody reviews it. What a school
    /// registers, it has looked at.
    #[must_use]
    pub fn begun(last: Option<ReviewOffice>, by_school: bool) -> Option<Self> {
        let last = last?;
        Some(if by_school { Self::after(ReviewOffice::School, last) } else { Self::AtSchool })
    }

    const fn after(office: ReviewOffice, last: ReviewOffice) -> Self {
        match (office, last) {
            (ReviewOffice::School, ReviewOffice::County | ReviewOffice::City) => Self::AtCounty,
            (ReviewOffice::County, ReviewOffice::City) => Self::AtCity,
            _ => Self::Approved,
        }
    }
}

/// Where a registration stands after an office of a test that is reviewed up to `last` has decided; `None` if it was not its
/// turn.
#[must_use]
pub fn next_review(
    state: QualificationReview,
    office: ReviewOffice,
    last: ReviewOffice,
    is_approved: bool,
) -> Option<QualificationReview> {
    let decided = if is_approved { QualificationReview::after(office, last) } else { QualificationReview::Refused };
    (state.turn() == Some(office)).then_some(decided)
}

/// Why candidates are not arranged yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{waiting} registrations wait for a review")]
pub struct ReviewsWait {
    /// How many registrations wait for an office.
    pub waiting: u64,
}

impl Refusal for ReviewsWait {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        "wrong-state.reviews-wait"
    }

    fn params(&self) -> serde_json::Value {
        json!({ "count": self.waiting })
    }
}

/// A registration that waits for the reader: `GET /qualification_reviews`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationToReview {
    /// The test.
    pub exam_session_id: ExamSessionId,
    /// Its title.
    pub exam_session_title: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Who registered.
    pub account_id: AccountId,
    /// Their name.
    pub candidate_name: String,
    /// When they did.
    pub registered_at: Timestamp,
    /// For which office it waits.
    pub office: ReviewOffice,
}

/// One registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegistrationKey {
    /// For which test.
    pub exam_session_id: ExamSessionId,
    /// Whose it is.
    pub account_id: AccountId,
}

/// Body of `POST /qualification_reviews`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewRegistrations {
    /// Which.
    pub registrations: Vec<RegistrationKey>,
    /// Whether they may sit the test, as far as the office whose turn it is has a say.
    pub is_approved: bool,
    /// Why not; the learner reads it. Nothing is kept of it where they may.
    #[serde(default)]
    pub reason: String,
}

impl ReviewRegistrations {
    /// The reason in the form in which it is kept.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked_reason(&self) -> Result<Option<String>, Vec<FieldError>> {
        if self.registrations.len() > MAX_REVIEWED {
            return Err(vec![FieldError::new("/registrations", "too-long")]);
        }
        if self.is_approved {
            return Ok(None);
        }
        check_reason(&self.reason, "/reason").map(Some).map_err(|wrong| vec![wrong])
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationsReviewed {
    /// How many were decided; those that did not wait for the actor are none of them.
    pub reviewed: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use QualificationReview::{Approved, AtCity, AtCounty, AtSchool, Refused};
    use ReviewOffice::{City, County, School};

    #[test]
    fn a_registration_goes_from_office_to_office_as_far_as_the_test_says() {
        for (last, way) in [
            (School, vec![AtSchool, Approved]),
            (County, vec![AtSchool, AtCounty, Approved]),
            (City, vec![AtSchool, AtCounty, AtCity, Approved]),
        ] {
            let mut stands = QualificationReview::begun(Some(last), false).unwrap();
            let mut gone = vec![stands];
            while let Some(office) = stands.turn() {
                stands = next_review(stands, office, last, true).unwrap();
                gone.push(stands);
            }
            assert_eq!(gone, way, "{last}");
        }
    }

    #[test]
    fn what_a_school_registers_it_has_looked_at() {
        let begun = |last| QualificationReview::begun(last, true);
        assert_eq!((begun(Some(School)), begun(Some(County)), begun(None)), (Some(Approved), Some(AtCounty), None));
    }

    #[test]
    fn nobody_decides_out_of_turn_or_twice() {
        for state in QualificationReview::ALL {
            for office in ReviewOffice::ALL {
                let refused = next_review(*state, *office, City, false);
                assert_eq!(refused, (state.turn() == Some(*office)).then_some(Refused), "{office} at {state}");
                assert_eq!(state.turn() == Some(*office), *state == QualificationReview::at(*office));
            }
        }
    }

    #[test]
    fn who_refuses_says_why() {
        let request = |is_approved, reason: &str| {
            let (registrations, reason) = (Vec::new(), reason.to_owned());
            ReviewRegistrations { registrations, is_approved, reason }.checked_reason()
        };
        assert_eq!(request(true, ""), Ok(None));
        assert_eq!(request(false, " 不是本校学员 "), Ok(Some("不是本校学员".to_owned())));
        assert_eq!(request(false, "").unwrap_err()[0].code, "required");
        assert!(crate::problem::has_texts("wrong-state.reviews-wait.detail"));
    }
}
