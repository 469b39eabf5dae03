//! The frame of a page for people who are logged in: the learner's or the staff's.

use super::{SignedIn, learner::LearnerFrame, places, staff::StaffFrame};
use crate::platform::actor::Actor;
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// Stands around every route inside it; picks the layout by role.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    view! { <SignedIn><ByRole /></SignedIn> }
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
