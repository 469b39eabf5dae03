//! The modules that the phone keeps: the way to them when there is no network.

use super::offline::{Keeping, KeptModule, Outbox, RecordingKeeping, RemoveModule, StudyStanding, megabytes};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::actor::Actor,
    ui::{EmptyState, Notice, PageHeading, Symbol, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::ids::UnitId;

lazy_page! {
    /// Shows them; loaded when somebody goes there.
    DownloadsPage = Downloads in study;
}

#[component]
fn Downloads() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (outbox, keeping) = (Outbox::begin(actor), Keeping::begin(actor));
    let shown = move || {
        let mut modules = keeping.modules.get()?;
        modules.sort_by(|one, other| (&one.course_title, one.index).cmp(&(&other.course_title, other.index)));
        Some(if modules.is_empty() {
            let none = Signal::derive(move || t_string!(i18n, learning.offline_downloads_none).to_owned());
            view! { <EmptyState text=none symbol=Symbol::Book /> }.into_any()
        } else {
            modules.into_iter().map(|module| view! { <Module keeping module /> }).collect_view().into_any()
        })
    };
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, learning.offline_downloads)) />
            <p class="muted">{t!(i18n, learning.offline_downloads_about)}</p>
            <StudyStanding outbox />
            <Show when=move || keeping.has_vanished.get()>
                <Notice tone=Tone::Stop>{t!(i18n, learning.offline_vanished)}</Notice>
            </Show>
            {shown}
        </main>
    }
}

/// One module with its units.
#[component]
fn Module(keeping: Keeping, module: KeptModule) -> impl IntoView {
    let i18n = use_i18n();
    let id = format!("module-{}-{}", module.course_id, module.index);
    let labelled_by = id.clone();
    let (title, course, size) = (module.title.clone(), module.course_title.clone(), megabytes(module.bytes));
    let unit = |(id, title): (UnitId, String)| {
        view! { <li class="unit-row"><A href=format!("/learn/units/{id}") attr:class="row-link">{title}</A></li> }
    };
    let units = module.units.clone().into_iter().map(unit).collect_view();
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h2 id=id>{title}</h2>
                <RemoveModule keeping module=module.clone() />
            </div>
            <p class="muted small num">{course} " · " {t!(i18n, learning.offline_kept, size = size)}</p>
            <RecordingKeeping keeping module is_reachable=true />
            <ol class="unit-list">{units}</ol>
        </section>
    }
}
