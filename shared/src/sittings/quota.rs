//! 名额: how many candidates from a place a test takes, which is as many as its sites there can seat.

use crate::{
    organisation::DivisionCode,
    problem::{FieldError, ProblemCode, Refusal},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Quotas of a test at most: every county, and more.
pub const MAX_QUOTAS: usize = 200;
/// Places of one quota at most.
const MAX_PLACES: u32 = 1_000_000;

/// How many candidates from a place a test takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExamQuota {
    /// The place: those count whose class lies there.
    pub division: DivisionCode,
    /// How many may register.
    pub places: u32,
}

/// The same, as far as it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuotaView {
    /// The place.
    pub division: DivisionCode,
    /// What it is called.
    pub division_name: String,
    /// How many may register.
    pub places: u32,
    /// How many have.
    pub taken: u32,
}

/// What is wrong with quotas: too many or too large, or one that lies in another.
#[must_use]
pub fn check_quotas(quotas: &[ExamQuota]) -> Vec<FieldError> {
    if quotas.len() > MAX_QUOTAS {
        return vec![FieldError::new("/quotas", "too-long")];
    }
    let mut wrong = Vec::new();
    for (nth, quota) in quotas.iter().enumerate() {
        let is_nested =
            |other: &ExamQuota| other.division.contains(&quota.division) || quota.division.contains(&other.division);
        if quotas.iter().take(nth).any(is_nested) {
            wrong.push(FieldError::new(format!("/quotas/{nth}/division"), "duplicate"));
        }
        if !(1..=MAX_PLACES).contains(&quota.places) {
            wrong.push(FieldError::new(format!("/quotas/{nth}/places"), "out-of-range"));
        }
    }
    wrong
}

/// The quota that somebody from a place counts for; `None` if as many come from there as like.
#[must_use]
pub fn quota_of(quotas: &[ExamQuota], from: Option<DivisionCode>) -> Option<ExamQuota> {
    let from = from?;
    quotas.iter().copied().find(|quota| quota.division.contains(&from))
}

/// Why somebody is not registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuotaRefusal {
    /// All places are taken.
    #[error("all {places} places are taken")]
    Full {
        /// How many there are.
        places: u32,
    },
}

impl Refusal for QuotaRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        "wrong-state.quota-full"
    }

    fn params(&self) -> serde_json::Value {
        let Self::Full { places } = self;
        json!({ "places": places })
    }
}

/// Whether one more may register where so many have.
///
/// # Errors
/// [`QuotaRefusal::Full`].
pub fn may_take_place(quota: ExamQuota, taken: u64) -> Result<(), QuotaRefusal> {
    if taken < u64::from(quota.places) { Ok(()) } else { Err(QuotaRefusal::Full { places: quota.places }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice;

    fn code(text: &str) -> DivisionCode {
        DivisionCode::parse(text).unwrap()
    }

    fn quota(text: &str, places: u32) -> ExamQuota {
        ExamQuota { division: code(text), places }
    }

    #[test]
    fn who_comes_from_a_place_counts_for_its_quota() {
        let quotas = [quota("330502", 30), quota("3306", 50)];
        assert_eq!(quota_of(&quotas, Some(code("330502100"))), Some(quotas[0]));
        assert_eq!(quota_of(&quotas, Some(code("330602"))), Some(quotas[1]), "a city's counts for its counties");
        assert_eq!(quota_of(&quotas, Some(code("330503"))), None);
        assert_eq!(quota_of(&quotas, None), None);
    }

    #[test]
    fn the_last_place_is_taken_and_no_more() {
        let quota = quota("330502", 2);
        assert_eq!(may_take_place(quota, 1), Ok(()));
        assert_eq!(may_take_place(quota, 2), Err(QuotaRefusal::Full { places: 2 }));
        assert!(crate::problem::has_texts("wrong-state.quota-full.detail"));
    }

    #[test]
    fn no_quota_lies_in_another() {
        let wrong = |quotas: &[ExamQuota]| -> Vec<(String, String)> {
            check_quotas(quotas).into_iter().map(|error| (error.pointer, error.code)).collect()
        };
        assert_eq!(wrong(&[quota("330502", 1), quota("330503", 1)]), []);
        let nested = ("/quotas/1/division".to_owned(), "duplicate".to_owned());
        assert_eq!(wrong(&[quota("330502", 1), quota("330502", 1)]), slice::from_ref(&nested));
        assert_eq!(wrong(&[quota("330502", 1), quota("3305", 1)]), slice::from_ref(&nested));
        assert_eq!(wrong(&[quota("3305", 1), quota("330502", 1)]), [nested]);
        let empty = ("/quotas/0/places".to_owned(), "out-of-range".to_owned());
        assert_eq!(wrong(&[quota("330502", 0)]), [empty]);
        assert_eq!(wrong(&vec![quota("330502", 1); MAX_QUOTAS + 1]).len(), 1);
    }
}
