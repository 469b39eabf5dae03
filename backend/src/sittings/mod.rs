//! Exam sessions, registrations, the sittings made before the start, and what was recorded against the rules.

mod accommodations;
mod calendar;
mod candidates;
mod changes;
mod class_registration;
mod division_columns;
mod entity;
mod exam_rules;
mod facts;
mod forms;
mod incidents;
mod key_shares;
mod late_changes;
mod leak_trace;
mod news;
mod person_facts;
mod plan_check;
mod postponing;
mod quotas;
mod registering;
mod registrants;
mod released_keys;
mod review_routes;
mod reviews;
mod rooms;
mod routes;
mod seat_plan_routes;
mod seat_plans;
mod seat_sheets;
mod seat_sites;
mod seeing;
mod service;
mod store;
mod ticket_codes;
mod ticket_prints;
mod to_mark;
mod views;
mod watch;
mod window_routes;
mod windows;
mod work;
mod working_time;

pub use accommodations::accommodations_of;
pub use candidates::{RegisterForTest, register, sitting_of};
pub use division_columns::division_columns;
pub use facts::{
    Closing, ExamSessionFacts, SittingFacts, at_work, close_sitting, closed_after, exam_session_facts, list_sittings,
    lock_exam_session, lock_sittings, move_exam_session, propose_release, restate_closing, sitting_facts, sittings_of,
    sittings_of_account, sittings_within, start_epoch,
};
pub use incidents::{
    INCIDENT_LIFTED, INCIDENT_UPHELD, VoidingIncident, bars_of, hold_bar, hold_voiding, incidents_of, refuse_banned,
};
pub use news::{EXAM_NEWS, ExamNews, TellCandidatesByText};
pub use person_facts::person_facts;
pub use released_keys::{is_key_read_out, released_key};
pub use rooms::{
    Extended, GivenBy, RoomFacts, RoomWatch, change_seat, count_by_minute, count_by_site, count_working, pause,
    replace_watches, resume, return_time, room_of, room_of_sitting, rooms_of, seat_moves, seats_in, sitting_by_ticket,
    sitting_ids, watches_of, working_ids, working_in,
};
pub use routes::routes;
pub use seat_sheets::{RoomSheet, SeatLine, SeatSheets, note_seat_sheets, seat_sheets};
pub use seeing::{authorize_exam_session, may_see_exam_session};
pub use service::{ArmExamSession, EXAM_SESSION_ARMED, PlanExamSession, arm, arrange, create, open_registration};
pub use ticket_codes::{sitting_of_ticket, ticket_verifier};
pub use ticket_prints::{PrintOwnTicket, TicketSheet, note_ticket, own_ticket};
pub use to_mark::{give_back_marked, set_scored, take_marked};
pub use views::exam_session;
pub use work::work;

use crate::platform::sealed::SealedColumn;

/// What is sealed.
pub const SEALED: &[SealedColumn] =
    &[accommodations::SEALED_REASONS, accommodations::SEALED_ANSWERS, accommodations::SEALED_PHOTOS];
