//! Numbered Chinese text.

pub(super) mod words;
