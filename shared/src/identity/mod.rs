//! Accounts and log-ins.

mod accounts;
mod api;
mod audit;
mod grants;
mod idle;
mod login;
mod login_name;
mod password;
mod privacy;
mod second_factor;
mod standing;

pub use accounts::*;
pub use api::*;
pub use audit::*;
pub use grants::*;
pub use idle::*;
pub use login::*;
pub use login_name::*;
pub use password::*;
pub use privacy::*;
pub use second_factor::*;
pub use standing::*;
