//! Something that is fetched: loading, failed with another try, or there.

use super::FailureNotice;
use crate::{
    i18n::{t, use_i18n},
    platform::client::Outcome,
};
use leptos::prelude::*;

/// Shows what `resource` brings by `children`.
#[component]
pub(crate) fn AsyncView<T, V>(
    /// What is fetched.
    resource: LocalResource<Outcome<T>>,
    /// Draws it.
    children: fn(T) -> V,
) -> impl IntoView
where
    T: Clone + 'static,
    V: IntoView + 'static,
{
    let i18n = use_i18n();
    move || match resource.get() {
        None => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
        Some(Ok(value)) => children(value).into_any(),
        Some(Err(failure)) => view! {
            <div class="stack">
                <FailureNotice failure />
                <button class="button" on:click=move |_| resource.refetch()>{t!(i18n, common.retry)}</button>
            </div>
        }
        .into_any(),
    }
}
