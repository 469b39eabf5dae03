//! Lists of the features above this one, which know nothing of files: accounts, roles, the audit log, and providers with
//! what is theirs.

mod accounts;
mod audit;
mod grants;
mod places;
mod routes;

pub use routes::routes;
