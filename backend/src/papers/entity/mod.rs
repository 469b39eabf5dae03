//! Rows of the feature's tables.

pub(super) mod paper;
pub(super) mod paper_item;
