//! Text messages (短信) to persons: of which kinds they are, when one is sent, tried again or given up, and
//! how many somebody may get.

mod api;
mod limits;
mod sending;

pub use api::*;
pub use limits::*;
pub use sending::*;
