//! The pages, by feature.

pub(crate) mod authoring;
pub(crate) mod catalogue;
mod courses;
pub(crate) mod credit_bank;
pub(crate) mod delivery;
pub(crate) mod desk;
pub(crate) mod enrolment;
mod exports;
pub(crate) mod identity;
pub(crate) mod item_bank;
pub(crate) mod learning;
pub(crate) mod marking;
pub(crate) mod not_found;
mod of_class;
pub(crate) mod organisation;
pub(crate) mod papers;
pub(crate) mod people;
mod photos;
pub(crate) mod pictures;
mod reasoned;
pub(crate) mod results;
pub(crate) mod rights;
pub(crate) mod roster;
pub(crate) mod sittings;
mod study_proof;
pub(crate) mod teaching;
mod waits;
