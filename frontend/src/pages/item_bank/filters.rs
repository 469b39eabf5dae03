//! What the list of items is narrowed down to.

use super::{ability::ability_options, alike::alike_options, kind::kind_name, state::state_name};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::organisation::words::words,
    ui::{Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::item_bank::{
    Ability, DifficultyBand, DifficultySource, ExportFormat, ExportItems, ItemKind, ItemState, ItemTraits, ItemUsage,
};

/// Which difficulty may be meant but the one in force, which is meant unless another is chosen.
const SOURCES: &[DifficultySource] = &[DifficultySource::Stated, DifficultySource::Measured];

/// What the list is narrowed down to; empty texts are no wishes.
#[derive(Clone, Copy)]
pub(super) struct Narrowing {
    text: RwSignal<String>,
    module: RwSignal<String>,
    knowledge_point: RwSignal<String>,
    unused_since: RwSignal<String>,
    state: RwSignal<String>,
    kind: RwSignal<String>,
    ability: RwSignal<String>,
    band: RwSignal<String>,
    source: RwSignal<String>,
    usage: RwSignal<String>,
    own: RwSignal<String>,
    alike: RwSignal<String>,
}

impl Narrowing {
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            text: empty(),
            module: empty(),
            knowledge_point: empty(),
            unused_since: empty(),
            state: empty(),
            kind: empty(),
            ability: empty(),
            band: empty(),
            source: empty(),
            usage: empty(),
            own: empty(),
            alike: empty(),
        }
    }

    /// Everything that is chosen out of a list; what is typed is asked for when its field is left.
    pub(super) fn chosen(self) -> [String; 8] {
        let Self { state, kind, ability, band, source, usage, own, alike, .. } = self;
        [state, kind, ability, band, source, usage, own, alike].map(|value| value.get())
    }

    /// What the API is asked for.
    pub(super) fn asked(self) -> [(&'static str, Option<String>); 12] {
        [
            ("text", said(self.text)),
            ("module", said(self.module)),
            ("knowledge_point", said(self.knowledge_point)),
            ("unused_since", said(self.unused_since)),
            ("state", said(self.state)),
            ("kind", said(self.kind)),
            ("ability", said(self.ability)),
            ("band", said(self.band)),
            ("source", said(self.source)),
            ("usage", said(self.usage)),
            ("own", said(self.own)),
            ("alike", said(self.alike)),
        ]
    }

    /// The same for a file of what the list shows.
    pub(super) fn exported(self, course: &str) -> Option<ExportItems> {
        Some(ExportItems {
            course_id: course.parse().ok()?,
            format: ExportFormat::Workbook,
            only: None,
            state: said(self.state).and_then(|state| ItemState::parse(&state)),
            module: said(self.module),
            ability: said(self.ability).and_then(|ability| Ability::parse(&ability)),
            text: said(self.text),
            alike: said(self.alike).is_some(),
            traits: ItemTraits {
                kind: said(self.kind).and_then(|kind| ItemKind::parse(&kind)),
                knowledge_point: said(self.knowledge_point),
                band: said(self.band).and_then(|band| DifficultyBand::parse(&band)),
                source: said(self.source).and_then(|source| DifficultySource::parse(&source)),
                usage: said(self.usage).and_then(|usage| ItemUsage::parse(&usage)),
                unused_since: said(self.unused_since).and_then(|day| day.parse().ok()),
                own: said(self.own).and_then(|own| own.parse().ok()),
            },
        })
    }
}

fn said(text: RwSignal<String>) -> Option<String> {
    Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
}

/// Values with their words, in the reader's language.
fn options<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    value: fn(T) -> &'static str,
    name: fn(Locale, T) -> &'static str,
) -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let option = |one: &T| (value(*one).to_owned(), name(i18n.get_locale(), *one).to_owned());
        all.iter().map(option).collect::<Vec<_>>()
    })
}

fn band_name(locale: Locale, band: DifficultyBand) -> &'static str {
    match band {
        DifficultyBand::Hard => td_string!(locale, item_bank.hard),
        DifficultyBand::Medium => td_string!(locale, item_bank.medium),
        DifficultyBand::Easy => td_string!(locale, item_bank.easy),
    }
}

fn source_name(locale: Locale, source: DifficultySource) -> &'static str {
    match source {
        DifficultySource::InForce => td_string!(locale, item_bank.source_in_force),
        DifficultySource::Stated => td_string!(locale, item_bank.source_stated),
        DifficultySource::Measured => td_string!(locale, item_bank.source_measured),
    }
}

fn usage_name(locale: Locale, usage: ItemUsage) -> &'static str {
    match usage {
        ItemUsage::Unused => td_string!(locale, item_bank.unused),
        ItemUsage::UsedOnce => td_string!(locale, item_bank.used_once),
        ItemUsage::UsedOften => td_string!(locale, item_bank.used_often),
    }
}

/// Whose items: the value of the parameter `own`.
const fn own_value(is_own: bool) -> &'static str {
    if is_own { "true" } else { "false" }
}

fn own_name(locale: Locale, is_own: bool) -> &'static str {
    if is_own { td_string!(locale, item_bank.by_me) } else { td_string!(locale, item_bank.by_others) }
}

/// The fields of the filter.
#[component]
pub(super) fn Filters(narrowing: Narrowing, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Narrowing { text, module, ability, alike, .. } = narrowing;
    view! {
        <div class="row search">
            <Field
                id="text-filter"
                label=words(|locale| td_string!(locale, item_bank.text_filter))
                hint=words(|locale| td_string!(locale, item_bank.text_filter_hint))
            >
                <TextInput value=text on_leave=reload />
            </Field>
            <Field
                id="module-filter"
                label=words(|locale| td_string!(locale, item_bank.module_filter))
                hint=words(|locale| td_string!(locale, item_bank.module_filter_hint))
            >
                <TextInput value=module on_leave=reload />
            </Field>
            <Field id="ability-filter" label=words(|locale| td_string!(locale, item_bank.ability))>
                <Select
                    value=ability
                    options=ability_options()
                    empty=words(|locale| td_string!(locale, item_bank.any_ability))
                />
            </Field>
            <Field id="alike-filter" label=words(|locale| td_string!(locale, item_bank.alike_title))>
                <Select
                    value=alike
                    options=alike_options()
                    empty=words(|locale| td_string!(locale, item_bank.show_all))
                />
            </Field>
        </div>
        <details class="more stack">
            <summary>{t!(i18n, item_bank.more_filters)}</summary>
            <MoreFilters narrowing reload />
        </details>
    }
}

#[component]
fn MoreFilters(narrowing: Narrowing, reload: Callback<()>) -> impl IntoView {
    let Narrowing { state, kind, own, usage, knowledge_point, unused_since, .. } = narrowing;
    view! {
        <div class="row search">
            <Choice
                id="state-filter"
                label=|locale| td_string!(locale, item_bank.state)
                value=state
                options=options(ItemState::ALL, ItemState::as_str, state_name)
            />
            <Choice
                id="kind-filter"
                label=|locale| td_string!(locale, item_bank.kind)
                value=kind
                options=options(ItemKind::ALL, ItemKind::as_str, kind_name)
            />
            <Choice
                id="author-filter"
                label=|locale| td_string!(locale, item_bank.author_filter)
                value=own
                options=options(&[true, false], own_value, own_name)
            />
            <Choice
                id="usage-filter"
                label=|locale| td_string!(locale, item_bank.usage)
                value=usage
                options=options(ItemUsage::ALL, ItemUsage::as_str, usage_name)
            />
            <Field id="knowledge-filter" label=words(|locale| td_string!(locale, item_bank.knowledge_point))>
                <TextInput value=knowledge_point on_leave=reload />
            </Field>
            <Field id="unused-filter" label=words(|locale| td_string!(locale, item_bank.unused_since))>
                <TextInput value=unused_since kind="date" on_leave=reload />
            </Field>
            <HowHard narrowing />
        </div>
    }
}

#[component]
fn HowHard(narrowing: Narrowing) -> impl IntoView {
    let Narrowing { band, source, .. } = narrowing;
    view! {
        <Field
            id="band-filter"
            label=words(|locale| td_string!(locale, item_bank.band))
            hint=words(|locale| td_string!(locale, item_bank.band_hint))
        >
            <Select
                value=band
                options=options(DifficultyBand::ALL, DifficultyBand::as_str, band_name)
                empty=words(|locale| td_string!(locale, item_bank.any))
            />
        </Field>
        <Field id="source-filter" label=words(|locale| td_string!(locale, item_bank.source))>
            <Select
                value=source
                options=options(SOURCES, DifficultySource::as_str, source_name)
                empty=words(|locale| td_string!(locale, item_bank.source_in_force))
            />
        </Field>
    }
}

/// One thing that may be any.
#[component]
fn Choice(
    id: &'static str,
    label: fn(Locale) -> &'static str,
    value: RwSignal<String>,
    options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    view! {
        <Field id label=words(label)>
            <Select value options empty=words(|locale| td_string!(locale, item_bank.any)) />
        </Field>
    }
}
