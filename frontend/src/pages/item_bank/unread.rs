//! What an author has brought and nobody here understood: kept as it came, to be taken away again.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, file, when},
    ui::{Button, Card, DeedFailure, Icon, Symbol},
};
use leptos::prelude::*;
use shared::item_bank::{UnreadItem, UnreadItemText};

/// What a file is called that came alone.
const ALONE: &str = "item.xml";
/// What it is in the browser's eyes.
const XML: &str = "application/xml";

/// The card; nothing for whom everything was understood.
#[component]
pub(super) fn UnreadItems() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let kept = LocalResource::new(move || client::get::<Vec<UnreadItem>>(actor, "/me/unread_items"));
    move || {
        // The page is about something else; without these it says a little less.
        let kept = kept.get()?.ok()?;
        (!kept.is_empty()).then(|| {
            view! {
                <Card title=words(|locale| td_string!(locale, item_bank.unread))>
                    <p class="muted">{t!(i18n, item_bank.unread_about)}</p>
                    <ul class="rows">{kept.into_iter().map(|item| view! { <Kept item /> }).collect_view()}</ul>
                </Card>
            }
        })
    }
}

/// One of them, with the way to take it away.
#[component]
fn Kept(item: UnreadItem) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let UnreadItem { id, course_title, file: path, name, kept_at } = item;
    let shown = if path.is_empty() { ALONE.to_owned() } else { path };
    let of = shown.clone();
    let take = move |()| {
        let path = format!("/me/unread_items/{id}/views");
        let taking = async move { client::post(actor, &path, &serde_json::json!({})).await };
        deed.run(taking, move |taken: UnreadItemText| {
            let name = taken.file.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(ALONE);
            file::save(name, XML, &taken.text);
        });
    };
    view! {
        <li class="row spread">
            <span>
                <b>{shown}</b> " " {name} " · " {course_title} " · "
                {move || when::date_time(i18n.get_locale(), kept_at)}
            </span>
            <Button is_busy=deed.is_busy() on_press=take>
                <Icon symbol=Symbol::Download />
                {t!(i18n, item_bank.unread_take)}
                <span class="visually-hidden">" " {of}</span>
            </Button>
            <DeedFailure deed />
        </li>
    }
}
