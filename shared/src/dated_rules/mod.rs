//! Dated rules (DOMAIN §1.9): each holds in a region from a day on. A new one is proposed by one person of the office
//! that keeps them, approved by another, and in force from a day to come; what has begun is never changed.
//!
//! What rules say is told by who goes by them: `enrolment` and `learning`.

mod holding;
mod proposal;

pub use holding::*;
pub use proposal::*;
