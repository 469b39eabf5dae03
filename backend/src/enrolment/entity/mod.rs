//! Rows of the feature's tables.

pub(super) mod activation_code;
pub(super) mod enrolment_rule;
pub(super) mod learner_number_counter;
pub(super) mod record_attachment;
pub(super) mod record_step;
pub(super) mod rule_proposal;
pub(super) mod school_change;
pub(super) mod student_record;
