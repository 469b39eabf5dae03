//! Somebody who was met, and whom no list names: what is known of them, and onto the roster they go.

use super::{
    fact_fields::{FactFields, FactsDraft},
    words::{intent_name, route_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, creation::CreationKey},
    ui::{AsyncView, Field, Notice, PageHeading, Select, Toasts, Tone},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_query_map},
};
use shared::{
    ids::PersonId,
    people::PersonView,
    roster::{AddToRoster, EntryFacts, EntryView, StudyRoute, UpgradeIntent},
};

lazy_page! {
    /// The page; `?person=…` names the person, who is registered already.
    AddToRosterPage = Add in school;
}

#[component]
fn Add() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let query = use_query_map();
    let id = Memo::new(move |_| query.with(|query| query.get("person").unwrap_or_default()));
    let person = LocalResource::new(move || {
        let path = format!("/people/{}", id.get());
        async move { client::get::<PersonView>(actor, &path).await }
    });
    let title = Signal::derive(move || match person.get() {
        Some(Ok(person)) => t_string!(i18n, roster.add_whom, name = person.name),
        _ => t_string!(i18n, roster.add_title).to_owned(),
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/roster">{t!(i18n, roster.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=person let:person_view>
                <Form id=person_view.id />
            </AsyncView>
        </main>
    }
}

#[component]
fn Form(id: PersonId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let draft = FactsDraft::of(EntryFacts::default());
    let (intent, route) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let checked = Checked::new(move || draft.wrong());
    let key = CreationKey::new();
    let send = Callback::new(move |()| {
        let Ok(facts) = untrack(|| draft.facts()) else { return };
        let new = AddToRoster {
            person_id: id,
            facts,
            intent: intent.with_untracked(|intent| UpgradeIntent::parse(intent)),
            study_route: route.with_untracked(|route| StudyRoute::parse(route)),
        };
        let navigate = navigate.clone();
        let adding = key.create(move |key| async move { client::create(actor, "/roster", &key, &new).await });
        checked.deed.run(adding, move |added: EntryView| {
            toasts.done(t_string!(i18n, common.done));
            navigate(&format!("/roster/{}", added.entry.id), Default::default());
        });
    });
    let refused = checked.deed.field("/person_id");
    view! {
        <CheckedForm class="card stack" checked verb=words(|locale| td_string!(locale, roster.add_do)) send>
            <Wants intent route />
            <FactFields draft checked />
            <Show when=move || refused.with(|refused| !refused.is_empty())>
                <Notice tone=Tone::Stop>{move || refused.get()}</Notice>
            </Show>
        </CheckedForm>
    }
}

/// What they want to reach, and which way.
#[component]
fn Wants(intent: RwSignal<String>, route: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let intents = move || {
        let option =
            |intent: &UpgradeIntent| (intent.as_str().to_owned(), intent_name(i18n.get_locale(), *intent).to_owned());
        UpgradeIntent::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let routes = move || {
        let option = |route: &StudyRoute| (route.as_str().to_owned(), route_name(i18n.get_locale(), *route).to_owned());
        StudyRoute::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let unknown = move || words(|locale| td_string!(locale, people.unknown));
    view! {
        <Field id="intent" label=words(|locale| td_string!(locale, roster.wants))>
            <Select value=intent options=Signal::derive(intents) empty=unknown() />
        </Field>
        <Field id="route" label=words(|locale| td_string!(locale, roster.field_study_route))>
            <Select value=route options=Signal::derive(routes) empty=unknown() />
        </Field>
    }
}
