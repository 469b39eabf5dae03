//! The system, for who keeps it: its keys, what waits in it, and the settings in force.

mod keys;

use self::keys::Keys;
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Card, Column, PageHeading, Table},
};
use leptos::prelude::*;
use shared::system::{QueueDepths, SettingInForce, SystemView};

lazy_page! {
    /// The page.
    SystemPage = System in rights;
}

#[component]
fn System() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let system = LocalResource::new(move || fetch(actor));
    let again = Callback::new(move |()| system.refetch());
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, rights.system_title)) />
            <p class="muted">{t!(i18n, rights.system_lead)}</p>
            <AsyncView resource=system let:system>
                <Queues queues=system.queues />
                <Keys system=system.clone() again />
                <Settings settings=system.settings />
            </AsyncView>
        </main>
    }
}

async fn fetch(actor: Actor) -> Outcome<SystemView> {
    client::get(actor, "/system").await
}

/// What waits, and what was given up.
#[component]
fn Queues(queues: QueueDepths) -> impl IntoView {
    let figure = |words: Signal<String>, count: u64| {
        view! { <div><dt>{move || words.get()}</dt><dd class="num">{count}</dd></div> }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, rights.system_queues))>
            <dl class="facts">
                {figure(words(|locale| td_string!(locale, rights.system_jobs_waiting)), queues.jobs_waiting)}
                {figure(words(|locale| td_string!(locale, rights.system_jobs_running)), queues.jobs_running)}
                {figure(words(|locale| td_string!(locale, rights.system_jobs_given_up)), queues.jobs_given_up)}
                {figure(words(|locale| td_string!(locale, rights.system_events_waiting)), queues.events_waiting)}
                {figure(words(|locale| td_string!(locale, rights.system_texts_waiting)), queues.texts_waiting)}
                {figure(words(|locale| td_string!(locale, rights.system_texts_given_up)), queues.texts_given_up)}
            </dl>
        </Card>
    }
}

#[component]
fn Settings(settings: Vec<SettingInForce>) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, rights.system_setting))),
        Column::text(words(|locale| td_string!(locale, rights.system_value))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, rights.system_settings))>
            <p class="muted">{t!(i18n, rights.system_settings_lead)}</p>
            <Table
                caption=words(|locale| td_string!(locale, rights.system_settings_table))
                columns
                rows=Signal::stored(settings)
                key=|setting| setting.name.clone()
                row
            />
        </Card>
    }
}

/// The cells of a setting.
fn row(setting: SettingInForce) -> impl IntoView {
    let i18n = use_i18n();
    let value = match setting.value.is_empty() {
        true => view! { <span class="muted">{t!(i18n, rights.system_not_set)}</span> }.into_any(),
        false => view! { <code>{setting.value}</code> }.into_any(),
    };
    view! {
        <th scope="row"><code>{setting.name}</code></th>
        <td>{value}</td>
    }
}
