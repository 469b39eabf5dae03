//! Courses, what learners study of them, and what follows from it; classes, timetables, attendance.

mod api;
mod attendance;
mod check_in;
mod class;
mod intervals;
mod model;
mod standing;
mod timetable;
mod validate;

pub use api::*;
pub use attendance::*;
pub use check_in::*;
pub use class::*;
pub use intervals::*;
pub use model::*;
pub use standing::*;
pub use timetable::*;
pub use validate::*;
