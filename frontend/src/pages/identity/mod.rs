//! Log-in, the first page, and one's own account.

pub(crate) mod account;
pub(crate) mod home;
pub(crate) mod login;
mod role_name;
pub(crate) mod start;

use role_name::role_name;
