//! The audit log, as who reads it sees it.

use crate::{ids::AccountId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// One fact that a deed noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditNote {
    /// What it is about.
    pub name: String,
    /// What was noted. Numbers of persons stand in it masked, if at all.
    pub value: String,
}

/// One entry of the audit log: `GET /audit_entries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntryView {
    /// Its number in the chain; the first is 1.
    pub seq: i64,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it; nobody if the system did.
    pub actor_id: Option<AccountId>,
    /// Their name.
    pub display_name: Option<String>,
    /// Their account name.
    pub login_name: Option<String>,
    /// The right that was used. A text, because the log keeps rights that there are no longer.
    pub right: String,
    /// What it was used on.
    pub target: String,
    /// The request or the job in which it was done.
    pub request_id: String,
    /// What was noted.
    pub notes: Vec<AuditNote>,
}

/// What is found of a part of the chain: `GET /audit_entries/check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditCheck {
    /// How many entries of this part are as they were written.
    pub checked: u64,
    /// The first that is not, or that is missing; what comes after it is not looked at.
    pub broken_seq: Option<i64>,
    /// Where the next part begins; absent when the chain is at its end or broken.
    pub next_cursor: Option<String>,
}
