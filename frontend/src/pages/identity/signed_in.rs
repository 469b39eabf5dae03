//! Pages for people who are logged in.

use crate::{
    i18n::{t, use_i18n},
    platform::{actor::Actor, client::Outcome},
    ui::FailureNotice,
};
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// Shows its children to somebody who is logged in; sends others to the log-in page.
#[component]
pub(crate) fn SignedIn(children: ChildrenFn) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let renewed: LocalResource<Outcome<bool>> =
        LocalResource::new(move || async move { if actor.token().is_some() { Ok(true) } else { actor.renew().await } });
    let children = StoredValue::new(children);
    move || {
        if actor.me().is_some() {
            return children.with_value(|children| children()).into_any();
        }
        match renewed.get() {
            None => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
            Some(Ok(_)) => view! { <Redirect path="/login" /> }.into_any(),
            Some(Err(failure)) => view! {
                <main class="page narrow stack">
                    <FailureNotice failure />
                    <button class="button" on:click=move |_| renewed.refetch()>{t!(i18n, common.retry)}</button>
                </main>
            }
            .into_any(),
        }
    }
}
