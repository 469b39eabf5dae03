//! Who runs a test: the province, or one of its cities. Who plans for a city alone is not asked.

use crate::{
    i18n::{t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{Field, Select},
};
use leptos::prelude::*;
use shared::{
    organisation::{DivisionCode, DivisionRow},
    rights::{Right, carries},
};

/// The field; for who plans for the province.
#[component]
pub(super) fn OwnerField(
    /// Code of the chosen division.
    value: RwSignal<String>,
    /// Sending it.
    deed: Deed,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let province = DivisionCode::ZHEJIANG.place();
    let plans = actor.me().is_some_and(|me| {
        me.roles.iter().any(|held| carries(held.role, Right::PlanExamSession) && held.place == province)
    });
    plans.then(|| view! { <Owner value deed /> })
}

#[component]
fn Owner(value: RwSignal<String>, deed: Deed) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    if value.with_untracked(String::is_empty) {
        value.set(DivisionCode::ZHEJIANG.to_string());
    }
    let cities: LocalResource<Outcome<Vec<DivisionRow>>> =
        LocalResource::new(move || client::get(actor, "/divisions?parent=33"));
    let options = move || {
        let whole = (DivisionCode::ZHEJIANG.to_string(), t_string!(i18n, sittings.owner_province).to_owned());
        let cities = cities.get().and_then(Result::ok).unwrap_or_default();
        let standing = cities.into_iter().filter(|row| row.abolished_on.is_none());
        let cities = standing.map(|row| (row.division.code, row.division.name));
        std::iter::once(whole).chain(cities).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="division"
            label=words(|locale| td_string!(locale, sittings.owner))
            hint=words(|locale| td_string!(locale, sittings.owner_hint))
            error=deed.field("/division")
        >
            <Select value options=Signal::derive(options) />
        </Field>
    }
}
