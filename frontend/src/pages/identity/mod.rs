//! Log-in, the first page, and one's own account.

pub(crate) mod account;
pub(crate) mod home;
pub(crate) mod login;
mod role_name;

use role_name::role_name;
