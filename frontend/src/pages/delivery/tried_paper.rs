//! A paper that is tried as a candidate sits it: the same items and ways to answer. Nothing is scored or kept.

use super::{item::AskedItem, paper::PaperItem, tools::Tools};
use crate::{
    i18n::{t, use_i18n},
    ui::{Button, Look, focus_on},
};
use leptos::prelude::*;
use shared::{ids::ItemId, item_bank::Response, papers::PackagedTools};
use std::collections::HashMap;

/// The paper, an item at a time.
#[component]
pub(in crate::pages) fn TriedPaper(
    /// What it is called.
    title: String,
    /// Its items, in the order in which they are tried.
    items: Vec<PaperItem>,
    /// What lies beside it.
    tools: PackagedTools,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = items.len();
    let items = StoredValue::new(items);
    let answers = RwSignal::new(HashMap::<ItemId, Response>::new());
    let place = RwSignal::new(0_usize);
    let go_to = move |next: usize| {
        place.set(next);
        focus_on(".item-number");
    };
    let shown = move || {
        let at = place.get();
        let item = items.with_value(|items| items.get(at).cloned());
        item.map(|item| view! { <One item at count answers /> })
    };
    view! {
        <section class="card stack exam-item" aria-label=title>
            {shown}
            <div class="moves">
                <Show when=move || place.get() != 0 fallback=|| view! { <span></span> }>
                    <Button on_press=move |()| go_to(place.get_untracked().saturating_sub(1))>
                        {t!(i18n, delivery.previous)}
                    </Button>
                </Show>
                <Show when=move || place.get() + 1 != count fallback=|| view! { <span></span> }>
                    <Button look=Look::Primary on_press=move |()| go_to(place.get_untracked() + 1)>
                        {t!(i18n, delivery.next)}
                    </Button>
                </Show>
            </div>
        </section>
        <Tools tools />
    }
}

/// One item, with the answer that stays in this page.
#[component]
fn One(item: PaperItem, at: usize, count: usize, answers: RwSignal<HashMap<ItemId, Response>>) -> impl IntoView {
    let i18n = use_i18n();
    let (item_id, points) = (item.id, item.points.to_string());
    let response = Signal::derive(move || answers.with(|answers| answers.get(&item_id).cloned()));
    let answer = move |response: Response| {
        answers.update(|answers| match response {
            Response::Cleared => drop(answers.remove(&item_id)),
            response => drop(answers.insert(item_id, response)),
        });
    };
    view! {
        <div class="row spread">
            <h2 class="item-number" tabindex="-1">{t!(i18n, delivery.item_of, number = at + 1, count = count)}</h2>
            <span class="muted small">{t!(i18n, delivery.points, points = points)}</span>
        </div>
        <AskedItem item id=format!("item-{}", at + 1) response on_change=answer disabled=Signal::stored(false) />
    }
}
