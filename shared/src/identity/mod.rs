//! Accounts and log-ins.

mod api;
mod login;

pub use api::*;
pub use login::*;
