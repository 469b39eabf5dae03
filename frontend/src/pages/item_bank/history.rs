//! Everything that happened to an item, and two of its versions beside each other.

mod comparison;

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, query},
        when,
    },
    ui::{Card, PageHeading, Paged, PagedView, Tag, Tone},
};
use comparison::Comparison;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    item_bank::{ItemEvent, ItemEventKind, ItemHand},
    page::Page,
    rights::Role,
};

lazy_page! {
    /// The page.
    ItemHistoryPage = ItemHistory in office;
}

#[component]
fn ItemHistory() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let back = if actor.roles().contains(&Role::ItemAuthor) { "/items/mine" } else { "/items" };
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let path = format!("/items/{id}/history");
    let events = Paged::new(move |cursor: Option<String>| {
        let path = format!("{path}?{}", query(&[("cursor", cursor)]));
        async move { client::get::<Page<ItemEvent>>(actor, &path).await }
    });
    let newest = Memo::new(move |_| events.rows().with(|rows| rows.iter().map(|event| event.version).max()));
    let reload = Callback::new(move |()| events.reload());
    let id = StoredValue::new(id);
    view! {
        <main class="page stack">
            <p class="way-back"><A href=back>{t!(i18n, item_bank.history_back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, item_bank.history)) />
            <p class="muted">{t!(i18n, item_bank.history_lead)}</p>
            {move || newest.get().filter(|newest| *newest > 1).map(|newest| view! {
                <Comparison id=id.get_value() newest reload />
            })}
            <Card title=words(|locale| td_string!(locale, item_bank.history_events))>
                <PagedView paged=events empty=words(|locale| td_string!(locale, item_bank.history_none))>
                    <ul class="differences">
                        {move || events.rows().get().into_iter().map(|event| view! { <Happened event /> }).collect_view()}
                    </ul>
                </PagedView>
            </Card>
        </main>
    }
}

/// What happened once.
#[component]
fn Happened(event: ItemEvent) -> impl IntoView {
    let i18n = use_i18n();
    let ItemEvent { at, kind, version, hand, words } = event;
    let when = move || when::date_time(i18n.get_locale(), at);
    view! {
        <li>
            <p class="row tight">
                <Tag tone=tone_of(kind)>{move || kind_name(i18n.get_locale(), kind)}</Tag>
                <span class="muted small">
                    {move || hand_name(i18n.get_locale(), hand)} " · " {when} " · "
                    {t!(i18n, item_bank.comment_version, version = version)}
                </span>
            </p>
            {(!words.is_empty()).then(|| view! { <p class="as-written">{words}</p> })}
        </li>
    }
}

const fn tone_of(kind: ItemEventKind) -> Tone {
    match kind {
        ItemEventKind::Approved => Tone::Ok,
        ItemEventKind::Returned | ItemEventKind::Retired => Tone::Stop,
        _ => Tone::Plain,
    }
}

fn kind_name(locale: Locale, kind: ItemEventKind) -> &'static str {
    match kind {
        ItemEventKind::Written => td_string!(locale, item_bank.event_written),
        ItemEventKind::Imported => td_string!(locale, item_bank.event_imported),
        ItemEventKind::Described => td_string!(locale, item_bank.event_described),
        ItemEventKind::ChangedTogether => td_string!(locale, item_bank.event_changed_together),
        ItemEventKind::Tried => td_string!(locale, item_bank.event_tried),
        ItemEventKind::Approved => td_string!(locale, item_bank.event_approved),
        ItemEventKind::Returned => td_string!(locale, item_bank.event_returned),
        ItemEventKind::Commented => td_string!(locale, item_bank.event_commented),
        ItemEventKind::Attached => td_string!(locale, item_bank.event_attached),
        ItemEventKind::Looked => td_string!(locale, item_bank.event_looked),
        ItemEventKind::Exported => td_string!(locale, item_bank.event_exported),
        ItemEventKind::Used => td_string!(locale, item_bank.event_used),
        ItemEventKind::Measured => td_string!(locale, item_bank.event_measured),
        ItemEventKind::Retired => td_string!(locale, item_bank.event_retired),
    }
}

fn hand_name(locale: Locale, hand: ItemHand) -> &'static str {
    match hand {
        ItemHand::Own => td_string!(locale, item_bank.comment_own),
        ItemHand::Author => td_string!(locale, item_bank.comment_author),
        ItemHand::Other => td_string!(locale, item_bank.hand_other),
        ItemHand::Test => td_string!(locale, item_bank.hand_test),
    }
}
