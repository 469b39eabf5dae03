//! Enrolment and the learner's record: who may enrol, how the record moves, its number, first log-in.

mod activation;
mod api;
mod attachment;
mod duty;
mod eligibility;
mod number;
mod papers;
mod record;
mod rule_change;
mod rule_duty;
mod rules;
mod school_change;

pub use activation::*;
pub use api::*;
pub use attachment::*;
pub use duty::*;
pub use eligibility::*;
pub use number::*;
pub use papers::*;
pub use record::*;
pub use rule_change::*;
pub use rule_duty::*;
pub use rules::*;
pub use school_change::*;
