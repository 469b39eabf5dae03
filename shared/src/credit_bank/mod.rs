//! The credit bank: certificates, their audit, and what they count for.

mod api;
mod eligibility;
mod number;
mod transition;

pub use api::*;
pub use eligibility::*;
pub use number::*;
pub use transition::*;
