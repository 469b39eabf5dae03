//! Persons as they are kept: who they are, where they belong, and how they move.

mod api;
mod check;
mod correction;
mod correction_api;
mod correction_due;
mod merge;
mod merge_api;
mod place;
mod state;
mod transfer;

pub use api::*;
pub use check::*;
pub use correction::*;
pub use correction_api::*;
pub use correction_due::*;
pub use merge::*;
pub use merge_api::*;
pub use place::*;
pub use state::*;
pub use transfer::*;
