//! 外部课程: activities that lie in somebody else's tool, to which learners are sent and which reports back, as LTI 1.3 and
//! its Assignment and Grade Services (AGS) 2.0 say. We are the platform (ADR 61).

mod address;
mod api;
mod assertion;
mod claims;
mod launch;
mod link;
mod score;
mod tool;

pub use address::MAX_ADDRESS_CHARS;
pub use api::*;
pub use assertion::*;
pub use claims::*;
pub use launch::*;
pub use link::*;
pub use score::*;
pub use tool::*;

use address::is_web_address;

#[cfg(test)]
mod tests;
