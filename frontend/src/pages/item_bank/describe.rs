//! The form that says what an item is about and how hard it is.

use super::ability::{ability_name, ability_options};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        papers::thousandths::{parse_share, share_text},
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client},
    ui::{Field, Select, Tag, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    item_bank::{Ability, Descriptor, ItemRow, validate_descriptor},
    problem::FieldError,
};

/// What has been filled in.
#[derive(Clone, Copy)]
struct Form {
    module: RwSignal<String>,
    knowledge_point: RwSignal<String>,
    ability: RwSignal<String>,
    difficulty: RwSignal<String>,
    enemies: RwSignal<String>,
}

impl Form {
    fn of(said: Option<&Descriptor>) -> Self {
        let text = |of: fn(&Descriptor) -> String| RwSignal::new(said.map(of).unwrap_or_default());
        Self {
            module: text(|said| said.module.clone()),
            knowledge_point: text(|said| said.knowledge_point.clone()),
            ability: text(|said| said.ability.as_str().to_owned()),
            difficulty: text(|said| share_text(i32::from(said.difficulty))),
            enemies: text(|said| said.enemies.clone()),
        }
    }

    fn descriptor(self) -> Option<Descriptor> {
        Some(Descriptor {
            module: self.module.get(),
            knowledge_point: self.knowledge_point.get(),
            ability: Ability::parse(&self.ability.get())?,
            difficulty: parse_share(&self.difficulty.get())?,
            enemies: self.enemies.get(),
        })
    }

    /// What is wrong with it, by the rules that the server has too.
    fn wrong(self) -> Vec<FieldError> {
        if let Some(descriptor) = self.descriptor() {
            return validate_descriptor(&descriptor);
        }
        let mut wrong = Vec::new();
        if self.module.with(|module| module.trim().is_empty()) {
            wrong.push(FieldError::new("/module", "required"));
        }
        if self.ability.with(String::is_empty) {
            wrong.push(FieldError::new("/ability", "required"));
        }
        if self.difficulty.with(|difficulty| parse_share(difficulty).is_none()) {
            wrong.push(FieldError::new("/difficulty", "out-of-range"));
        }
        wrong
    }
}

/// The form, over what was said last.
#[component]
pub(super) fn Describe(
    /// The item as it was looked at.
    row: ItemRow,
    /// Closes the dialog.
    is_open: RwSignal<bool>,
    /// Fetches the list again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let form = Form::of(row.descriptor.as_ref());
    let checked = Checked::new(move || form.wrong());
    let (path, version) = (format!("/items/{}/descriptor", row.id), format!("\"{}\"", row.descriptor_version));
    let send = Callback::new(move |()| {
        let Some(descriptor) = untrack(|| form.descriptor()) else { return };
        let (path, version) = (path.clone(), version.clone());
        let describing = async move { client::replace(actor, &path, &version, &descriptor).await };
        checked.deed.run(describing, move |_: ItemRow| {
            is_open.set(false);
            toasts.done(t_string!(i18n, item_bank.described));
            reload.run(());
        });
    });
    view! {
        <p class="muted small">{t!(i18n, item_bank.describe_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, item_bank.describe_save)) send>
            <Fields form checked />
        </CheckedForm>
    }
}

#[component]
fn Fields(form: Form, checked: Checked) -> impl IntoView {
    view! {
        <Field
            id="module"
            label=words(|locale| td_string!(locale, item_bank.module))
            error=checked.error("/module")
        >
            <TextInput value=form.module />
        </Field>
        <Field
            id="knowledge-point"
            label=words(|locale| td_string!(locale, item_bank.knowledge_point))
            error=checked.error("/knowledge_point")
        >
            <TextInput value=form.knowledge_point />
        </Field>
        <Field
            id="ability"
            label=words(|locale| td_string!(locale, item_bank.ability))
            error=checked.error("/ability")
        >
            <Select value=form.ability options=ability_options() />
        </Field>
        <Field
            id="difficulty"
            label=words(|locale| td_string!(locale, item_bank.difficulty))
            hint=words(|locale| td_string!(locale, item_bank.difficulty_hint))
            error=checked.error("/difficulty")
        >
            <TextInput value=form.difficulty keyboard="decimal" />
        </Field>
        <Field
            id="enemies"
            label=words(|locale| td_string!(locale, item_bank.enemies))
            hint=words(|locale| td_string!(locale, item_bank.enemies_hint))
            error=checked.error("/enemies")
        >
            <TextInput value=form.enemies />
        </Field>
    }
}

/// What is said of an item, in a line.
#[component]
pub(super) fn Described(
    /// What is said; nothing yet if it is missing.
    said: Option<Descriptor>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Some(said) = said else {
        return view! { <span class="muted small">{t!(i18n, item_bank.undescribed)}</span> }.into_any();
    };
    let (ability, share) = (said.ability, share_text(i32::from(said.difficulty)));
    view! {
        <span class="row tight">
            <span>{said.module}</span>
            <Tag>{move || ability_name(i18n.get_locale(), ability)}</Tag>
            <span class="num">{share}</span>
        </span>
    }
    .into_any()
}
