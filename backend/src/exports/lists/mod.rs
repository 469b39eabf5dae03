//! Lists of the features above this one, which know nothing of files: roles, and providers with what is theirs.

mod grants;
mod places;
mod routes;

pub use routes::routes;
