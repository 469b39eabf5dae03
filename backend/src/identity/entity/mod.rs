//! Rows of the feature's tables.

pub(super) mod account;
pub(super) mod consent_entry;
pub(super) mod former_password;
pub(super) mod known_device;
pub(super) mod login;
pub(super) mod recovery_code;
pub(super) mod refresh_token;
pub(super) mod role_grant;
pub(super) mod second_factor;
