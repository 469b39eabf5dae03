//! The survey list of a place: it comes in as files, is shared out among surveyors, and is worked on at the door.

pub(crate) mod batch;
mod columns;
pub(super) mod education;
mod faults;
pub(crate) mod list;
pub(crate) mod lists;
pub(crate) mod new;
mod progress;
mod visit_fields;
pub(crate) mod visits;
mod words;

use crate::platform::actor::Actor;
use shared::rights::{Right, places};

/// Whether the reader has this right anywhere.
fn may_anywhere(actor: Actor, right: Right) -> bool {
    actor.me().is_some_and(|me| places(&me.roles, right).next().is_some())
}
