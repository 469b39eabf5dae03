//! Tries a paper as a candidate sits it: the same parts, orders and ways to answer. Nothing is scored or kept.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::delivery::{
        AskedItem, Tools,
        paper::{PaperItem, arranged},
    },
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, DeedFailure, Look, PageHeading, focus_on},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::ItemId,
    item_bank::Response,
    papers::{PackagedTools, PaperRehearsal},
};
use std::collections::HashMap;

lazy_page! {
    /// The page.
    RehearsalPage = Rehearsal in office;
}

/// What is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tried {
    title: String,
    items: Vec<PaperItem>,
    tools: PackagedTools,
}

#[component]
fn Rehearsal() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, params) = (expect_context::<Actor>(), Deed::new(), use_params_map());
    let tried = RwSignal::new(None::<Tried>);
    let begin = move |()| {
        let id = params.with_untracked(|params| params.get("id")).unwrap_or_default();
        let path = format!("/papers/{id}/rehearsals");
        let asking = async move { client::post::<_, PaperRehearsal>(actor, &path, &serde_json::json!({})).await };
        deed.run(asking, move |PaperRehearsal { seed, package }| {
            let (title, tools) = (package.title.clone(), package.tools.clone());
            tried.set(Some(Tried { title, items: arranged(package, seed), tools }));
            focus_on("h2");
        });
    };
    let has_begun = Memo::new(move |_| tried.with(Option::is_some));
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/papers">{t!(i18n, papers.title)}</A></p>
            <PageHeading text=Signal::derive(move || t_string!(i18n, papers.rehearsal).to_owned()) />
            <p>{t!(i18n, papers.rehearsal_about)}</p>
            <DeedFailure deed />
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=begin>
                    {move || if has_begun.get() {
                        t_string!(i18n, papers.rehearsal_again)
                    } else {
                        t_string!(i18n, papers.rehearsal_begin)
                    }}
                </Button>
            </div>
            {move || tried.get().map(|tried| view! { <Sheet tried /> })}
        </main>
    }
}

/// The paper, an item at a time.
#[component]
fn Sheet(tried: Tried) -> impl IntoView {
    let i18n = use_i18n();
    let count = tried.items.len();
    let items = StoredValue::new(tried.items);
    let answers = RwSignal::new(HashMap::<ItemId, Response>::new());
    let place = RwSignal::new(0_usize);
    let go_to = move |next: usize| {
        place.set(next);
        focus_on("h2");
    };
    let shown = move || {
        let at = place.get();
        let item = items.with_value(|items| items.get(at).cloned());
        item.map(|item| view! { <One item at count answers /> })
    };
    view! {
        <section class="card stack exam-item" aria-label=tried.title>
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
        <Tools tools=tried.tools />
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
