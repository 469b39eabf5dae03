//! Rows of the feature's tables.

pub(super) mod division;
pub(super) mod division_change;
pub(super) mod exam_room;
pub(super) mod exam_site;
pub(super) mod org_code_counter;
pub(super) mod provider;
pub(super) mod service_point;
pub(super) mod teaching_point;
