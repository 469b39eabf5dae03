//! Two versions of an item, line by line. Seeing them is a look at their keys.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Card, DeedForm, Field, Look, Select},
};
use leptos::prelude::*;
use shared::item_bank::{CompareVersions, ComparedLine, ComparedPart, ItemComparison, ItemPart, LineFate};

/// Chooses the two, and shows what became of each line.
#[component]
pub(super) fn Comparison(
    /// The item.
    id: String,
    /// Number of its newest version.
    newest: i32,
    /// Fetches the history again, in which the look stands.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (older, newer) = (RwSignal::new((newest - 1).to_string()), RwSignal::new(newest.to_string()));
    let seen = RwSignal::new(None::<ItemComparison>);
    let options = Signal::derive(move || {
        let name = |version: i32| td_string!(i18n.get_locale(), item_bank.comment_version, version = version);
        (1..=newest).rev().map(|version| (version.to_string(), name(version))).collect::<Vec<_>>()
    });
    let compare = move |()| {
        let number = |chosen: RwSignal<String>| chosen.get_untracked().parse().unwrap_or_default();
        let asked = CompareVersions { older: number(older), newer: number(newer) };
        let path = format!("/items/{id}/comparisons");
        deed.run(async move { client::post(actor, &path, &asked).await }, move |comparison| {
            seen.set(Some(comparison));
            reload.run(());
        });
    };
    view! {
        <Card title=words(|locale| td_string!(locale, item_bank.compare))>
            <p class="muted small">{t!(i18n, item_bank.look_note)}</p>
            <DeedForm
                deed
                look=Look::Quiet
                verb=words(|locale| td_string!(locale, item_bank.compare_do))
                send=compare
            >
                <div class="row">
                    <Field
                        id="older"
                        label=words(|locale| td_string!(locale, item_bank.compare_older))
                        error=deed.field("/older")
                    >
                        <Select value=older options />
                    </Field>
                    <Field
                        id="newer"
                        label=words(|locale| td_string!(locale, item_bank.compare_newer))
                        error=deed.field("/newer")
                    >
                        <Select value=newer options />
                    </Field>
                </div>
            </DeedForm>
            {move || seen.get().map(|seen| view! { <Compared seen /> })}
        </Card>
    }
}

#[component]
fn Compared(seen: ItemComparison) -> impl IntoView {
    view! {
        <ul class="differences">{seen.parts.into_iter().map(|part| view! { <Part part /> }).collect_view()}</ul>
    }
}

#[component]
fn Part(part: ComparedPart) -> impl IntoView {
    let i18n = use_i18n();
    let (name, is_same) = (part.part, part.is_same());
    view! {
        <li class="stack">
            <p>
                <b>{move || part_name(i18n.get_locale(), name)}</b>
                {is_same.then(|| view! { " " <span class="muted small">{t!(i18n, item_bank.compare_same)}</span> })}
            </p>
            {part.lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}
        </li>
    }
}

/// A line; what became of it is told by words as well, for who sees no colours.
#[component]
fn Line(line: ComparedLine) -> impl IntoView {
    let i18n = use_i18n();
    let ComparedLine { fate, text } = line;
    match fate {
        LineFate::Kept => view! { <p class="as-written">{text}</p> }.into_any(),
        LineFate::Gone => view! {
            <p class="as-written">
                <span class="visually-hidden">{t!(i18n, item_bank.compare_gone)} " "</span>
                <del>{text}</del>
            </p>
        }
        .into_any(),
        LineFate::New => view! {
            <p class="as-written">
                <span class="visually-hidden">{t!(i18n, item_bank.compare_new)} " "</span>
                <ins>{text}</ins>
            </p>
        }
        .into_any(),
    }
}

fn part_name(locale: Locale, part: ItemPart) -> &'static str {
    match part {
        ItemPart::Stem => td_string!(locale, item_bank.part_stem),
        ItemPart::Shown => td_string!(locale, item_bank.part_shown),
        ItemPart::Key => td_string!(locale, item_bank.key),
        ItemPart::Explanation => td_string!(locale, item_bank.explanation),
    }
}
