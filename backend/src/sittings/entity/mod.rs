//! Rows of the feature's tables.

pub(super) mod accommodation;
pub(super) mod accommodation_answer;
pub(super) mod accommodation_photo;
pub(super) mod exam_postponement;
pub(super) mod exam_session;
pub(super) mod exam_window;
pub(super) mod incident;
pub(super) mod incident_sitting;
pub(super) mod incident_step;
pub(super) mod registration;
pub(super) mod registration_withdrawal;
pub(super) mod room_watch;
pub(super) mod seat;
pub(super) mod seat_change;
pub(super) mod seat_plan;
pub(super) mod seat_plan_confirmation;
pub(super) mod sitting;
pub(super) mod sitting_change;
pub(super) mod ticket_counter;
