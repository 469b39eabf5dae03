//! Rows of the feature's tables.

pub(super) mod result;
pub(super) mod result_correction;
pub(super) mod score_recheck;
