//! Persons: identity documents and their numbers, names, phones.

mod document;
mod document_type;
mod identity_number;
mod name;

pub use document::*;
pub use document_type::*;
pub use identity_number::*;
pub use name::*;
