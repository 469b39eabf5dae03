//! Items that ask nearly the same: told where items come in, and beside each of them.

use super::title::shown_title;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Notice, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ItemId,
    item_bank::{AlikeImport, AlikeItem},
};

/// Per cent of a resemblance in thousandths, rounded down: what is not quite the same is never told to be.
const fn percent(resemblance: u16) -> u16 {
    resemblance / 10
}

/// What a list may be narrowed down to.
pub(super) fn alike_options() -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || vec![(true.to_string(), td_string!(i18n.get_locale(), item_bank.alike_only).to_owned())])
}

/// How many others ask nearly the same, if any do.
#[component]
pub(super) fn AlikeTag(count: u32) -> impl IntoView {
    let i18n = use_i18n();
    (count > 0).then(|| view! { <Tag tone=Tone::Wait>{t!(i18n, item_bank.alike_count, count = count)}</Tag> })
}

/// The items that ask nearly the same as one.
#[component]
pub(super) fn AlikeWith(id: ItemId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let others: LocalResource<Outcome<Vec<AlikeItem>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/items/{id}/alike")).await });
    view! {
        <h3>{t!(i18n, item_bank.alike_title)}</h3>
        <p class="muted small">{t!(i18n, item_bank.alike_about)}</p>
        <AsyncView
            resource=others
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, item_bank.alike_none))
            let:others
        >
            <ul>{others.into_iter().map(|other| view! { <li><Other other /></li> }).collect_view()}</ul>
        </AsyncView>
    }
}

#[component]
fn Other(other: AlikeItem) -> impl IntoView {
    let i18n = use_i18n();
    let AlikeItem { item_id, title, resemblance, is_retired } = other;
    let name = move || match item_id {
        Some(_) => shown_title(i18n.get_locale(), &title),
        None => td_string!(i18n.get_locale(), item_bank.alike_of_others).to_owned(),
    };
    view! {
        <span>{name}</span>
        " "
        <span class="muted small">{t!(i18n, item_bank.alike_percent, percent = percent(resemblance))}</span>
        {is_retired.then(|| view! { " " <Tag>{t!(i18n, item_bank.retired)}</Tag> })}
    }
}

/// Which of the items that were read ask nearly the same as others.
#[component]
pub(super) fn AlikeRead(alike: Vec<AlikeImport>) -> impl IntoView {
    let i18n = use_i18n();
    let count = alike.len();
    let line = move |one: AlikeImport| view! { <li>{move || words_of(i18n.get_locale(), &one)}</li> };
    (count > 0).then(|| {
        view! {
            <Notice tone=Tone::Wait>
                <p>{t!(i18n, item_bank.alike_read, count = count)}</p>
                <ul>{alike.into_iter().map(line).collect_view()}</ul>
            </Notice>
        }
    })
}

/// One of them in a sentence; places are counted from 1.
fn words_of(locale: Locale, one: &AlikeImport) -> String {
    let place = one.place + 1;
    match (&one.other, one.other_place) {
        (Some(AlikeItem { item_id: Some(_), title, resemblance, .. }), _) => {
            let (title, percent) = (shown_title(locale, title), percent(*resemblance));
            td_string!(locale, item_bank.alike_in_bank, place = place, title = title, percent = percent)
        }
        (Some(other), _) => {
            let percent = percent(other.resemblance);
            td_string!(locale, item_bank.alike_to_others, place = place, percent = percent)
        }
        (None, other) => {
            let other = other.unwrap_or_default() + 1;
            td_string!(locale, item_bank.alike_in_text, place = place, other = other)
        }
    }
}
