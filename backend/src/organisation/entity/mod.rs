//! Rows of the feature's tables.

pub(super) mod division;
pub(super) mod provider;
