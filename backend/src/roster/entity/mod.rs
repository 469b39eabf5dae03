//! Rows of the feature's tables.

pub(super) mod roster_assignment;
pub(super) mod roster_batch;
pub(super) mod roster_check;
pub(super) mod roster_check_entry;
pub(super) mod roster_correction;
pub(super) mod roster_entry;
pub(super) mod roster_faulty_row;
pub(super) mod roster_file_part;
pub(super) mod roster_learner;
pub(super) mod roster_round;
pub(super) mod roster_round_entry;
pub(super) mod roster_step;
pub(super) mod roster_upload_part;
pub(super) mod roster_visit;
