//! Where roles are held and things lie.

use crate::ids::{AccountId, ClassId, CourseId, ProviderId, ServicePointId};
use serde::{Deserialize, Serialize};

/// Where a role is held, or where a thing lies.
///
/// Divisions are codes of GB/T 2260: province `33`, city `3305`, county `330502`, township
/// `330502104`. A prefix contains everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// A province, city, county or township, by its significant digits.
    Division {
        /// The significant digits of the division's code.
        code: String,
    },
    /// One school or other provider, and the township it lies in.
    Provider {
        /// The provider.
        id: ProviderId,
        /// The significant digits of its division's code.
        division: String,
    },
    /// One class of a provider, and the township that the provider lies in.
    Class {
        /// The class.
        id: ClassId,
        /// The provider whose class it is.
        provider: ProviderId,
        /// The significant digits of the provider's division's code.
        division: String,
    },
    /// One service point of the credit bank (受理点). Who serves there serves the whole division of its provider.
    ServicePoint {
        /// The service point.
        id: ServicePointId,
        /// The provider that runs it.
        provider: ProviderId,
        /// The significant digits of the provider's division's code.
        serves: String,
    },
    /// One course of the catalogue, with its items; nothing of the division that the catalogue lies in.
    Course {
        /// The course.
        id: CourseId,
        /// The significant digits of the code of the division whose catalogue it is.
        division: String,
    },
    /// One person's own things.
    Own {
        /// Whose they are.
        account: AccountId,
    },
}

impl Place {
    /// A division by its code, trailing zeros allowed: `330000` is `33`.
    #[must_use]
    pub fn division(code: &str) -> Self {
        let significant = match code.trim_end_matches('0').len() {
            0..=2 => 2,
            3..=4 => 4,
            5..=6 => 6,
            _ => 9,
        };
        Self::Division { code: code.chars().take(significant).collect() }
    }

    /// Whether everything at `other` is also here.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Division { code },
                Self::Division { code: below }
                | Self::Provider { division: below, .. }
                | Self::Class { division: below, .. }
                | Self::ServicePoint { serves: below, .. }
                | Self::Course { division: below, .. },
            )
            | (
                Self::ServicePoint { serves: code, .. },
                Self::Division { code: below }
                | Self::Provider { division: below, .. }
                | Self::Class { division: below, .. },
            ) => below.starts_with(code.as_str()),
            (
                Self::Provider { id, .. },
                Self::Provider { id: other, .. }
                | Self::Class { provider: other, .. }
                | Self::ServicePoint { provider: other, .. },
            ) => id == other,
            (Self::ServicePoint { id, .. }, Self::ServicePoint { id: other, .. }) => id == other,
            (Self::Class { id, .. }, Self::Class { id: other, .. }) => id == other,
            (Self::Course { id, .. }, Self::Course { id: other, .. }) => id == other,
            (Self::Own { account }, Self::Own { account: other }) => account == other,
            _ => false,
        }
    }
}
