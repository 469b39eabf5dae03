//! Graduation: who of a class may graduate, lists of graduates, and the register of diplomas.

pub(crate) mod candidates;
pub(crate) mod diplomas;
mod list;
pub(crate) mod lists;
pub(crate) mod rules;

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::credit_bank::{DiplomaState, GraduationGap, GraduationState};

/// Where a list stands, in words.
pub(super) fn state_name(locale: Locale, state: GraduationState) -> &'static str {
    match state {
        GraduationState::Proposed => td_string!(locale, graduation.state_proposed),
        GraduationState::Confirmed => td_string!(locale, graduation.state_confirmed),
        GraduationState::Approved => td_string!(locale, graduation.state_approved),
        GraduationState::Returned => td_string!(locale, graduation.state_returned),
    }
}

/// Where a list stands.
#[component]
fn StateTag(state: GraduationState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        GraduationState::Proposed | GraduationState::Confirmed => Tone::Wait,
        GraduationState::Approved => Tone::Credit,
        GraduationState::Returned => Tone::Stop,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// Where a diploma stands.
#[component]
fn DiplomaTag(state: DiplomaState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        DiplomaState::Valid => Tone::Credit,
        DiplomaState::InQuestion => Tone::Wait,
        DiplomaState::Revoked => Tone::Stop,
    };
    let name = move || match state {
        DiplomaState::Valid => td_string!(i18n.get_locale(), graduation.diploma_valid),
        DiplomaState::InQuestion => td_string!(i18n.get_locale(), graduation.diploma_in_question),
        DiplomaState::Revoked => td_string!(i18n.get_locale(), graduation.diploma_revoked),
    };
    view! { <Tag tone>{name}</Tag> }
}

/// What is missing, and what to do, in one sentence.
fn gap_sentence(locale: Locale, gap: &GraduationGap) -> String {
    match gap {
        GraduationGap::HoldsDiploma {} => td_string!(locale, graduation.gap_holds_diploma).to_owned(),
        GraduationGap::NotStudying {} => td_string!(locale, graduation.gap_not_studying).to_owned(),
        GraduationGap::NotIdentified {} => td_string!(locale, graduation.gap_not_identified).to_owned(),
        GraduationGap::NoRule {} => td_string!(locale, graduation.gap_no_rule).to_owned(),
        GraduationGap::NoCourses {} => td_string!(locale, graduation.gap_no_courses).to_owned(),
        GraduationGap::Course { title } => td_string!(locale, graduation.gap_course, title = title.clone()),
        GraduationGap::ChooseOne {} => td_string!(locale, graduation.gap_choose_one).to_owned(),
        GraduationGap::Elective {} => td_string!(locale, graduation.gap_elective).to_owned(),
        GraduationGap::InQuestion { title } => td_string!(locale, graduation.gap_in_question, title = title.clone()),
        GraduationGap::ClassHours { title, done, needed } => {
            td_string!(locale, graduation.gap_class_hours, title = title.clone(), done = *done, needed = *needed)
        }
        GraduationGap::SkillCertificate {} => td_string!(locale, graduation.gap_skill_certificate).to_owned(),
        GraduationGap::Credits { earned, needed } => {
            td_string!(locale, graduation.gap_credits, earned = *earned, needed = *needed)
        }
    }
}

/// Everything that is missing.
#[component]
pub(super) fn Gaps(gaps: Vec<GraduationGap>) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |gap: GraduationGap| view! { <li>{move || gap_sentence(i18n.get_locale(), &gap)}</li> };
    view! { <ul class="bullets">{gaps.into_iter().map(line).collect_view()}</ul> }
}
