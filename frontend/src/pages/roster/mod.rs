//! The survey list of a place: it comes in as files, is shared out among surveyors, and is worked on at the door.

pub(crate) mod add;
pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod checks;
mod columns;
pub(super) mod education;
pub(crate) mod entry;
mod fact_fields;
mod faults;
pub(crate) mod list;
pub(crate) mod lists;
pub(crate) mod new;
mod on_its_way;
mod progress;
pub(crate) mod rounds;
pub(crate) mod sums;
mod visit_fields;
pub(crate) mod visits;
mod words;

use crate::platform::actor::Actor;
use shared::{
    rights::{Right, places},
    roster::RosterState,
};

/// Whether the reader has this right anywhere.
fn may_anywhere(actor: Actor, right: Right) -> bool {
    actor.me().is_some_and(|me| places(&me.roles, right).next().is_some())
}

/// Whether somebody may still enrol, as far as the roster tells.
const fn may_still_enrol(state: RosterState) -> bool {
    use RosterState as State;
    !matches!(
        state,
        State::Enrolled
            | State::Studying
            | State::Completed
            | State::Verified
            | State::MovedOut
            | State::Deceased
            | State::Closed
    )
}
