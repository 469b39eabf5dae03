//! Requests and responses of `/role_grants`.

use crate::{
    ids::{AccountId, CourseId, ProviderId, RoleGrantId, ServicePointId},
    organisation::DivisionCode,
    rights::{GrantState, Place, Role},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A place as a request names it. What it lies in the server knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NamedPlace {
    /// A province, city, county or township.
    Division {
        /// Its code.
        code: DivisionCode,
    },
    /// A school or other provider.
    Provider {
        /// The provider.
        id: ProviderId,
    },
    /// A service point (受理点) that is open.
    ServicePoint {
        /// The service point.
        id: ServicePointId,
    },
    /// A course of the catalogue.
    Course {
        /// The course.
        id: CourseId,
    },
}

/// Body of `POST /role_grants`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRoleGrant {
    /// Who is to hold the role.
    pub account_id: AccountId,
    /// The role.
    pub role: Role,
    /// Where.
    pub place: NamedPlace,
}

/// Body of `POST /role_grants/{id}/end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndRoleGrant {
    /// Why.
    pub reason: String,
}

/// One role that somebody holds, held or is to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleGrantView {
    /// The grant.
    pub id: RoleGrantId,
    /// Whose role it is.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// Their account name.
    pub login_name: String,
    /// The role.
    pub role: Role,
    /// Where it is held.
    pub place: Place,
    /// The same in words.
    pub place_name: String,
    /// Where it stands.
    pub state: GrantState,
    /// When it was granted.
    pub granted_at: Timestamp,
    /// Who granted it; nobody if it came with the system.
    pub granted_by: Option<String>,
    /// Who was the second person.
    pub confirmed_by: Option<String>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub ended_because: Option<String>,
    /// Whether the reader may be the second person.
    pub may_confirm: bool,
    /// Whether the reader may end it.
    pub may_end: bool,
}
