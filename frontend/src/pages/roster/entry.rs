//! One person on the roster: where they stand, what is known of them, and what was said at each visit.

mod correct;
mod deeds;
mod facts;
mod history;
mod step;
mod visit;

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Card, Notice, PageHeading, Tone},
};
use deeds::Deeds;
use facts::{Facts, Listed};
use history::History;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    people::PersonView,
    roster::{EntryView, is_closed_after},
};

lazy_page! {
    /// The page.
    RosterEntryPage = Entry in school;
}

/// What the page shows.
#[derive(Clone)]
struct Shown {
    view: EntryView,
    /// The person, every number masked; absent for who may not see persons there.
    person: Option<PersonView>,
}

#[component]
fn Entry() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let entry = LocalResource::new(move || fetch(actor, id.get()));
    let title = Signal::derive(move || match entry.get() {
        Some(Ok(shown)) => shown.view.entry.name,
        _ => t_string!(i18n, roster.person).to_owned(),
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/roster">{t!(i18n, roster.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=entry let:shown>
                <Known shown reload=Callback::new(move |()| entry.refetch()) />
            </AsyncView>
        </main>
    }
}

async fn fetch(actor: Actor, id: String) -> Outcome<Shown> {
    let view: EntryView = client::get(actor, &format!("/roster/{id}")).await?;
    let person = client::get(actor, &format!("/people/{}", view.entry.person_id)).await.ok();
    Ok(Shown { view, person })
}

/// Whether the entry was closed by hand.
fn is_closed(entry: &EntryView) -> bool {
    is_closed_after(entry.steps.last().map(|taken| taken.step))
}

#[component]
fn Known(shown: Shown, reload: Callback<()>) -> impl IntoView {
    let Shown { view: entry, person } = shown;
    let (facts, offers) = (entry.clone(), entry.clone());
    view! {
        <ClosedBecause entry=entry.clone() />
        <Card>
            <Facts entry=facts person />
            <Deeds entry=offers reload />
        </Card>
        <Listed details=entry.details.clone() />
        <Card title=words(|locale| td_string!(locale, roster.log))>
            <History entry />
        </Card>
    }
}

/// Why nobody is sent to the person any more.
#[component]
fn ClosedBecause(entry: EntryView) -> impl IntoView {
    let i18n = use_i18n();
    let last = entry.steps.last().filter(|_| is_closed(&entry)).map(|taken| taken.reason.clone());
    last.map(|reason| {
        view! {
            <Notice tone=Tone::Wait>
                <b>{t!(i18n, roster.closed_because)}</b>
                <p>{reason}</p>
            </Notice>
        }
    })
}
