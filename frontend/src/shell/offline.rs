//! The frames of pages that work without a network: at a door, in a village hall, on the way home.

use super::{frame::Frame, read_aloud::ReadPage, staff::StaffFrame};
use crate::{
    i18n::{t, use_i18n},
    platform::{
        actor::Actor,
        client::{ApiError, Outcome},
        kept_modules,
        timing::within,
    },
    ui::{Button, FailureNotice},
};
use leptos::prelude::*;
use leptos_router::{
    components::{A, Outlet, Redirect},
    hooks::use_location,
};
use shared::ids::AccountId;
use std::time::Duration;

/// A network that takes longer to say who is there is none.
const PATIENCE: Duration = Duration::from_secs(5);

/// Stands around the pages of staff that work without a network.
#[component]
pub(crate) fn OfflineFrame() -> impl IntoView {
    let inside = || view! { <StaffFrame><Outlet /></StaffFrame> }.into_any();
    view! { <Door lets_in=anybody inside /> }
}

/// Who has work to do at a door or in a hall gathers it there.
const fn anybody(_: AccountId) -> bool {
    true
}

/// Stands around the pages on which a learner studies what the phone keeps. With a network they are pages like others.
#[component]
pub(crate) fn StudyFrame() -> impl IntoView {
    let inside = || view! { <Frame /> }.into_any();
    view! { <Door lets_in=kept_modules::has_any inside /> }
}

/// Without a network it lets in whose log-in this device keeps, if they find something; what is theirs here is shown,
/// and the server decides about everything else. The door opens once: the network that comes back takes no page away
/// from under a hand that writes.
#[component]
fn Door(
    /// Who finds something here without a network.
    lets_in: fn(AccountId) -> bool,
    /// What stands around the page when there is a network.
    inside: fn() -> AnyView,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_stay = move || actor.kept_account().is_some_and(lets_in);
    let renewed: LocalResource<Outcome<bool>> = LocalResource::new(move || async move {
        match actor.token() {
            Some(_) => Ok(true),
            None if may_stay() => within(PATIENCE, actor.renew()).await.unwrap_or(Err(ApiError::Network)),
            None => actor.renew().await,
        }
    });
    let path = use_location().pathname;
    let log_in = move || format!("/login?next={}", path.get_untracked());
    move || match renewed.get() {
        None => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
        Some(Ok(true)) => inside(),
        Some(Ok(false)) => view! { <Redirect path=log_in() /> }.into_any(),
        Some(Err(ApiError::Network)) if may_stay() => view! { <Bare /> }.into_any(),
        Some(Err(failure)) => view! {
            <main class="page narrow stack">
                <FailureNotice failure />
                <Button on_press=move |()| renewed.refetch()>{t!(i18n, common.retry)}</Button>
            </main>
        }
        .into_any(),
    }
}

/// The page without the ways to others, which do not open here.
#[component]
fn Bare() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="shell public">
            <header class="masthead no-print">
                <A href="/" attr:class="brand">
                    <img src="/icon.svg" alt="" width="32" height="32" />
                    {t!(i18n, common.app_name)}
                </A>
            </header>
            <ReadPage />
            <div id="content" class="content" tabindex="-1"><Outlet /></div>
        </div>
    }
}
