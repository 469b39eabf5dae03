//! Courses, what learners study of them, and what follows from it; classes and who is in them.

mod anomaly;
mod api;
mod attendance_rule;
mod catalogue;
mod catalogue_api;
mod class;
mod class_api;
mod daily_cap;
mod docx;
mod inquiry;
mod inquiry_api;
mod intervals;
mod mistake;
mod model;
mod standing;
mod study_note;
mod study_record;
mod validate;

pub use anomaly::*;
pub use api::*;
pub use attendance_rule::*;
pub use catalogue::*;
pub use catalogue_api::*;
pub use class::*;
pub use class_api::*;
pub use daily_cap::*;
pub use docx::*;
pub use inquiry::*;
pub use inquiry_api::*;
pub use intervals::*;
pub use mistake::*;
pub use model::*;
pub use standing::*;
pub use study_note::*;
pub use study_record::*;
pub use validate::*;
