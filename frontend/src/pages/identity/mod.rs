//! Log-in, the first page, and one's own account.

pub(crate) mod account;
pub(crate) mod asked;
mod corrections;
mod everywhere;
pub(crate) mod first_password;
pub(crate) mod home;
pub(crate) mod login;
pub(crate) mod notice;
mod password;
pub(crate) mod privacy;
mod role_name;
pub(crate) mod second_factor;

pub(crate) use role_name::role_name;
