//! A new item: its course, its kind, and then what that kind asks for.

use super::{draft::Draft, fields::ItemFields, kind::kind_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        courses::CourseField,
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, creation::CreationKey},
    ui::{Card, Field, PageHeading, Select, Toasts},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};
use shared::{
    ids::CourseId,
    item_bank::{EssayLength, Item, ItemBody, ItemKind, ItemRow, MultipleRule, Tolerance},
    problem::FieldError,
    rights::Right,
};

/// Options of a choice at first; there may be more or fewer.
const OPTIONS: usize = 4;

lazy_page! {
    /// The page.
    NewItemPage = NewItem in office;
}

#[component]
fn NewItem() -> impl IntoView {
    let i18n = use_i18n();
    let (course, kind) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // What was written stays when another kind is chosen.
    let (stem, explanation) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let kinds = Signal::derive(move || {
        let option = |kind: &ItemKind| (kind.as_str().to_owned(), kind_name(i18n.get_locale(), *kind).to_owned());
        ItemKind::ALL.iter().map(option).collect::<Vec<_>>()
    });
    let chosen = move || kind.with(|kind| ItemKind::parse(kind));
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/items/mine">{t!(i18n, item_bank.history_back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, item_bank.new_title)) />
            <p class="muted">{t!(i18n, item_bank.new_lead)}</p>
            <Card>
                <Field id="kind" label=words(|locale| td_string!(locale, item_bank.kind))>
                    <Select value=kind options=kinds />
                </Field>
            </Card>
            {move || chosen().map(|kind| view! { <Card><OfKind kind course stem explanation /></Card> })}
        </main>
    }
}

/// The fields of a kind.
#[component]
fn OfKind(
    kind: ItemKind,
    course: RwSignal<String>,
    stem: RwSignal<String>,
    explanation: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (navigate, key) = (use_navigate(), CreationKey::new());
    let mut draft = Draft::of(&empty(kind));
    (draft.stem, draft.explanation) = (stem, explanation);
    draft.key.set(String::new());
    let has_course = move || course.with(|course| course.parse::<CourseId>().is_ok());
    let checked = Checked::new(move || {
        let missing = (!has_course()).then(|| FieldError::new("/course", "required"));
        missing.into_iter().chain(draft.wrong()).collect()
    });
    let send = Callback::new(move |()| {
        let Some(item) = untrack(|| draft.item()) else { return };
        let (path, navigate) = (format!("/courses/{}/items", course.get_untracked()), navigate.clone());
        let creating = key.create(move |key| async move { client::create(actor, &path, &key, &item).await });
        checked.deed.run(creating, move |row: ItemRow| {
            if row.alike > 0 {
                toasts.warn(t_string!(i18n, item_bank.created_alike, count = row.alike));
            } else {
                toasts.done(t_string!(i18n, item_bank.created));
            }
            navigate("/items/mine", Default::default());
        });
    });
    view! {
        <p class="muted small">{t!(i18n, item_bank.imported_waits)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, item_bank.create)) send>
            <CourseField
                id="course"
                label=words(|locale| td_string!(locale, item_bank.course))
                error=checked.error("/course")
                value=course
                to_do=Right::AuthorItem
            />
            <ItemFields draft checked />
        </CheckedForm>
    }
}

/// An item of a kind in which nothing is written yet.
fn empty(kind: ItemKind) -> Item {
    let options = || vec![String::new(); OPTIONS];
    let body = match kind {
        ItemKind::SingleChoice => ItemBody::SingleChoice { options: options(), key: 0 },
        ItemKind::MultipleChoice => {
            ItemBody::MultipleChoice { options: options(), key: Vec::new(), rule: MultipleRule::default() }
        }
        ItemKind::TrueFalse => ItemBody::TrueFalse { key: true },
        ItemKind::FillIn => ItemBody::FillIn { blanks: Vec::new(), groups: Vec::new() },
        ItemKind::ShortAnswer => ItemBody::ShortAnswer { rubric: String::new() },
        ItemKind::Numeric => ItemBody::Numeric {
            key: String::new(),
            tolerance: Tolerance::Absolute { by: "0".to_owned() },
            units: Vec::new(),
        },
        ItemKind::Matching => ItemBody::Matching { lefts: Vec::new(), rights: Vec::new(), key: Vec::new() },
        ItemKind::Ordering => ItemBody::Ordering { lines: Vec::new(), key: Vec::new() },
        ItemKind::InlineChoice => ItemBody::InlineChoice { menus: Vec::new(), key: Vec::new() },
        ItemKind::Matrix => ItemBody::Matrix { rows: Vec::new(), columns: Vec::new(), key: Vec::new() },
        ItemKind::HotText => ItemBody::HotText { key: Vec::new(), rule: MultipleRule::default() },
        ItemKind::Correction => ItemBody::Correction { key: true, accepted: Vec::new() },
        ItemKind::Calculation => ItemBody::Calculation { steps: Vec::new() },
        ItemKind::Composite => ItemBody::Composite { children: Vec::new() },
        ItemKind::Essay => ItemBody::Essay { dimensions: Vec::new(), length: EssayLength::default() },
    };
    Item { schema_version: 1, stem: String::new(), body, explanation: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::item_bank::validate_item;

    #[test]
    fn nothing_that_is_not_written_passes() {
        for kind in ItemKind::ALL {
            let item = empty(*kind);
            assert_eq!(item.body.kind(), *kind);
            assert!(validate_item(&item).iter().any(|wrong| wrong.pointer == "/stem"), "{kind}");
        }
    }
}
