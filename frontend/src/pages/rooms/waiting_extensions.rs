//! Time that one person proposed and that waits for a second one: who it is for, why, and what the reader may decide.

use super::{extend::what_came, words::hour};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, creation::CreationKey, deed::Deed},
    ui::{Button, Card, DeedFailure, Look, Toasts},
};
use leptos::prelude::*;
use shared::delivery::{DecideExtension, ExamProgress, ExtensionOutcome, WaitingExtension};

/// What waits; nothing is drawn if nothing does.
#[component]
pub(super) fn WaitingExtensions(
    /// The path of the exam session.
    path: String,
    /// The test.
    progress: Signal<Option<ExamProgress>>,
    /// Happens when somebody has decided.
    on_done: Callback<()>,
) -> impl IntoView {
    let waiting = Memo::new(move |_| {
        progress.with(|known| known.as_ref().map(|known| known.waiting_extensions.clone()).unwrap_or_default())
    });
    let has_any = Memo::new(move |_| waiting.with(|waiting| !waiting.is_empty()));
    let path = StoredValue::new(format!("{path}/extension_decisions"));
    view! {
        <Show when=move || has_any.get()>
            <Card title=words(|locale| td_string!(locale, rooms.extensions_waiting))>
                <ul class="stack">
                    <For each=move || waiting.get() key=|extension| extension.id let:extension>
                        <Waits extension path=path.get_value() on_done />
                    </For>
                </ul>
            </Card>
        </Show>
    }
}

/// One of them.
#[component]
fn Waits(extension: WaitingExtension, path: String, on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let is_own = actor.kept_account() == Some(extension.proposed_by);
    let (deed, key, path) = (Deed::new(), CreationKey::new(), StoredValue::new(path));
    let decide = move |is_confirmed: bool| {
        let (path, decision) = (path.get_value(), DecideExtension { extension_id: extension.id, is_confirmed });
        let deciding = key.create(move |key| async move { client::create(actor, &path, &key, &decision).await });
        deed.run(deciding, move |outcome: ExtensionOutcome| {
            let locale = i18n.get_locale_untracked();
            let said = if is_confirmed {
                what_came(locale, outcome)
            } else {
                td_string!(locale, rooms.extension_dropped).to_owned()
            };
            toasts.done(said);
            on_done.run(());
        });
    };
    let WaitingExtension { site_name, room_number, ticket_number, minutes, reason, .. } = extension.clone();
    let whom = move || {
        let locale = i18n.get_locale();
        let room = room_number.map(|number| td_string!(locale, rooms.room, number = number));
        let named: Vec<String> = [site_name.clone(), room, ticket_number.clone()].into_iter().flatten().collect();
        if named.is_empty() { td_string!(locale, rooms.extend_all).to_owned() } else { named.join(" ") }
    };
    let given = move || td_string!(i18n.get_locale(), rooms.minutes, minutes = minutes);
    let by = extension.proposed_by_name.clone();
    view! {
        <li class="stack">
            <p><b>{whom} " " <span class="num">{given}</span></b></p>
            <p>{reason}</p>
            <p class="muted small"><span class="num">{hour(extension.proposed_at)}</span> " " {by}</p>
            <div class="row">
                {(!is_own).then(|| view! {
                    <Button is_busy=deed.is_busy() on_press=move |()| decide(true)>
                        {t!(i18n, rooms.extension_confirm)}
                    </Button>
                })}
                <Button look=Look::Quiet is_busy=deed.is_busy() on_press=move |()| decide(false)>
                    {move || {
                        let locale = i18n.get_locale();
                        if is_own {
                            td_string!(locale, rooms.extension_withdraw)
                        } else {
                            td_string!(locale, rooms.extension_decline)
                        }
                    }}
                </Button>
            </div>
            {is_own.then(|| view! { <p class="muted small">{t!(i18n, rooms.extension_own)}</p> })}
            <DeedFailure deed />
        </li>
    }
}
