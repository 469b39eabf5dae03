//! Scores and their release.

mod entity;
mod routes;
mod service;
mod store;

pub use routes::routes;
pub use service::{ReleaseResults, ReleasedResult, release, released, released_for, released_in};
