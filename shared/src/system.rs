//! The running system, as its administrator sees it: `GET /system`. No person and no secret is in it.

use crate::jobs::JobView;
use serde::{Deserialize, Serialize};

/// How many sealed values a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyUse {
    /// The number of the key; 0 is the one key of the time before there were several.
    pub key: u32,
    /// How many values it opens. The file of a key that opens none may be put away.
    pub values: u64,
}

/// Work that waits, and work that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueDepths {
    /// Jobs that wait for a node, for their time, or for their next try.
    pub jobs_waiting: u64,
    /// Jobs that a node works on.
    pub jobs_running: u64,
    /// Jobs that were given up in the last seven days.
    pub jobs_given_up: u64,
    /// Events that wait to be passed on.
    pub events_waiting: u64,
    /// Text messages that wait to be handed over, or are being handed over.
    pub texts_waiting: u64,
    /// Text messages of the last seven days that were given up.
    pub texts_given_up: u64,
}

/// A setting in force. Of what holds a secret it says only that it is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingInForce {
    /// Its name, as it stands in the file of settings.
    pub name: String,
    /// What is in force; empty if it is not set.
    pub value: String,
}

/// The running system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SystemView {
    /// The key that seals now.
    pub current_key: u32,
    /// Whether a rotation makes the next key. Of several nodes none does: its file is brought to all of them first.
    pub makes_keys: bool,
    /// The rotation that was asked for last; its steps are chunks.
    pub rotation: Option<JobView>,
    /// The count of what each key opens that was asked for last; what it brings is a list of [`KeyUse`].
    pub key_count: Option<JobView>,
    /// What waits.
    pub queues: QueueDepths,
    /// The settings in force, by name.
    pub settings: Vec<SettingInForce>,
}
