//! The request that closes an entry or opens it again, and what is shown of it.

use super::RosterStep;
use crate::{ids::AccountId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A step of an entry that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RosterStepView {
    /// The step.
    pub step: RosterStep,
    /// Why.
    pub reason: String,
    /// Who took it.
    pub taken_by: AccountId,
    /// When.
    pub taken_at: Timestamp,
}

/// Somebody who had a hand in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RosterHand {
    /// The account.
    pub account_id: AccountId,
    /// The name.
    pub name: String,
}

/// Body of `POST /roster/{id}/steps`, with `If-Match` and `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakeRosterStep {
    /// The step.
    pub step: RosterStep,
    /// Why.
    pub reason: String,
}
