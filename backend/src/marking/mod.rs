//! What each response is worth: by rule, and by markers who see no identity.

mod claims;
mod entity;
mod jobs;
mod leading;
mod routes;
mod scoring;
mod service;
mod store;

pub use claims::{ClaimResponses, claim};
pub use jobs::SettleExamSession;
pub use routes::routes;
pub use scoring::score_exam_session;
pub use service::{
    MarkResponse, ResponseOnSheet, ScoredResponse, SittingScore, mark, permit_mark, scored_responses, scores_of,
    sheet_of,
};
