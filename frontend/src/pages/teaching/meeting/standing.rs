//! Says whether what was noted is safe: on the server, or on this phone.

use super::sync::{Link, Outbox};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Icon, Notice, Symbol, Tag, Tone},
};
use leptos::prelude::*;
use shared::{ids::AccountId, teaching::RollRow};

/// The line above the roll.
#[component]
pub(super) fn Standing(outbox: Outbox) -> impl IntoView {
    let i18n = use_i18n();
    let count =
        Memo::new(move |_| outbox.waiting.with(|waiting| waiting.iter().filter(|kept| kept.may_be_taken()).count()));
    let says = move || match (outbox.link.get(), count.get()) {
        (Link::NoStore, _) => t_string!(i18n, classes.sync_no_store),
        (Link::Away, _) => t_string!(i18n, classes.sync_away),
        (Link::Trouble, _) => t_string!(i18n, classes.sync_trouble),
        (Link::Unknown | Link::There, _) => t_string!(i18n, classes.sync_there),
    };
    let tag = move || match (count.get(), outbox.link.get()) {
        (0, Link::Away) => view! { <Tag><Icon symbol=Symbol::Offline />{t!(i18n, classes.offline)}</Tag> }.into_any(),
        (0, Link::There) => {
            view! { <Tag tone=Tone::Ok><Icon symbol=Symbol::Check />{t!(i18n, classes.synced)}</Tag> }.into_any()
        }
        (0, _) => ().into_any(),
        (count, _) => view! {
            <Tag tone=Tone::Wait><Icon symbol=Symbol::Clock />{t!(i18n, classes.waiting, count = count)}</Tag>
        }
        .into_any(),
    };
    view! {
        <div class="row spread standing">
            <div class="row">{tag}<p class="small muted" role="status">{says}</p></div>
            <Show when=move || { count.get() > 0 }>
                <Button is_busy=outbox.is_busy on_press=move |()| outbox.send()>{t!(i18n, classes.sync_do)}</Button>
            </Show>
        </div>
    }
}

/// What the server does not take, with the reason; it can be dropped.
#[component]
pub(super) fn Refused(outbox: Outbox, rows: StoredValue<Vec<RollRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let name_of = move |learner: AccountId| {
        let find =
            |rows: &Vec<RollRow>| rows.iter().find(|row| row.account_id == learner).map(|row| row.display_name.clone());
        rows.with_value(find).unwrap_or_default()
    };
    let refused = move || {
        let mut refused = outbox.waiting.get();
        refused.retain(|kept| !kept.may_be_taken());
        refused
    };
    move || {
        refused()
            .into_iter()
            .map(|kept| {
                let (id, name) = (kept.entry.id, name_of(kept.entry.learner));
                let why = kept.errors.into_iter().map(|error| error.detail).collect::<Vec<_>>().join(" ");
                view! {
                    <Notice tone=Tone::Stop>
                        <p><b>{name}</b> " " {why}</p>
                        <Button on_press=move |()| outbox.drop_entry(id)>{t!(i18n, classes.drop_entry)}</Button>
                    </Notice>
                }
            })
            .collect_view()
    }
}
