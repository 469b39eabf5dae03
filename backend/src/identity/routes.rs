//! `/logins`, `/me`, `/accounts`, `/role_grants`, `/audit_entries` and `/privacy_notices`.

mod accounts;
mod audit_entries;
mod logins;
mod me;
mod privacy_notices;
mod role_grants;

pub use logins::{caller_of, granted_response};

use crate::platform::http::Routes;

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    logins::routes(cfg);
    me::routes(cfg);
    accounts::routes(cfg);
    role_grants::routes(cfg);
    audit_entries::routes(cfg);
    privacy_notices::routes(cfg);
}
