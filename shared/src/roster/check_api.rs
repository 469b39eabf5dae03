//! What is sent and shown of the check of a roster.

use super::{RosterCheckState, RosterFinding};
use crate::{
    ids::{ProviderId, RosterCheckId, RosterEntryId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST /roster/checks`: whose roster is right. One of the two is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmRoster {
    /// The division whose office keeps the roster itself.
    pub division: Option<String>,
    /// The school that keeps it.
    pub provider_id: Option<ProviderId>,
}

/// Body of `POST /roster/checks/{id}/findings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordFinding {
    /// Who of the sample was looked at.
    pub entry_id: RosterEntryId,
    /// What was found.
    pub finding: RosterFinding,
    /// What is wrong; may be empty where nothing is.
    pub note: String,
}

/// Body of `POST /roster/checks/{id}/return`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnRoster {
    /// Why.
    pub reason: String,
}

/// A roster that was confirmed, and what the county made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RosterCheckView {
    /// The check.
    pub id: RosterCheckId,
    /// The division of the roster.
    pub division: String,
    /// The school that keeps it, if one does.
    pub provider_id: Option<ProviderId>,
    /// What the division, or the school, is called.
    pub place_name: String,
    /// Persons on the roster when it was confirmed.
    pub on_roster: u32,
    /// Persons that are looked at.
    pub sample_size: u32,
    /// What they were drawn by. Who has it can draw them: it is told to who looks at them, and to everybody once that is
    /// decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Persons of whom something was found.
    pub found: u32,
    /// Those of them of whom something is wrong.
    pub wrong: u32,
    /// Where it stands.
    pub state: RosterCheckState,
    /// What who confirmed the roster is called.
    pub confirmed_by_name: String,
    /// When.
    pub confirmed_at: Timestamp,
    /// What who decided is called; empty while nobody has.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it was returned.
    pub reason: String,
}

/// A person of the sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampledEntry {
    /// Whose lot it was; ascending from 1.
    pub position: u32,
    /// The person on the roster.
    pub entry_id: RosterEntryId,
    /// The name.
    pub name: String,
    /// What was found, once something was.
    pub finding: Option<RosterFinding>,
    /// What was noted.
    pub note: String,
    /// What who looked is called.
    pub found_by_name: String,
    /// When.
    pub found_at: Option<Timestamp>,
}
