//! What each response is worth: by rule, and by markers who see no identity.

mod entity;
mod routes;
mod scoring;
mod service;
mod store;

pub use routes::routes;
pub use scoring::{score_exam_session, settle_due, spawn_settling};
pub use service::{MarkResponse, SeeResponses, SittingScore, mark, permit_mark, scores_of, tasks};
