//! Accounts and log-ins.

mod api;

pub use api::*;
