//! The credit bank: certificates, their audit, and what they count for.

mod api;
mod claims;
mod credential;
mod eligibility;
mod graduation;
mod graduation_api;
mod jcs;
mod number;
mod revocation;
mod status;
mod study_proof;
mod transition;

pub use api::*;
pub use claims::*;
pub use credential::*;
pub use eligibility::*;
pub use graduation::*;
pub use graduation_api::*;
pub use jcs::*;
pub use number::*;
pub use revocation::*;
pub use status::*;
pub use study_proof::*;
pub use transition::*;
