//! Persons: identity numbers, names, phones.

mod document;
mod name;

pub use document::*;
pub use name::*;
