//! The fields of an item that is changed, whatever its kind: in the bank, and in a lesson.

use super::{
    draft::{Draft, KEY},
    kind::rule_name,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, GroupError},
    },
    ui::{Button, Field, Look, Select, TextArea, TextInput},
};
use leptos::prelude::*;
use shared::item_bank::{ItemKind, MultipleRule};

/// Words in the reader's language.
type Words = fn(Locale) -> &'static str;

/// The letter of an option, the id of its input, and where its faults stand.
type OptionPlace = (&'static str, &'static str, &'static str);

/// As many as a choice may have.
const OPTIONS: [OptionPlace; 10] = [
    ("A", "option-a", "/body/options/0"),
    ("B", "option-b", "/body/options/1"),
    ("C", "option-c", "/body/options/2"),
    ("D", "option-d", "/body/options/3"),
    ("E", "option-e", "/body/options/4"),
    ("F", "option-f", "/body/options/5"),
    ("G", "option-g", "/body/options/6"),
    ("H", "option-h", "/body/options/7"),
    ("I", "option-i", "/body/options/8"),
    ("J", "option-j", "/body/options/9"),
];

/// All fields of an item, within a form that `checked` judges.
#[component]
pub(in crate::pages) fn ItemFields(
    /// What is filled in.
    draft: Draft,
    /// What judges it.
    checked: Checked,
) -> impl IntoView {
    let has_rule = matches!(draft.kind, ItemKind::MultipleChoice | ItemKind::HotText);
    let is_choice = matches!(draft.kind, ItemKind::SingleChoice | ItemKind::MultipleChoice);
    view! {
        <Field id="stem" label=words(|locale| td_string!(locale, item_bank.item)) error=checked.error("/stem")>
            <TextArea value=draft.stem />
        </Field>
        {is_choice.then(|| view! { <Options draft checked /> })}
        <Key draft checked />
        {has_rule.then(|| view! { <Rule draft /> })}
        <Field
            id="explanation"
            label=words(|locale| td_string!(locale, item_bank.explanation))
            error=checked.error("/explanation")
        >
            <TextArea value=draft.explanation rows=3 />
        </Field>
    }
}

#[component]
fn Options(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    // Made once, so that what is marked stays so when an option comes or goes.
    let errors = OPTIONS.map(|(_, _, pointer)| checked.error(pointer));
    let option = move |(((letter, id, _), error), value): ((OptionPlace, Signal<String>), RwSignal<String>)| {
        view! {
            <Field id label=Signal::derive(move || t_string!(i18n, item_bank.option, letter = letter)) error>
                <TextInput value />
            </Field>
        }
    };
    let add = move |()| draft.options.update(|options| options.push(RwSignal::new(String::new())));
    let drop_last = move |()| draft.options.update(|options| _ = options.pop());
    view! {
        {move || OPTIONS.into_iter().zip(errors).zip(draft.options.get()).map(option).collect_view()}
        <GroupError text=checked.error("/body/options") />
        <div class="row">
            <Show when=move || draft.may_add()>
                <Button look=Look::Quiet on_press=add>{t!(i18n, item_bank.add_option)}</Button>
            </Show>
            <Show when=move || draft.may_drop()>
                <Button look=Look::Quiet on_press=drop_last>{t!(i18n, item_bank.drop_option)}</Button>
            </Show>
        </div>
    }
}

/// What is right.
#[component]
fn Key(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let truths = move || {
        vec![
            (true.to_string(), t_string!(i18n, item_bank.is_true).to_owned()),
            (false.to_string(), t_string!(i18n, item_bank.is_false).to_owned()),
        ]
    };
    view! {
        <Field id="key" label=words(label(draft.kind)) hint=words(hint(draft.kind)) error=checked.error(KEY)>
            {match draft.kind {
                ItemKind::SingleChoice | ItemKind::MultipleChoice | ItemKind::HotText | ItemKind::Correction => {
                    view! { <TextInput value=draft.key /> }.into_any()
                }
                ItemKind::TrueFalse => view! { <Select value=draft.key options=Signal::derive(truths) /> }.into_any(),
                _ => view! { <TextArea value=draft.key /> }.into_any(),
            }}
        </Field>
    }
}

/// What a choice of several is worth that is not wholly right.
#[component]
fn Rule(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let rules = move || {
        let rule = |rule: &MultipleRule| (rule.as_str().to_owned(), rule_name(i18n.get_locale(), *rule).to_owned());
        MultipleRule::ALL.iter().map(rule).collect::<Vec<_>>()
    };
    view! {
        <Field id="rule" label=words(|locale| td_string!(locale, item_bank.rule))>
            <Select value=draft.rule options=Signal::derive(rules) />
        </Field>
    }
}

fn label(kind: ItemKind) -> Words {
    match kind {
        ItemKind::ShortAnswer | ItemKind::Essay => |locale: Locale| td_string!(locale, item_bank.rubric),
        _ => |locale: Locale| td_string!(locale, item_bank.key),
    }
}

/// How it is written; empty where that is plain.
fn hint(kind: ItemKind) -> Words {
    match kind {
        ItemKind::SingleChoice | ItemKind::MultipleChoice => {
            |locale: Locale| td_string!(locale, item_bank.key_letters_hint)
        }
        ItemKind::FillIn => |locale: Locale| td_string!(locale, item_bank.key_blanks_hint),
        ItemKind::Numeric => |locale: Locale| td_string!(locale, item_bank.key_numeric_hint),
        ItemKind::Matching => |locale: Locale| td_string!(locale, item_bank.key_matching_hint),
        ItemKind::Ordering => |locale: Locale| td_string!(locale, item_bank.key_ordering_hint),
        ItemKind::InlineChoice => |locale: Locale| td_string!(locale, item_bank.key_inline_hint),
        ItemKind::Matrix => |locale: Locale| td_string!(locale, item_bank.key_matrix_hint),
        ItemKind::HotText => |locale: Locale| td_string!(locale, item_bank.key_hot_text_hint),
        ItemKind::Correction => |locale: Locale| td_string!(locale, item_bank.key_correction_hint),
        ItemKind::Essay => |locale: Locale| td_string!(locale, item_bank.key_essay_hint),
        ItemKind::Calculation => |locale: Locale| td_string!(locale, item_bank.key_calculation_hint),
        ItemKind::Composite => |locale: Locale| td_string!(locale, item_bank.key_composite_hint),
        ItemKind::TrueFalse | ItemKind::ShortAnswer => |_| "",
    }
}
