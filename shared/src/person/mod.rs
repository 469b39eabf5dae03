//! Persons: identity documents and their numbers, names, phones, schooling.

mod document;
mod document_type;
mod education;
mod ethnic;
mod identity_number;
mod name;

pub use document::*;
pub use document_type::*;
pub use education::*;
pub use ethnic::*;
pub use identity_number::*;
pub use name::*;

pub(crate) use document::TELLING_DIGITS;
pub(crate) use identity_number::to_half_width;
pub(crate) use name::is_invisible;
