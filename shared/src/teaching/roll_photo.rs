//! Photos of signed rolls: `/meetings/{id}/roll_photos`. They show names and signatures, so they are kept
//! sealed, and each look is audited.

use crate::{enrolment::MAX_ATTACHMENT_BYTES, ids::RollPhotoId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Largest file that may be sent, in bytes: that of any photo of a paper.
pub const MAX_ROLL_PHOTO_BYTES: usize = MAX_ATTACHMENT_BYTES;
/// Longest side of what is kept, in pixels: signatures can be read.
pub const MAX_ROLL_PHOTO_SIDE: u32 = 2_000;
/// Photos that one meeting may have.
pub const MAX_ROLL_PHOTOS: usize = 6;

/// A photo of the signed roll of a meeting: one of `GET /meetings/{id}/roll_photos`, the oldest first, and
/// the reply to `POST`, whose body is the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollPhotoView {
    /// The photo.
    pub id: RollPhotoId,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Its size.
    pub bytes: u32,
    /// Who added it.
    pub added_by_name: String,
    /// When.
    pub added_at: Timestamp,
}

/// Body of `POST /meetings/{id}/roll_photos/{photo_id}/remove`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RollPhotoRemoval {
    /// Why it proves nothing.
    pub reason: String,
}
