//! Requests and responses of `/me/courses/{id}/modules/{index}` and `/me/offline_study`.

use super::UnitView;
use crate::{
    ids::{CourseId, OfflineEntryId, UnitId},
    item_bank::Response,
    problem::FieldError,
    rights::text_enum,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Most entries of one request.
pub const MAX_OFFLINE_ENTRIES: usize = 100;

/// A module to keep on a phone: `GET /me/courses/{id}/modules/{index}`. Its pictures travel within the texts. Its `ETag`
/// stands for everything but `contact`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModulePackage {
    /// The course.
    pub course_id: CourseId,
    /// Number of the version of the course.
    pub version: i32,
    /// Which module of it, from 0.
    pub index: u16,
    /// The title of the module.
    pub title: String,
    /// Its units as they are read online, in order.
    pub units: Vec<UnitView>,
    /// The server's own note that the phone was there now. It comes back with what was studied since.
    pub contact: String,
}

/// Body of `POST /me/offline_study`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandInStudy {
    /// What the device's clock says now; the instants of the entries are on the same clock.
    pub device_now: Timestamp,
    /// The entries.
    pub entries: Vec<OfflineEntry>,
}

/// What a learner did without a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfflineEntry {
    /// Made on the device: however often it is sent, it counts once.
    pub id: OfflineEntryId,
    /// The course.
    pub course_id: CourseId,
    /// The version of it that the phone keeps.
    pub version: i32,
    /// The unit.
    pub unit_id: UnitId,
    /// The last note of the server that the phone had been there.
    pub contact: String,
    /// When it began.
    pub at: Timestamp,
    /// What was done.
    pub deed: OfflineDeed,
}

/// One deed without a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OfflineDeed {
    /// A stretch of reading.
    Read {
        /// How long, by a clock that nobody can set.
        duration_ms: u32,
        /// How far the unit has been read, in per cent.
        read_pct: u8,
    },
    /// A try at an exercise, which nobody has checked yet.
    Answered {
        /// Index of the exercise in its unit.
        exercise: u16,
        /// What the learner answered.
        response: Response,
    },
}

text_enum! {
    /// What became of an entry.
    OfflineReceipt {
        /// It is stored now; the phone may forget it.
        Recorded = "recorded",
        /// It was stored before; the phone may forget it.
        Known = "known",
        /// It was not taken; the errors say why.
        Refused = "refused",
    }
}

/// Reply of `POST /me/offline_study`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedInStudy {
    /// The note for what is studied from now on.
    pub contact: String,
    /// What became of each entry, in the order of the request.
    pub acks: Vec<OfflineAck>,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfflineAck {
    /// The entry.
    pub entry_id: OfflineEntryId,
    /// What became of it.
    pub receipt: OfflineReceipt,
    /// Seconds of reading that count; absent unless reading was recorded.
    pub credited_s: Option<u32>,
    /// Whether a try that is stored is right; absent where a person would have to say.
    pub is_right: Option<bool>,
    /// What is told of a try that is stored, as it would have been at once; absent of who is no longer in the class.
    #[serde(default)]
    pub key: Option<TryKey>,
    /// What is wrong with it; the pointers begin at the entry.
    pub errors: Vec<FieldError>,
}

/// What is told of an exercise once it was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TryKey {
    /// The right answer, as a person would write it.
    pub key_text: String,
    /// Why, as sanitised HTML.
    pub explanation_html: String,
}
