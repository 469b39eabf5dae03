//! Enrolment: a learner's record from the first four fields to the number, and the first log-in.

pub(crate) mod activate;
mod applicant;
mod draft;
pub(crate) mod list;
pub(crate) mod new;
pub(super) mod own;
pub(crate) mod record;
mod verdict;
mod way;
pub(super) mod words;

use crate::platform::{
    actor::Actor,
    client::{self, Outcome},
};
use shared::enrolment::{EnrolmentCount, RecordState};

/// How many records at the reader's places are in each state.
pub(crate) async fn counts(actor: Actor) -> Outcome<Vec<EnrolmentCount>> {
    client::get(actor, "/enrolments/counts").await
}

/// How many of them are in this one.
pub(crate) fn count_in(counts: &[EnrolmentCount], state: RecordState) -> u64 {
    counts.iter().find(|count| count.state == state).map_or(0, |count| count.records)
}
