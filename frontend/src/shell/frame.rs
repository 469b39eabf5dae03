//! The frame of a page for people who are logged in: the learner's or the staff's.

use super::{SignedIn, learner::LearnerFrame, places, staff::StaffFrame};
use crate::platform::actor::Actor;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::{Outlet, Redirect},
    hooks::use_location,
    location::Location,
};

/// Stands around every route inside it; picks the layout by role.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    view! { <SignedIn><Informed /></SignedIn> }
}

/// Leads who has not agreed to the privacy notice in force to where they are asked, which brings them back. Their own
/// data they reach without it. The exam player and what is open without a network stand in no such frame: nobody is
/// stopped in a test, at a door or in the middle of a roll-call.
#[component]
fn Informed() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let Location { pathname: path, hash, .. } = use_location();
    let is_due = Memo::new(move |_| {
        let is_open = path.with(|path| path == places::OWN_PRIVACY);
        !is_open && actor.me().is_some_and(|me| me.is_notice_due)
    });
    let ask = move || format!("{}?next={}{}", places::NOTICE, path.get_untracked(), hash.get_untracked());
    move || {
        if is_due.get() {
            let options = NavigateOptions { replace: true, ..Default::default() };
            view! { <Redirect path=ask() options /> }.into_any()
        } else {
            view! { <ByRole /> }.into_any()
        }
    }
}

#[component]
fn ByRole() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let is_learner = Memo::new(move |_| places::is_learner_only(&actor.roles()));
    move || {
        if is_learner.get() {
            view! { <LearnerFrame><Outlet /></LearnerFrame> }.into_any()
        } else {
            view! { <StaffFrame><Outlet /></StaffFrame> }.into_any()
        }
    }
}
