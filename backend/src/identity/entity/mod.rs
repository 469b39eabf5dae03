//! Rows of the feature's tables.

pub(super) mod account;
pub(super) mod login;
pub(super) mod refresh_token;
pub(super) mod role_grant;
