//! The pages, by feature.

pub(crate) mod credit_bank;
pub(crate) mod desk;
pub(crate) mod identity;
pub(crate) mod learning;
pub(crate) mod marking;
pub(crate) mod not_found;
pub(crate) mod results;
pub(crate) mod sittings;
