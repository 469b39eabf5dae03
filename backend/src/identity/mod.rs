//! Accounts, log-ins and roles.

mod accounts;
mod activation;
mod actors;
mod audit;
mod devices;
mod entity;
mod failures;
mod grants;
mod hashing;
mod login_names;
mod logins;
mod me;
mod notices;
mod operator;
mod passwords;
mod privacy;
mod renewal;
mod roles;
mod routes;
mod second_factor;
mod staff;
mod store;
mod sweep;
mod ticket_logins;
mod token;
mod tries;
mod work;

pub use accounts::{
    NewAccount, close_account, create_account, find_by_name, hash_for, hold_identity_is_verified, hold_name_of,
    identity_is_verified, name_of, names_of, rename, reopen_account,
};
pub use activation::set_credentials;
pub use audit::{AuditQuery, list as audit_entries};
pub use grants::{GrantsQuery, list as role_grants};
pub use hashing::Hashing;
pub use logins::{Caller, Granted, Identity, keep_busy};
pub use operator::{add_security_administrator, reset_account};
pub use privacy::{CONSENT_DECLINED, consents, declines, declining, state as state_consent};
pub use roles::{
    end_role, end_roles_at, grant_role, grant_role_by, holders_of, may, move_roles_of_schools, who_may, who_may_at,
};
pub use routes::{caller_of, granted_response, routes};
pub use second_factor::{keys_of_secrets, renew_secrets};
pub use staff::{AccountsQuery, list as accounts_within};
pub use sweep::{forget_logins, forget_tokens};
pub use ticket_logins::TicketHolder;
pub use work::work;
