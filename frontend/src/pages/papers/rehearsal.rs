//! Tries a paper as a candidate sits it: the same parts, orders and ways to answer. Nothing is scored or kept.

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::delivery::{
        TriedPaper,
        paper::{PaperItem, arranged},
    },
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, DeedFailure, Look, PageHeading, focus_on},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::papers::{PackagedTools, PaperRehearsal};

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
            focus_on(".item-number");
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
            {move || tried.get().map(|tried| {
                let Tried { title, items, tools } = tried;
                view! { <TriedPaper title items tools /> }
            })}
        </main>
    }
}
