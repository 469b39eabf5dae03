//! Exam sessions: planning, registration, and the sittings that follow.

mod accommodation;
mod accommodation_api;
mod api;
mod class_registration;
mod incident;
mod incident_api;
mod late_change;
mod leak_api;
mod leak_trace;
mod plan_check;
mod registration;
mod rehearsal;
mod seat_plan;
mod seat_plan_api;
mod seating;
mod ticket;
mod transition;
mod watch;

pub use accommodation::*;
pub use accommodation_api::*;
pub use api::*;
pub use class_registration::*;
pub use incident::*;
pub use incident_api::*;
pub use late_change::*;
pub use leak_api::*;
pub use leak_trace::*;
pub use plan_check::*;
pub use registration::*;
pub use rehearsal::*;
pub use seat_plan::*;
pub use seat_plan_api::*;
pub use seating::*;
pub use ticket::*;
pub use transition::*;
pub use watch::*;
