//! `/logins`, `/me`, `/accounts`, `/role_grants` and `/audit_entries`.

mod accounts;
mod audit_entries;
mod logins;
mod me;
mod role_grants;

use utoipa_actix_web::service_config::ServiceConfig;

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    logins::routes(cfg);
    me::routes(cfg);
    accounts::routes(cfg);
    role_grants::routes(cfg);
    audit_entries::routes(cfg);
}
