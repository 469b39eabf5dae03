//! Rows of the feature's tables.

pub(super) mod answer_entry;
