//! Choosing a county or one of its townships.

use super::{entry_form::Entering, words::words};
use crate::{
    i18n::{t_string, td_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
    },
    ui::{Field, Select},
};
use leptos::prelude::*;
use shared::organisation::{DivisionCode, DivisionRow, DivisionView};

/// Where something lies: a county or a township, with the names of what that lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Lies {
    pub(in crate::pages) code: DivisionCode,
    pub(in crate::pages) name: String,
}

impl Lies {
    /// Where this division is, if its code can be read.
    pub(super) fn at(view: DivisionView) -> Option<Self> {
        let below_province = view.above.into_iter().skip(1).map(|above| above.name);
        let names: Vec<_> = below_province.chain([view.division.name]).collect();
        Some(Self { code: DivisionCode::parse(&view.division.code)?, name: names.join(" ") })
    }
}

/// The division that `?division=…` of the address names.
///
/// # Errors
/// If the reader may not see it.
pub(in crate::pages) async fn named(actor: Actor, code: String) -> Outcome<Lies> {
    let view: DivisionView = client::get(actor, &format!("/divisions/{code}")).await?;
    Lies::at(view).ok_or(ApiError::Unreadable)
}

/// What can be chosen: the county and its townships, or the place itself where the reader knows no more.
async fn choices(actor: Actor, here: Lies) -> Vec<(String, String)> {
    let county = here.code.county().unwrap_or(here.code);
    let whole = client::get::<DivisionView>(actor, &format!("/divisions/{county}")).await;
    let parts = client::get::<Vec<DivisionRow>>(actor, &format!("/divisions?parent={county}")).await;
    match (whole, parts) {
        (Ok(whole), Ok(parts)) => {
            let standing = parts.into_iter().filter(|row| row.abolished_on.is_none());
            let all = std::iter::once(whole.division).chain(standing.map(|row| row.division));
            all.map(|division| (division.code, division.name)).collect()
        }
        _ => vec![(here.code.to_string(), here.name)],
    }
}

/// The field.
#[component]
pub(super) fn DivisionField(here: Lies, value: RwSignal<String>, entering: Entering) -> impl IntoView {
    let i18n = use_i18n();
    let said = entering.deed.field("/division");
    let error = Signal::derive(move || match value.with(String::is_empty) {
        true => t_string!(i18n, common.required).to_owned(),
        false => said.get(),
    });
    view! {
        <Field id="division" label=words(|locale| td_string!(locale, organisation.division)) error>
            <DivisionSelect here value />
        </Field>
    }
}

/// Its input alone, for a field with another name.
#[component]
pub(in crate::pages) fn DivisionSelect(here: Lies, value: RwSignal<String>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let (known, own) = (StoredValue::new(here.clone()), (here.code.to_string(), here.name));
    let fetched = LocalResource::new(move || choices(actor, known.get_value()));
    let options = Signal::derive(move || fetched.get().unwrap_or_else(|| vec![own.clone()]));
    view! { <Select value options /> }
}
