//! Enrolment: a learner's record from the first four fields to the number, and the first log-in.

pub(crate) mod activate;
mod applicant;
pub(crate) mod class_slips;
mod draft;
pub(crate) mod list;
pub(crate) mod new;
pub(super) mod own;
pub(crate) mod record;
pub(crate) mod rules;
pub(crate) mod school_changes;
pub(super) mod stayed;
mod verdict;
mod way;
pub(super) mod words;

use shared::enrolment::{EnrolmentCount, RecordState};

/// How many of the counted records are in this state.
fn count_in(counts: &[EnrolmentCount], state: RecordState) -> u64 {
    counts.iter().find(|count| count.state == state).map_or(0, |count| count.records)
}
