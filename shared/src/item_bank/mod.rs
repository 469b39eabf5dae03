//! Items: what is asked, how a response looks, and how it is scored.

mod api;
mod model;

pub use api::*;
pub use model::*;
