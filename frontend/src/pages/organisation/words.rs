//! Kinds and states in words.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::when,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::organisation::{FormerDivision, OpenState, ProviderKind};

/// Words that follow the reader's language.
pub(in crate::pages) fn words(name: fn(Locale) -> &'static str) -> Signal<String> {
    let i18n = use_i18n();
    Signal::derive(move || name(i18n.get_locale()).to_owned())
}

/// The kind of a provider.
pub(in crate::pages) fn kind_name(locale: Locale, kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::AdultSchool => td_string!(locale, organisation.provider_adult_school),
        ProviderKind::CommunitySchool => td_string!(locale, organisation.provider_community_school),
        ProviderKind::CommunityCollege => td_string!(locale, organisation.provider_community_college),
        ProviderKind::VocationalSchool => td_string!(locale, organisation.provider_vocational_school),
        ProviderKind::AdultSecondarySchool => td_string!(locale, organisation.provider_adult_secondary_school),
        ProviderKind::EmployeeSchool => td_string!(locale, organisation.provider_employee_school),
        ProviderKind::TrainingInstitution => td_string!(locale, organisation.provider_training_institution),
        ProviderKind::LocalSchool => td_string!(locale, organisation.provider_local_school),
    }
}

/// Whether something is in use.
pub(super) fn state_name(locale: Locale, state: OpenState) -> &'static str {
    match state {
        OpenState::Open => td_string!(locale, organisation.open),
        OpenState::Closed => td_string!(locale, organisation.closed),
    }
}

/// The same as a label.
#[component]
pub(super) fn StateTag(state: OpenState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        OpenState::Open => Tone::Ok,
        OpenState::Closed => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// Where something lay until its township went over into another: a line of a list of facts.
#[component]
pub(in crate::pages) fn Formerly(former: FormerDivision) -> impl IntoView {
    let i18n = use_i18n();
    let FormerDivision { name, until, .. } = former;
    let text = move || {
        let day = when::day(i18n.get_locale(), until);
        t_string!(i18n, organisation.formerly_until, name = name.clone(), day = day)
    };
    view! { <div><dt>{t!(i18n, organisation.formerly)}</dt><dd>{text}</dd></div> }
}
