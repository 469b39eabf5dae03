//! Rows of the feature's tables.

pub(super) mod certificate;
pub(super) mod certificate_counter;
pub(super) mod certificate_event;
pub(super) mod revocation_proposal;
pub(super) mod study_proof;
