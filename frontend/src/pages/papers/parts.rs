//! How a new paper is parted: not at all, or into a part for each kind of item, with what candidates are told of it.

use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    pages::{item_bank::kind::kind_name, organisation::words::words},
    ui::{Field, TextArea, TextInput},
};
use leptos::prelude::*;
use shared::{
    item_bank::ItemKind,
    papers::{PaperItem, PaperSection, blocks_of},
};

/// An item that was chosen.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    /// Its kind.
    pub(super) kind: ItemKind,
    /// The item with its points.
    pub(super) item: PaperItem,
    /// Whether it stays with the one before it.
    pub(super) stays: bool,
}

/// What is said of the parts.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// Whether there are any.
    pub(super) are_wanted: RwSignal<bool>,
    drafts: StoredValue<Vec<Draft>>,
}

/// What is said of one part.
#[derive(Clone, Copy)]
struct Draft {
    kind: ItemKind,
    instructions: RwSignal<String>,
    /// Its time in minutes; empty if it has none of its own.
    minutes: RwSignal<String>,
    is_shuffled: RwSignal<bool>,
}

impl Parts {
    /// None, until somebody wants them.
    pub(super) fn new() -> Self {
        let draft = |kind: &ItemKind| Draft {
            kind: *kind,
            instructions: RwSignal::new(String::new()),
            minutes: RwSignal::new(String::new()),
            is_shuffled: RwSignal::new(true),
        };
        let drafts = StoredValue::new(ItemKind::ALL.iter().map(draft).collect());
        Self { are_wanted: RwSignal::new(false), drafts }
    }

    /// The items in the order that they have on the paper, and its parts.
    pub(super) fn arranged(self, locale: Locale, chosen: &[Chosen]) -> (Vec<PaperItem>, Vec<PaperSection>) {
        if !self.are_wanted.get() {
            return (chosen.iter().map(|chosen| chosen.item).collect(), Vec::new());
        }
        let (mut items, mut sections) = (Vec::new(), Vec::new());
        for draft in self.drafts.get_value() {
            let of_kind: Vec<_> = chosen.iter().filter(|chosen| chosen.kind == draft.kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            items.extend(of_kind.iter().map(|chosen| chosen.item));
            sections.push(PaperSection {
                title: kind_name(locale, draft.kind).to_owned(),
                instructions: draft.instructions.get().trim().to_owned(),
                blocks: blocks_of(of_kind.iter().map(|chosen| chosen.stays)),
                is_shuffled: draft.is_shuffled.get(),
                minutes: minutes_of(&draft.minutes.get()),
            });
        }
        (items, sections)
    }
}

/// The time of a part as it is written; what cannot be read is none that the server takes.
fn minutes_of(text: &str) -> Option<u16> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.parse().unwrap_or_default())
}

/// Whether the paper has parts, and what is said of those of the kinds that were chosen.
#[component]
pub(super) fn PartsForm(
    /// What is said.
    parts: Parts,
    /// The kinds that were chosen.
    #[prop(into)]
    kinds: Signal<Vec<ItemKind>>,
) -> impl IntoView {
    let drafts = move || {
        let kinds = kinds.get();
        parts.drafts.get_value().into_iter().filter(move |draft| kinds.contains(&draft.kind)).collect::<Vec<_>>()
    };
    view! {
        <Tick is_on=parts.are_wanted label=words(|locale| td_string!(locale, papers.parts_wanted)) />
        <Show when=move || parts.are_wanted.get()>
            <For each=drafts key=|draft: &Draft| draft.kind let:draft>
                <PartForm draft />
            </For>
        </Show>
    }
}

#[component]
fn PartForm(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let Draft { kind, instructions, minutes, is_shuffled } = draft;
    let named = move || kind_name(i18n.get_locale(), kind);
    let shuffle = Signal::derive(move || t_string!(i18n, papers.part_shuffled, kind = named()));
    view! {
        <Field
            id=format!("part-{kind}")
            label=Signal::derive(move || t_string!(i18n, papers.part_instructions, kind = named()))
        >
            <TextArea value=instructions rows=2 />
        </Field>
        <Field
            id=format!("part-minutes-{kind}")
            label=Signal::derive(move || t_string!(i18n, papers.part_minutes, kind = named()))
        >
            <TextInput value=minutes keyboard="numeric" />
        </Field>
        <Tick is_on=is_shuffled label=shuffle />
    }
}

/// A choice between yes and no.
#[component]
pub(super) fn Tick(
    /// Whether it is so.
    is_on: RwSignal<bool>,
    /// What.
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=is_on
                on:change:target=move |event| is_on.set(event.target().checked())
            />
            <span>{move || label.get()}</span>
        </label>
    }
}
