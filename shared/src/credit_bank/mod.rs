//! The credit bank: certificates, their audit, and what they count for.

mod api;

pub use api::*;
