//! Rows of the feature's tables.

pub(super) mod certificate;
pub(super) mod certificate_counter;
pub(super) mod certificate_event;
pub(super) mod diploma;
pub(super) mod diploma_extract;
pub(super) mod diploma_revocation;
pub(super) mod graduation_batch;
pub(super) mod graduation_member;
pub(super) mod graduation_rule;
pub(super) mod graduation_rule_proposal;
pub(super) mod revocation_proposal;
pub(super) mod study_proof;
