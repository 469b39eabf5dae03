//! Divisions and providers.

mod credit_code;
mod division;
mod gazetteer;
mod provider;

pub use credit_code::*;
pub use division::*;
pub use gazetteer::*;
pub use provider::*;
