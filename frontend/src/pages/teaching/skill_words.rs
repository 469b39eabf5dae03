//! Kinds, levels and states of skills in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    platform::actor::Actor,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    rights::{Right, places},
    teaching::{CertificateKind, SkillLevel, SkillState},
};

/// Whether the reader has a right anywhere.
pub(super) fn has(actor: Actor, right: Right) -> bool {
    actor.me().is_some_and(|me| places(&me.roles, right).next().is_some())
}

/// What a certificate is.
pub(super) fn kind_name(locale: Locale, kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::VocationalQualification => td_string!(locale, classes.certificate_vocational_qualification),
        CertificateKind::SkillLevelCertificate => td_string!(locale, classes.certificate_skill_level_certificate),
        CertificateKind::SpecialSkillCertificate => td_string!(locale, classes.certificate_special_skill_certificate),
        CertificateKind::GreenCertificate => td_string!(locale, classes.certificate_green_certificate),
        CertificateKind::SpecialOperationPermit => td_string!(locale, classes.certificate_special_operation_permit),
        CertificateKind::DrivingLicence => td_string!(locale, classes.certificate_driving_licence),
    }
}

/// How high it is.
pub(super) fn level_name(locale: Locale, level: SkillLevel) -> &'static str {
    match level {
        SkillLevel::Junior => td_string!(locale, classes.level_junior),
        SkillLevel::Intermediate => td_string!(locale, classes.level_intermediate),
        SkillLevel::Senior => td_string!(locale, classes.level_senior),
        SkillLevel::Technician => td_string!(locale, classes.level_technician),
        SkillLevel::SeniorTechnician => td_string!(locale, classes.level_senior_technician),
    }
}

/// Kind and level.
pub(super) fn kind_and_level(locale: Locale, kind: CertificateKind, level: Option<SkillLevel>) -> String {
    let level = level.map(|level| format!(" · {}", level_name(locale, level))).unwrap_or_default();
    format!("{}{level}", kind_name(locale, kind))
}

/// Where a record stands.
pub(super) fn state_name(locale: Locale, state: SkillState) -> &'static str {
    match state {
        SkillState::Claimed => td_string!(locale, classes.skill_claimed),
        SkillState::Verified => td_string!(locale, classes.skill_verified),
        SkillState::Refused => td_string!(locale, classes.skill_refused),
        SkillState::Withdrawn => td_string!(locale, classes.skill_withdrawn),
    }
}

/// The same as a label.
#[component]
pub(super) fn SkillTag(state: SkillState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        SkillState::Claimed => Tone::Wait,
        SkillState::Verified => Tone::Ok,
        SkillState::Refused => Tone::Stop,
        SkillState::Withdrawn => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}
