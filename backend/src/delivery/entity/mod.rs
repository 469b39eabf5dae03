//! Rows of the feature's tables.

pub(super) mod answer_entry;
pub(super) mod extension_proposal;
pub(super) mod paper_entry;
pub(super) mod room_act;
pub(super) mod sitting_presence;
pub(super) mod superseded_epoch;
