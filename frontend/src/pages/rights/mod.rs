//! Who may do what, where, and the accounts of staff: pages of who keeps them. And who did what: the page of who
//! reads the audit log, and the system for who keeps it.

mod account_row;
pub(crate) mod accounts;
pub(crate) mod audit;
mod audit_check;
mod audit_row;
mod course_limit;
pub(crate) mod grant;
mod grant_row;
pub(crate) mod list;
mod meaning;
mod new_account;
mod place_picker;
mod point_picker;
mod reason;
mod reset;
mod right_name;
pub(crate) mod system;
mod words;

use crate::{
    i18n::{t_string, use_i18n},
    platform::actor::Actor,
};
use leptos::prelude::*;
use shared::rights::{Right, places};

/// Whether the reader has a right at any place.
fn may_anywhere(actor: Actor, right: Right) -> bool {
    actor.me().is_some_and(|me| places(&me.roles, right).next().is_some())
}

/// What is wrong with a field that must be filled in: that it is not, once it was sent, or what the
/// server said.
fn required(
    was_sent: RwSignal<bool>,
    is_missing: impl Fn() -> bool + Send + Sync + 'static,
    said: Signal<String>,
) -> Signal<String> {
    let i18n = use_i18n();
    Signal::derive(move || match was_sent.get() && is_missing() {
        true => t_string!(i18n, common.required).to_owned(),
        false => said.get(),
    })
}
