//! Rows of the feature's tables.

pub(super) mod item;
pub(super) mod item_alike;
pub(super) mod item_attachment;
pub(super) mod item_band;
pub(super) mod item_comment;
pub(super) mod item_descriptor;
pub(super) mod item_event;
pub(super) mod item_review;
pub(super) mod item_statistic;
pub(super) mod item_text;
pub(super) mod item_trial;
pub(super) mod item_use;
pub(super) mod item_version;
pub(super) mod unread_item;
