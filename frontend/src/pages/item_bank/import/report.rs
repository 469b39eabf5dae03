//! What was read of a text, and which of it is taken.

use crate::{
    i18n::{t, t_string, use_i18n},
    pages::item_bank::{alike::AlikeRead, describe::Described, kind::kind_name},
    platform::client::idempotency_key,
    ui::{Button, ButtonLink, Look, Notice, Tone},
};
use leptos::prelude::*;
use shared::item_bank::{Descriptor, DraftPaper, ImportError, Item, ItemImportReport};
use std::collections::HashMap;

/// Characters of a stem that are shown.
const STEM_CHARS: usize = 60;

/// Which items are taken. Another choice is another import, so it has another key.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    is_taken: RwSignal<Vec<bool>>,
    key: StoredValue<String>,
}

impl Choice {
    pub(super) fn new() -> Self {
        Self { is_taken: RwSignal::new(Vec::new()), key: StoredValue::new(idempotency_key()) }
    }

    /// Forgets the import as it was.
    pub(super) fn begin_anew(self) {
        self.is_taken.set(Vec::new());
        self.key.set_value(idempotency_key());
    }

    /// Takes all of so many items.
    pub(super) fn take_all(self, items: usize) {
        if self.is_taken.with_untracked(|taken| taken.contains(&false)) {
            self.key.set_value(idempotency_key());
        }
        self.is_taken.set(vec![true; items]);
    }

    /// Takes an item, or leaves it.
    fn take(self, place: usize, is_taken: bool) {
        self.is_taken.update(|taken| {
            if let Some(own) = taken.get_mut(place) {
                *own = is_taken;
            }
        });
        self.key.set_value(idempotency_key());
    }

    pub(super) fn key(self) -> String {
        self.key.get_value()
    }

    /// The places that are taken; `None` if that is all of a text of which nothing is missing.
    pub(super) fn only(self, is_whole: bool) -> Option<Vec<u32>> {
        let taken = self.is_taken.get_untracked();
        let is_all = is_whole && !taken.contains(&false);
        (!is_all).then(|| (0..).zip(taken).filter(|(_, is_taken)| *is_taken).map(|(place, _)| place).collect())
    }

    fn count(self) -> usize {
        self.is_taken.with(|taken| taken.iter().filter(|is_taken| **is_taken).count())
    }

    fn is_taken(self, place: usize) -> bool {
        self.is_taken.with(|taken| taken.get(place).copied().unwrap_or_default())
    }
}

/// What was read, and the way on.
#[component]
pub(super) fn Report(
    report: ItemImportReport,
    choice: Choice,
    run: Callback<bool>,
    is_busy: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ItemImportReport { items, errors, losses, stored, alike, descriptors, papers, kept } = report;
    let mut said: HashMap<usize, Descriptor> =
        descriptors.into_iter().filter_map(|read| Some((usize::try_from(read.place).ok()?, read.descriptor))).collect();
    let rows: Vec<_> = items.into_iter().enumerate().map(|(place, item)| (place, item, said.remove(&place))).collect();
    let (read, is_whole, stored) = (rows.len(), errors.is_empty(), stored.len());
    let words = move || {
        let count = choice.count();
        if count == 0 {
            return t_string!(i18n, item_bank.do_keep, count = kept);
        }
        match is_whole && count == read {
            true => t_string!(i18n, item_bank.do_import, count = count),
            false => t_string!(i18n, item_bank.do_import_chosen, count = count),
        }
    };
    view! {
        {(!is_whole).then(|| view! { <Places tone=Tone::Stop places=errors /> })}
        {(!losses.is_empty()).then(|| view! { <Places tone=Tone::Wait places=losses /> })}
        <AlikeRead alike />
        <Tests papers is_stored={stored > 0} />
        <Kept kept is_stored={stored > 0} />
        {if stored > 0 {
            view! {
                <Notice tone=Tone::Ok>{t!(i18n, item_bank.imported, count = stored)}</Notice>
                <p>{t!(i18n, item_bank.imported_waits)}</p>
                <ButtonLink href="/items/mine">{t!(i18n, item_bank.mine_title)}</ButtonLink>
            }
            .into_any()
        } else {
            view! {
                <p>{t!(i18n, item_bank.understood, count = read)}</p>
                <ol class="understood">
                    {rows
                        .into_iter()
                        .map(|(place, item, said)| view! { <Row place item said choice /> })
                        .collect_view()}
                </ol>
                <Show when=move || { choice.count() > 0 || kept > 0 }>
                    <Button look=Look::Primary is_busy on_press=move |()| run.run(false)>{words}</Button>
                </Show>
            }
            .into_any()
        }}
    }
}

/// Places of the text, and what is to be known of each.
#[component]
fn Places(tone: Tone, places: Vec<ImportError>) -> impl IntoView {
    let i18n = use_i18n();
    let count = places.len();
    let place = move |place: ImportError| {
        let ImportError { file, line, detail, .. } = place;
        let words = if file.is_empty() {
            t!(i18n, item_bank.line, line = line, detail = detail).into_any()
        } else {
            t!(i18n, item_bank.line_in_file, file = file, line = line, detail = detail).into_any()
        };
        view! { <li>{words}</li> }
    };
    let about = match tone {
        Tone::Stop => t!(i18n, item_bank.errors, count = count).into_any(),
        _ => view! {
            <b>{t!(i18n, item_bank.losses, count = count)}</b>
            " "
            {t!(i18n, item_bank.losses_about)}
        }
        .into_any(),
    };
    view! {
        <Notice tone>
            <p>{about}</p>
            <ul>{places.into_iter().map(place).collect_view()}</ul>
        </Notice>
    }
}

/// Files that hold no item that there is here, and are kept as they are.
#[component]
fn Kept(kept: u32, is_stored: bool) -> impl IntoView {
    let i18n = use_i18n();
    let told = move || match is_stored {
        true => t!(i18n, item_bank.unread_kept, count = kept).into_any(),
        false => t!(i18n, item_bank.unread_will_be_kept, count = kept).into_any(),
    };
    (kept > 0).then(|| view! { <p>{told}</p> })
}

/// Tests of a package: papers of these items, which who composes papers finds.
#[component]
fn Tests(papers: Vec<DraftPaper>, is_stored: bool) -> impl IntoView {
    let i18n = use_i18n();
    let told = move |paper: DraftPaper| {
        let (title, count) = (paper.title, paper.items.len());
        let words = match is_stored {
            true => t!(i18n, item_bank.test_stored, title = title, count = count).into_any(),
            false => t!(i18n, item_bank.test_read, title = title, count = count).into_any(),
        };
        view! { <p>{words}</p> }
    };
    papers.into_iter().map(told).collect_view()
}

/// An item that was read with what is said of it, and whether it is taken.
#[component]
fn Row(place: usize, item: Item, said: Option<Descriptor>, choice: Choice) -> impl IntoView {
    let i18n = use_i18n();
    let kind = item.body.kind();
    let words: String = item.stem.chars().take(STEM_CHARS).collect();
    view! {
        <li>
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=move || choice.is_taken(place)
                    on:change:target=move |event| choice.take(place, event.target().checked())
                />
                <span>
                    <b>{move || kind_name(i18n.get_locale(), kind)}</b>
                    " "
                    {words}
                    {said.map(|said| view! { " " <Described said=Some(said) /> })}
                </span>
            </label>
        </li>
    }
}
