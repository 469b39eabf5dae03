//! Something that is fetched: loading, failed with another try, empty, or there.

use super::{Button, EmptyState, FailureNotice};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::client::Outcome,
};
use leptos::prelude::*;

/// Shows what `resource` brings by `children`: `<AsyncView resource let:courses>…</AsyncView>`.
#[component]
pub fn AsyncView<T, F, V>(
    /// What is fetched.
    resource: LocalResource<Outcome<T>>,
    /// Whether what came is nothing to show: `is_empty=Vec::is_empty`.
    #[prop(optional)]
    is_empty: Option<fn(&T) -> bool>,
    /// What to say then; a general sentence if it is missing.
    #[prop(into, optional)]
    empty: Option<Signal<String>>,
    /// Draws it.
    children: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let i18n = use_i18n();
    let nothing = empty.unwrap_or_else(|| Signal::derive(move || t_string!(i18n, common.empty).to_owned()));
    move || match resource.get() {
        None => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
        Some(Ok(value)) if is_empty.is_some_and(|is_empty| is_empty(&value)) => {
            view! { <EmptyState text=nothing /> }.into_any()
        }
        Some(Ok(value)) => children(value).into_any(),
        Some(Err(failure)) => view! {
            <div class="stack">
                <FailureNotice failure />
                <Button on_press=move |()| resource.refetch()>{t!(i18n, common.retry)}</Button>
            </div>
        }
        .into_any(),
    }
}
