//! One training, one certificate: what was recorded, and where it stands.

use super::super::skill_words::{SkillTag, department_name, kind_and_level, level_name, source_name};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::when,
};
use leptos::prelude::*;
use shared::teaching::{SkillCertificateView, SkillTrainingView};

/// A training.
#[component]
pub(in crate::pages::teaching) fn TrainingFacts(training: SkillTrainingView) -> impl IntoView {
    let i18n = use_i18n();
    let SkillTrainingView { entry, state, reason, .. } = training;
    let (first, last) = (entry.starts_on, entry.ends_on);
    let days = move || format!("{} – {}", when::day(i18n.get_locale(), first), when::day(i18n.get_locale(), last));
    let (level, department, source) = (entry.level, entry.department, entry.source);
    let (project, code) = (entry.project, entry.occupation_code);
    let more = move || {
        let locale = i18n.get_locale();
        let level = level.map(|level| level_name(locale, level).to_owned());
        let department = department.map(|department| department_name(locale, department).to_owned());
        let source = Some(source_name(locale, source).to_owned());
        let project = Some(project.clone()).filter(|project| !project.is_empty());
        let parts = [project, code.clone(), level, department, source];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let (theory, practice) = (entry.theory_score, entry.practice_score);
    let scores = move || {
        let score = |score: Option<u8>| score.map_or_else(|| "–".to_owned(), |score| score.to_string());
        (theory.is_some() || practice.is_some())
            .then(|| t_string!(i18n, classes.scores, theory = score(theory), practice = score(practice)))
    };
    view! {
        <div>
            <p><b>{entry.occupation}</b> " " <SkillTag state /></p>
            <p class="small">
                {entry.organiser} " · " <span class="num">{t!(i18n, classes.hours_sum, hours = entry.hours)}</span>
            </p>
            <p class="muted small">{more}</p>
            {move || scores().map(|scores| view! { <p class="muted small num">{scores}</p> })}
            <p class="muted small num">{days}</p>
            <Reason reason />
        </div>
    }
}

/// A certificate; its number is masked where it may be its holder's own.
#[component]
pub(in crate::pages::teaching) fn CertificateFacts(certificate: SkillCertificateView) -> impl IntoView {
    let i18n = use_i18n();
    let SkillCertificateView { entry, state, reason, replaced_by, .. } = certificate;
    let (issued_on, shown) = (entry.issued_on, entry.clone());
    let number = entry.number;
    view! {
        <div>
            <p><b>{entry.occupation}</b> " " <SkillTag state /></p>
            <p class="small">{move || kind_and_level(i18n.get_locale(), &shown)}</p>
            <p class="small">
                {entry.issuer} " · "
                <span class="num">{move || t_string!(i18n, classes.number_is, number = number.clone())}</span>
            </p>
            <p class="muted small num">{move || when::day(i18n.get_locale(), issued_on)}</p>
            {replaced_by.map(|_| view! { <p class="muted small">{t!(i18n, classes.replaced)}</p> })}
            <Reason reason />
        </div>
    }
}

/// Why it does not stand.
#[component]
fn Reason(reason: String) -> impl IntoView {
    let i18n = use_i18n();
    (!reason.is_empty()).then(|| view! { <p class="small">{t!(i18n, classes.because, reason = reason)}</p> })
}
