//! Rows of the feature's tables.

pub(super) mod text_message;
