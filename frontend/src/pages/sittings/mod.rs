//! Exam sessions: planned and run by administrators, registered for by learners.

pub(crate) mod accommodation;
mod accommodation_words;
pub(crate) mod accommodations;
pub(super) mod called_off;
pub(crate) mod edit;
pub(crate) mod incident;
pub(super) mod incident_news;
mod incident_words;
pub(crate) mod incidents;
pub(crate) mod leak_trace;
pub(crate) mod list;
mod my_accommodations;
pub(crate) mod my_exams;
pub(super) mod my_incidents;
pub(crate) mod new;
mod next;
mod put_right;
pub(crate) mod record_incident;
mod sealed_paper;
mod seat_map;
pub(crate) mod seat_plan;
pub(crate) mod seat_plans;
pub(crate) mod session;
pub(crate) mod sign_in;
mod state;
mod step;
pub(crate) mod watch;
