//! Requests and responses of `/accommodations` and `/me/accommodations`.

use super::{AccommodationOffice, AccommodationState, ExamNeeds};
use crate::{ids::AccommodationId, learning::CourseLevel, people::check_reason, problem::FieldError, time::Timestamp};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Largest photo of a paper that may be sent, in bytes: as a phone takes it.
pub const MAX_ACCOMMODATION_PHOTO_BYTES: usize = 12 * 1024 * 1024;
/// Longest side of what is kept, in pixels: small print can be read.
pub const MAX_ACCOMMODATION_PHOTO_SIDE: u32 = 2_000;

/// Body of `POST /me/accommodations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAccommodation {
    /// What is needed.
    pub needs: ExamNeeds,
    /// Why; who decides reads it.
    pub reason: String,
}

impl NewAccommodation {
    /// The application in the form in which it is kept.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        match (self.needs.check(), check_reason(&self.reason, "/reason")) {
            (Ok(()), Ok(reason)) => Ok(Self { needs: self.needs, reason }),
            (needs, reason) => Err([needs.err(), reason.err()].into_iter().flatten().collect()),
        }
    }
}

/// Body of `POST /accommodations/{id}/check` and `POST /accommodations/{id}/confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccommodationDecision {
    /// Whether it is granted, as far as this office has a say.
    pub is_granted: bool,
    /// Why; who applied reads it.
    pub reason: String,
    /// The last day on which it counts; absent for good, and where it is not granted.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub until: Option<Date>,
}

/// What one office said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccommodationAnswer {
    /// Which office.
    pub office: AccommodationOffice,
    /// Whether it granted what was asked.
    pub is_granted: bool,
    /// Why.
    pub reason: String,
    /// When.
    pub decided_at: Timestamp,
    /// Who decided; not told to who applied.
    pub by_name: Option<String>,
}

/// One accommodation: `GET /accommodations/{id}` and `GET /me/accommodations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccommodationView {
    /// The accommodation.
    pub id: AccommodationId,
    /// Who applied.
    pub candidate_name: String,
    /// The school that keeps their record.
    pub provider_name: String,
    /// The level at which they study.
    pub level: CourseLevel,
    /// What they need.
    pub needs: ExamNeeds,
    /// Why, in their own words.
    pub reason: String,
    /// Where it stands.
    pub state: AccommodationState,
    /// Whether there is a photo of a paper that shows it.
    pub has_paper: bool,
    /// When it was applied for.
    pub applied_at: Timestamp,
    /// The last day on which it counts, if it does not count for good.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(default, with = "crate::time::optional_date")]
    pub until: Option<Date>,
    /// What the offices said, in order.
    pub answers: Vec<AccommodationAnswer>,
    /// The office for which the reader may decide now.
    pub turn: Option<AccommodationOffice>,
}
