//! Rows of the feature's tables.

pub(super) mod holiday;
pub(super) mod meeting;
pub(super) mod meeting_change;
pub(super) mod meeting_makeup;
pub(super) mod meeting_notice;
pub(super) mod roll_call_entry;
pub(super) mod roll_photo;
pub(super) mod room;
pub(super) mod skill_certificate;
pub(super) mod skill_photo;
pub(super) mod skill_training;
pub(super) mod timetable_lock;
