//! Statements on the feature's tables.

mod accounts;
mod consents;
mod devices;
mod logins;
mod passwords;
mod roles;
mod second_factors;

pub(super) use accounts::*;
pub(super) use consents::*;
pub(super) use devices::*;
pub(super) use logins::*;
pub(super) use passwords::*;
pub(super) use roles::*;
pub(super) use second_factors::*;
