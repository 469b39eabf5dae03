//! What a role may do, in words.

use super::{right_name::right_name, words::role_options};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    ui::{Card, Field, Select},
};
use leptos::prelude::*;
use shared::rights::{Right, Role, carries, needs_second_person};

/// A role to choose, and the list of its rights.
#[component]
pub(super) fn Meaning() -> impl IntoView {
    let i18n = use_i18n();
    let role = RwSignal::new(String::new());
    let options = move || role_options(i18n.get_locale(), Role::ALL.iter().copied());
    view! {
        <Card title=words(|locale| td_string!(locale, rights.meaning))>
            <Field id="meaning" label=words(|locale| td_string!(locale, rights.meaning_of))>
                <Select value=role options=Signal::derive(options) />
            </Field>
            {move || Role::parse(&role.get()).map(|role| view! { <RightsOf role /> })}
        </Card>
    }
}

/// The rights of a role.
#[component]
pub(super) fn RightsOf(role: Role) -> impl IntoView {
    let i18n = use_i18n();
    let rights: Vec<Right> = Right::ALL.iter().copied().filter(|right| carries(role, *right)).collect();
    let is_empty = rights.is_empty();
    let line = move |right: Right| view! { <li>{move || right_name(i18n.get_locale(), right)}</li> };
    view! {
        <ul class="plain">{rights.into_iter().map(line).collect_view()}</ul>
        {is_empty.then(|| view! { <p>{t!(i18n, rights.only_system)}</p> })}
        {needs_second_person(role).then(|| view! { <p class="muted small">{t!(i18n, rights.needs_second)}</p> })}
    }
}
