//! Marking: from a response to points.

mod api;
mod claims;
mod dimensions;
mod reopening;

pub use api::*;
pub use claims::*;
pub use dimensions::*;
pub use reopening::*;
