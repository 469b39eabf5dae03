//! The bare address of the app.

use crate::{platform::actor::Actor, shell::places};
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// Leads everybody to where their roles begin.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let actor = expect_context::<Actor>();
    view! { <Redirect path=places::home(&untrack(|| actor.roles())) /> }
}
