//! Persons: identity numbers, names, phones.

mod identity_number;
mod name;

pub use identity_number::*;
pub use name::*;
