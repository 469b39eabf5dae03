//! An item with its key. The look itself is recorded.

use super::{
    draft::rule_of,
    kind::{kind_name, rule_name},
};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    ui::Tag,
};
use leptos::prelude::*;
use shared::item_bank::{Item, ItemBody, ItemKind, key_letters, key_lines, option_letter};

/// The key as a person would write it.
pub(in crate::pages) fn key_text(locale: Locale, item: &Item) -> String {
    match &item.body {
        ItemBody::TrueFalse { key: true } => td_string!(locale, item_bank.is_true).to_owned(),
        ItemBody::TrueFalse { key: false } => td_string!(locale, item_bank.is_false).to_owned(),
        _ => key_letters(item).join(" "),
    }
}

/// Everything of an item, as its author wrote it.
#[component]
pub(in crate::pages) fn Detail(
    /// The item.
    item: Item,
) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, rule) = (item.body.kind(), rule_of(&item.body));
    let options = match &item.body {
        ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => options.clone(),
        _ => Vec::new(),
    };
    let option = |(index, text): (u16, String)| view! { <li>{option_letter(index)} ". " {text}</li> };
    // Of words within the stem the reader sees which, not their numbers alone.
    let lines = if kind == ItemKind::HotText { key_letters(&item) } else { key_lines(&item.body) };
    let (stem, explanation) = (item.stem.clone(), item.explanation.clone());
    let key = move || key_text(i18n.get_locale(), &item);
    view! {
        <p class="row tight">
            <Tag>{move || kind_name(i18n.get_locale(), kind)}</Tag>
            {(!rule.is_usual()).then(|| view! { <Tag>{move || rule_name(i18n.get_locale(), rule)}</Tag> })}
        </p>
        <p class="as-written">{stem}</p>
        <ul>{(0..).zip(options).map(option).collect_view()}</ul>
        {if lines.is_empty() {
            view! { <p><b>{t!(i18n, item_bank.key)}</b> " " {key}</p> }.into_any()
        } else {
            view! {
                <p><b>{t!(i18n, item_bank.key)}</b></p>
                <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            }
            .into_any()
        }}
        {(!explanation.is_empty()).then(|| view! { <p class="muted">{explanation}</p> })}
    }
}
