//! The pages, by feature.

pub(crate) mod identity;
pub(crate) mod learning;
pub(crate) mod not_found;
