//! 拨打电话: who is sent to somebody may call them before going there.

use serde::{Deserialize, Serialize};

/// Body of `POST /roster/{id}/phone_reveals`: somebody wants to call whom they are sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevealEntryPhone {
    /// What for, in one's own words; it stands in the audit log, so no number belongs into it.
    pub note: String,
}

/// What it shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryPhone {
    /// The phone, if one is recorded.
    pub phone: Option<String>,
}
