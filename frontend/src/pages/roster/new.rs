//! Uploading a survey list, and the empty list to fill in.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::{division_field::named, words::words},
        roster::on_its_way::OnItsWay,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        file,
    },
    ui::{
        AsyncView, Button, Card, DeedFailure, Dropped, EmptyState, Field, FileDrop, Icon, Look, PageHeading, Select,
        Symbol, focus_first_wrong,
    },
};
use js_sys::encode_uri_component;
use leptos::{html, prelude::*};
use leptos_router::{components::A, hooks::use_navigate};
use shared::{
    organisation::ProviderView,
    rights::{Place, Right, places},
    roster::{MAX_LIST_BYTES, UploadedList},
};

lazy_page! {
    /// The page.
    NewRosterListPage = NewList in school;
}

/// The kind of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[component]
fn NewList() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let homes = LocalResource::new(move || homes(actor, Right::ImportRoster));
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/roster/lists">{t!(i18n, roster.lists_title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, roster.upload)) />
            <AsyncView resource=homes let:homes>
                {if homes.is_empty() {
                    view! { <EmptyState text=words(|locale| td_string!(locale, roster.not_yours)) /> }.into_any()
                } else {
                    view! { <Upload homes /><Template /> }.into_any()
                }}
            </AsyncView>
        </main>
    }
}

/// Where the reader has this right over a roster: the query that says so, and the name of the place.
pub(super) async fn homes(actor: Actor, right: Right) -> Outcome<Vec<(String, String)>> {
    let held: Vec<Place> = actor.me().map(|me| places(&me.roles, right).cloned().collect()).unwrap_or_default();
    let mut homes = Vec::new();
    for place in held {
        match place {
            Place::Provider { id, .. } => {
                let provider: ProviderView = client::get(actor, &format!("/providers/{id}")).await?;
                homes.push((format!("provider_id={id}"), provider.name));
            }
            Place::Division { code } => homes.push((format!("division={code}"), named(actor, code).await?.name)),
            Place::Class { .. } | Place::ServicePoint { .. } | Place::Course { .. } | Place::Own { .. } => {}
        }
    }
    Ok(homes)
}

/// Chooses a file, and the place if there are several.
#[component]
fn Upload(homes: Vec<(String, String)>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, navigate) = (expect_context::<Actor>(), Deed::new(), use_navigate());
    let home = RwSignal::new(homes.first().map(|(query, _)| query.clone()).unwrap_or_default());
    let input = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(None::<Wrong>);
    let on_its_way = OnItsWay::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = input.get_untracked().and_then(|input| file::chosen(&input));
        let Some(chosen) = chosen else {
            wrong.set(Some(Wrong::Missing));
            return focus_first_wrong();
        };
        if chosen.size() > MAX_LIST_BYTES as f64 {
            wrong.set(Some(Wrong::TooLarge));
            return focus_first_wrong();
        }
        wrong.set(None);
        let name = String::from(encode_uri_component(&chosen.name()));
        let path = format!("/roster/batches?{}&file_name={name}", home.get_untracked());
        let navigate = navigate.clone();
        deed.run(on_its_way.send(actor, path, chosen), move |uploaded: UploadedList| {
            navigate(&format!("/roster/lists/{}", uploaded.batch.id), Default::default());
        });
    };
    let choose = move || {
        wrong.set(None);
        on_its_way.begin_again();
    };
    let take = move |dropped: Dropped| match dropped {
        Dropped::Chosen => choose(),
        Dropped::NotOne => wrong.set(Some(Wrong::NotOne)),
    };
    let said = deed.field("/file");
    let error = Signal::derive(move || match wrong.get() {
        Some(Wrong::Missing) => t_string!(i18n, roster.file_missing).to_owned(),
        Some(Wrong::TooLarge) => t_string!(i18n, roster.file_too_large).to_owned(),
        Some(Wrong::NotOne) => t_string!(i18n, roster.file_not_one).to_owned(),
        None => said.get(),
    });
    let has_error = Signal::derive(move || error.with(|error| !error.is_empty()));
    let has_several = homes.len() > 1;
    let homes = StoredValue::new(homes);
    view! {
        <Card>
            <form class="stack" novalidate on:submit=send>
                {has_several.then(|| view! {
                    <Field id="home" label=words(|locale| td_string!(locale, roster.home))>
                        <Select value=home options=Signal::derive(move || homes.get_value()) />
                    </Field>
                })}
                <div class="field">
                    <label for="file">{t!(i18n, roster.file)}</label>
                    <p class="hint" id="file-hint">{t!(i18n, roster.file_hint)}</p>
                    <FileDrop input on_drop=take is_busy=deed.is_busy()>
                        <input
                            node_ref=input
                            id="file"
                            type="file"
                            accept=".xlsx,.xls,.csv"
                            disabled=move || deed.is_busy().get()
                            aria-describedby="file-hint file-error"
                            aria-invalid=move || has_error.get().then_some("true")
                            on:change=move |_| choose()
                        />
                        <p class="hint by-mouse">{t!(i18n, roster.file_drop)}</p>
                    </FileDrop>
                    <p class="error" id="file-error">{move || error.get()}</p>
                </div>
                <p class="hint" role="status">
                    {move || {
                        let parts = on_its_way.parts();
                        parts.map(|(done, count)| t_string!(i18n, roster.upload_part, done = done, count = count))
                    }}
                </p>
                <Show when=move || !has_error.get()><DeedFailure deed /></Show>
                <div class="row">
                    <Button look=Look::Primary is_submit=true is_busy=deed.is_busy()>
                        {t!(i18n, roster.upload_do)}
                    </Button>
                </div>
            </form>
        </Card>
    }
}

/// Why a file is not sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// None was chosen.
    Missing,
    /// It is larger than any list.
    TooLarge,
    /// Several were dragged here, or something that is no file.
    NotOne,
}

/// The empty list to fill in.
#[component]
fn Template() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let fetch = move |()| {
        let name = t_string!(i18n, roster.template_name);
        let fetching = async move { client::get_bytes(actor, "/roster/template").await };
        deed.run(fetching, move |bytes| file::save_bytes(name, WORKBOOK, &bytes));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, roster.template))>
            <p>{t!(i18n, roster.template_text)}</p>
            <DeedFailure deed />
            <div class="row">
                <Button is_busy=deed.is_busy() on_press=fetch>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, roster.template_do)}
                </Button>
            </div>
        </Card>
    }
}
