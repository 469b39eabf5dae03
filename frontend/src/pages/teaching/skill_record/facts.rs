//! One training, one certificate: what was recorded, and where it stands.

use super::super::skill_words::{SkillTag, kind_and_level};
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
    view! {
        <div>
            <p><b>{entry.occupation}</b> " " <SkillTag state /></p>
            <p class="small">
                {entry.organiser} " · " <span class="num">{t!(i18n, classes.hours_sum, hours = entry.hours)}</span>
            </p>
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
    let (kind, level, issued_on) = (entry.kind, entry.level, entry.issued_on);
    let number = entry.number;
    view! {
        <div>
            <p><b>{entry.occupation}</b> " " <SkillTag state /></p>
            <p class="small">{move || kind_and_level(i18n.get_locale(), kind, level)}</p>
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
