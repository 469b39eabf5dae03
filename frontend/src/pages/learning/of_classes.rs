//! What the classes of a learner have for them: a card on the home of what is new, and a page of all of it.

use crate::{
    i18n::{t, use_i18n},
    platform::client::Outcome,
    ui::{AsyncView, Card, PageHeading},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The card on the home: what is `new` of all, each in its `row`, and the way to all of it, which stands alone when
/// nothing is new; nothing for who was never told anything.
pub(super) fn home_card<T, V, W>(
    all: LocalResource<Outcome<Vec<T>>>,
    title: Signal<String>,
    new: fn(Vec<T>) -> Vec<T>,
    row: impl Fn(T) -> V + Copy + Send + 'static,
    way: impl Fn() -> W + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    W: IntoView + 'static,
{
    move || {
        // The page is about the courses; without this it says a little less.
        let known = all.get()?.ok()?;
        if known.is_empty() {
            return None;
        }
        let way = view! { <p class="lone">{way()}</p> };
        let rows = new(known).into_iter().map(row).collect_view();
        if rows.is_empty() {
            return Some(way.into_any());
        }
        let card = view! {
            <Card title>
                <ul class="rows">{rows}</ul>
                {way}
            </Card>
        };
        Some(card.into_any())
    }
}

/// What a page of all of it says.
#[derive(Clone, Copy)]
pub(super) struct PageWords {
    pub(super) title: Signal<String>,
    pub(super) about: Signal<String>,
    /// Where there is nothing.
    pub(super) none: Signal<String>,
}

/// The page of all of it, each in its `row`.
pub(super) fn page_of_all<T, V>(
    all: LocalResource<Outcome<Vec<T>>>,
    words: PageWords,
    row: impl Fn(T) -> V + Copy + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let i18n = use_i18n();
    let PageWords { title, about, none } = words;
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=title />
            <p class="muted">{move || about.get()}</p>
            <AsyncView resource=all is_empty=Vec::is_empty empty=none let:all>
                <Card>
                    <ul class="rows">{all.into_iter().map(row).collect_view()}</ul>
                </Card>
            </AsyncView>
        </main>
    }
}
