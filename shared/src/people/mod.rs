//! Persons as they are kept: who they are, where they belong, and how they move.

mod api;
mod check;
mod place;
mod transfer;

pub use api::*;
pub use check::*;
pub use place::*;
pub use transfer::*;
