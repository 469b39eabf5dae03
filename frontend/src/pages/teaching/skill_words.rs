//! Kinds, levels and states of skills in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    platform::actor::Actor,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    rights::{Right, places},
    teaching::{CertificateKind, SkillCertificateEntry, SkillDepartment, SkillLevel, SkillSource, SkillState},
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
        CertificateKind::Other => td_string!(locale, classes.certificate_other),
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

/// Kind, or the name of one of another kind, and level.
pub(super) fn kind_and_level(locale: Locale, entry: &SkillCertificateEntry) -> String {
    let level = entry.level.map(|level| format!(" · {}", level_name(locale, level))).unwrap_or_default();
    match entry.kind {
        CertificateKind::Other => format!("{}{level}", entry.kind_name),
        kind => format!("{}{level}", kind_name(locale, kind)),
    }
}

/// Whose department a training belongs to.
pub(super) fn department_name(locale: Locale, department: SkillDepartment) -> &'static str {
    match department {
        SkillDepartment::Education => td_string!(locale, classes.department_education),
        SkillDepartment::HumanResources => td_string!(locale, classes.department_human_resources),
        SkillDepartment::Agriculture => td_string!(locale, classes.department_agriculture),
        SkillDepartment::TradeUnion => td_string!(locale, classes.department_trade_union),
        SkillDepartment::Other => td_string!(locale, classes.department_other),
    }
}

/// Where a record comes from.
pub(super) fn source_name(locale: Locale, source: SkillSource) -> &'static str {
    match source {
        SkillSource::School => td_string!(locale, classes.source_school),
        SkillSource::Learner => td_string!(locale, classes.source_learner),
        SkillSource::Department => td_string!(locale, classes.source_department),
    }
}

/// Where a record stands.
pub(super) fn state_name(locale: Locale, state: SkillState) -> &'static str {
    match state {
        SkillState::Claimed => td_string!(locale, classes.skill_claimed),
        SkillState::Checked => td_string!(locale, classes.skill_checked),
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
        SkillState::Claimed | SkillState::Checked => Tone::Wait,
        SkillState::Verified => Tone::Ok,
        SkillState::Refused => Tone::Stop,
        SkillState::Withdrawn => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}
