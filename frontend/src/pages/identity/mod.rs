//! Log-in, home and account.

pub(crate) mod account;
pub(crate) mod home;
pub(crate) mod login;
mod role_name;
mod signed_in;

use role_name::role_name;
use signed_in::SignedIn;
