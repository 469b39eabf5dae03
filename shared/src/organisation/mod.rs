//! Divisions, providers of education, and where they teach, serve and test.

mod api;
mod closing;
mod credit_code;
mod division;
mod division_change;
mod gazetteer;
mod org_code;
mod provider;
mod validate;

pub use api::*;
pub use closing::*;
pub use credit_code::*;
pub use division::*;
pub use division_change::*;
pub use gazetteer::*;
pub use org_code::*;
pub use provider::*;
pub use validate::*;
