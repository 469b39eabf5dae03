//! Rows of the feature's tables.

pub(super) mod picture;
pub(super) mod recording;
pub(super) mod recording_part;
