//! Rows of the feature's tables.

pub(super) mod assembly;
pub(super) mod assembly_commitment;
pub(super) mod assembly_disclosure;
pub(super) mod assembly_paper;
pub(super) mod blueprint;
pub(super) mod key_ceremony;
pub(super) mod key_share;
pub(super) mod paper;
pub(super) mod paper_item;
pub(super) mod paper_opening;
pub(super) mod paper_use;
