//! Enrolment and the learner's record: who may enrol, how the record moves, its number, first log-in.

mod activation;
mod eligibility;
mod number;
mod record;
mod rules;

pub use activation::*;
pub use eligibility::*;
pub use number::*;
pub use record::*;
pub use rules::*;
