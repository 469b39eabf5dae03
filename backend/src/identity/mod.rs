//! Accounts, log-ins and roles.

mod activation;
mod entity;
mod routes;
mod service;
mod store;
mod token;

pub use activation::set_credentials;
pub use routes::routes;
pub use service::{
    Identity, NewAccount, create_account, end_role, find_by_name, grant_role, hash_for, identity_is_verified, may,
    name_of, names_of, who_may, who_may_at,
};
