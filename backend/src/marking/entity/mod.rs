//! Rows of the feature's tables.

pub(super) mod marking_claim;
pub(super) mod marking_reopening;
pub(super) mod scored_response;
