//! The tree of divisions with the providers, points and sites in it.

mod closing;
mod division_deeds;
pub(super) mod division_field;
pub(super) mod entry_form;
pub(crate) mod exam_rooms;
pub(crate) mod exam_site;
mod place_list;
pub(crate) mod provider;
pub(super) mod schools;
pub(crate) mod service_point;
pub(super) mod steps;
pub(crate) mod teaching_point;
pub(crate) mod tree;
pub(super) mod within;
pub(super) mod words;

use crate::platform::actor::Actor;
use shared::rights::{self, Place, Right};

/// Whether the reader may use a right on what lies at `place`.
pub(super) fn may(actor: Actor, right: Right, place: &Place) -> bool {
    actor.me().is_some_and(|me| rights::allows(me.account_id, &me.roles, right, place))
}
