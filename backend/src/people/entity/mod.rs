//! Rows of the feature's tables.

pub(super) mod correction_request;
pub(super) mod person;
pub(super) mod person_document;
pub(super) mod person_merge;
pub(super) mod person_merge_fact;
pub(super) mod person_transfer;
