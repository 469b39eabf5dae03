//! States, steps, papers and refusals in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    platform::when,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    enrolment::{AttachmentKind, EnrolmentRefusal, MissingPapers, RecordState, RecordStep},
    learning::CourseLevel,
    person::EducationBand,
};

/// Where a record stands.
pub(in crate::pages) fn state_name(locale: Locale, state: RecordState) -> &'static str {
    match state {
        RecordState::Applied => td_string!(locale, enrolment.state_applied),
        RecordState::SchoolReview => td_string!(locale, enrolment.state_school_review),
        RecordState::CountyReview => td_string!(locale, enrolment.state_county_review),
        RecordState::CityFiled => td_string!(locale, enrolment.state_city_filed),
        RecordState::Registered => td_string!(locale, enrolment.state_registered),
        RecordState::Studying => td_string!(locale, enrolment.state_studying),
        RecordState::Suspended => td_string!(locale, enrolment.state_suspended),
        RecordState::Transferred => td_string!(locale, enrolment.state_transferred),
        RecordState::Withdrawn => td_string!(locale, enrolment.state_withdrawn),
        RecordState::Eligible => td_string!(locale, enrolment.state_eligible),
        RecordState::Graduated => td_string!(locale, enrolment.state_graduated),
    }
}

/// What the state means to who reads it.
const fn tone_of(state: RecordState) -> Tone {
    match state {
        RecordState::Applied
        | RecordState::SchoolReview
        | RecordState::CountyReview
        | RecordState::CityFiled
        | RecordState::Suspended => Tone::Wait,
        RecordState::Registered | RecordState::Studying => Tone::Ok,
        RecordState::Eligible | RecordState::Graduated => Tone::Credit,
        RecordState::Transferred | RecordState::Withdrawn => Tone::Plain,
    }
}

/// The state as a label.
#[component]
pub(in crate::pages) fn StateTag(state: RecordState) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// The step on a button.
pub(super) fn step_name(locale: Locale, step: RecordStep) -> &'static str {
    match step {
        RecordStep::Amend => td_string!(locale, enrolment.step_amend),
        RecordStep::Submit => td_string!(locale, enrolment.step_submit),
        RecordStep::Approve => td_string!(locale, enrolment.step_approve),
        RecordStep::Return => td_string!(locale, enrolment.step_return),
        RecordStep::Begin => td_string!(locale, enrolment.step_begin),
        RecordStep::Suspend => td_string!(locale, enrolment.step_suspend),
        RecordStep::Resume => td_string!(locale, enrolment.step_resume),
        RecordStep::Transfer => td_string!(locale, enrolment.step_transfer),
        RecordStep::ChangeSchool => td_string!(locale, enrolment.step_change_school),
        RecordStep::Withdraw => td_string!(locale, enrolment.step_withdraw),
        RecordStep::Reenter => td_string!(locale, enrolment.step_reenter),
        RecordStep::Complete => td_string!(locale, enrolment.step_complete),
        RecordStep::Graduate => td_string!(locale, enrolment.step_graduate),
    }
}

/// What the step will do.
pub(super) fn step_effect(locale: Locale, step: RecordStep) -> &'static str {
    match step {
        RecordStep::Amend => td_string!(locale, enrolment.amend_about),
        RecordStep::Submit => td_string!(locale, enrolment.submit_about),
        RecordStep::Approve => td_string!(locale, enrolment.approve_about),
        RecordStep::Return => td_string!(locale, enrolment.return_about),
        RecordStep::Suspend => td_string!(locale, enrolment.suspend_about),
        RecordStep::Resume => td_string!(locale, enrolment.resume_about),
        RecordStep::Transfer => td_string!(locale, enrolment.transfer_about),
        RecordStep::Withdraw => td_string!(locale, enrolment.withdraw_about),
        RecordStep::Reenter => td_string!(locale, enrolment.reenter_about),
        RecordStep::Begin | RecordStep::ChangeSchool | RecordStep::Complete | RecordStep::Graduate => {
            td_string!(locale, enrolment.step_about)
        }
    }
}

/// What a photo shows.
pub(super) fn kind_name(locale: Locale, kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::IdCard => td_string!(locale, enrolment.attachment_id_card),
        AttachmentKind::Household => td_string!(locale, enrolment.attachment_household),
        AttachmentKind::Diploma => td_string!(locale, enrolment.attachment_diploma),
        AttachmentKind::Portrait => td_string!(locale, enrolment.attachment_portrait),
        AttachmentKind::ApplicationForm => td_string!(locale, enrolment.attachment_application_form),
        AttachmentKind::CommitmentLetter => td_string!(locale, enrolment.attachment_commitment_letter),
        AttachmentKind::Other => td_string!(locale, enrolment.attachment_other),
    }
}

/// What photos a record lacks.
pub(super) fn missing_text(locale: Locale, missing: MissingPapers) -> &'static str {
    match missing {
        MissingPapers::IdCard => td_string!(locale, enrolment.missing_id_card),
        MissingPapers::Diploma => td_string!(locale, enrolment.missing_diploma),
        MissingPapers::Both => td_string!(locale, enrolment.missing_both),
    }
}

/// The level studied for.
pub(in crate::pages) fn level_name(locale: Locale, level: CourseLevel) -> &'static str {
    match level {
        CourseLevel::Junior => td_string!(locale, learning.author_junior),
        CourseLevel::Senior => td_string!(locale, learning.author_senior),
    }
}

/// Why somebody may not enrol, as far as the form alone can tell.
pub(super) fn refusal_text(locale: Locale, refusal: &EnrolmentRefusal) -> String {
    match refusal {
        EnrolmentRefusal::NoRule => td_string!(locale, enrolment.refused_no_rule).to_owned(),
        EnrolmentRefusal::TooYoung { youngest, from } => {
            td_string!(locale, enrolment.refused_too_young, youngest = *youngest, from = when::day(locale, *from))
        }
        EnrolmentRefusal::TooOld { oldest, age } => {
            td_string!(locale, enrolment.refused_too_old, oldest = *oldest, age = *age)
        }
        EnrolmentRefusal::InFullTimeSchool => td_string!(locale, enrolment.refused_in_school).to_owned(),
        EnrolmentRefusal::AlreadyEnrolled(running) => {
            let provider = running.provider_name.as_deref();
            let provider = provider.unwrap_or_else(|| td_string!(locale, enrolment.another_school));
            td_string!(locale, enrolment.refused_enrolled, provider = provider)
        }
        EnrolmentRefusal::KeptElsewhere => td_string!(locale, enrolment.refused_kept_elsewhere).to_owned(),
        EnrolmentRefusal::AlreadyHolds { level: CourseLevel::Junior } => {
            td_string!(locale, enrolment.refused_holds_junior).to_owned()
        }
        EnrolmentRefusal::AlreadyHolds { level: CourseLevel::Senior } => {
            td_string!(locale, enrolment.refused_holds_senior).to_owned()
        }
        EnrolmentRefusal::EducationUnsettled { .. } => td_string!(locale, enrolment.refused_unsettled).to_owned(),
        EnrolmentRefusal::PriorLevelMissing { needed } if needed.band() == EducationBand::Junior => {
            td_string!(locale, enrolment.refused_junior_missing).to_owned()
        }
        EnrolmentRefusal::PriorLevelMissing { .. } => td_string!(locale, enrolment.refused_prior_missing).to_owned(),
    }
}
