//! What lists and rosters say, in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::roster::{
    BatchState, EmploymentState, GroupTag, LegalBasis, RosterCheckState, RosterField, RosterFinding, RosterState,
    RosterStep, RoundStanding, StudyMode, StudyRoute, UpgradeIntent, VisitChannel, VisitOutcome,
};

/// What a column holds.
pub(super) fn field_name(locale: Locale, value: RosterField) -> &'static str {
    match value {
        RosterField::Name => td_string!(locale, roster.field_name),
        RosterField::DocumentType => td_string!(locale, roster.field_document_type),
        RosterField::DocumentNumber => td_string!(locale, roster.field_document_number),
        RosterField::Sex => td_string!(locale, roster.field_sex),
        RosterField::BirthDate => td_string!(locale, roster.field_birth_date),
        RosterField::EthnicGroup => td_string!(locale, roster.field_ethnic_group),
        RosterField::Phone => td_string!(locale, roster.field_phone),
        RosterField::HouseholdDivision => td_string!(locale, roster.field_household_division),
        RosterField::HouseholdAddress => td_string!(locale, roster.field_household_address),
        RosterField::ResidenceDivision => td_string!(locale, roster.field_residence_division),
        RosterField::Village => td_string!(locale, roster.field_village),
        RosterField::ResidenceAddress => td_string!(locale, roster.field_residence_address),
        RosterField::EducationLevel => td_string!(locale, roster.field_education_level),
        RosterField::GraduationSchool => td_string!(locale, roster.field_graduation_school),
        RosterField::GraduationYear => td_string!(locale, roster.field_graduation_year),
        RosterField::EmploymentState => td_string!(locale, roster.field_employment_state),
        RosterField::Employer => td_string!(locale, roster.field_employer),
        RosterField::EmployerCode => td_string!(locale, roster.field_employer_code),
        RosterField::Industry => td_string!(locale, roster.field_industry),
        RosterField::JobPost => td_string!(locale, roster.field_job_post),
        RosterField::GroupTags => td_string!(locale, roster.field_group_tags),
        RosterField::UpgradeIntent => td_string!(locale, roster.field_upgrade_intent),
        RosterField::IntentReason => td_string!(locale, roster.field_intent_reason),
        RosterField::StudyRoute => td_string!(locale, roster.field_study_route),
        RosterField::StudyMode => td_string!(locale, roster.field_study_mode),
        RosterField::PreferredTime => td_string!(locale, roster.field_preferred_time),
        RosterField::PreferredPlace => td_string!(locale, roster.field_preferred_place),
        RosterField::Surveyor => td_string!(locale, roster.field_surveyor),
        RosterField::SurveyDate => td_string!(locale, roster.field_survey_date),
        RosterField::Note => td_string!(locale, roster.field_note),
    }
}

/// Where a person stands.
pub(super) fn state_name(locale: Locale, value: RosterState) -> &'static str {
    match value {
        RosterState::Imported => td_string!(locale, roster.state_imported),
        RosterState::Assigned => td_string!(locale, roster.state_assigned),
        RosterState::Visited => td_string!(locale, roster.state_visited),
        RosterState::IntentYes => td_string!(locale, roster.state_intent_yes),
        RosterState::IntentNo => td_string!(locale, roster.state_intent_no),
        RosterState::Undecided => td_string!(locale, roster.state_undecided),
        RosterState::Unreachable => td_string!(locale, roster.state_unreachable),
        RosterState::NotEligible => td_string!(locale, roster.state_not_eligible),
        RosterState::MovedOut => td_string!(locale, roster.state_moved_out),
        RosterState::Deceased => td_string!(locale, roster.state_deceased),
        RosterState::Guided => td_string!(locale, roster.state_guided),
        RosterState::Enrolled => td_string!(locale, roster.state_enrolled),
        RosterState::Studying => td_string!(locale, roster.state_studying),
        RosterState::Completed => td_string!(locale, roster.state_completed),
        RosterState::Verified => td_string!(locale, roster.state_verified),
        RosterState::Closed => td_string!(locale, roster.state_closed),
    }
}

/// What a person wants to reach.
pub(super) fn intent_name(locale: Locale, value: UpgradeIntent) -> &'static str {
    match value {
        UpgradeIntent::Junior => td_string!(locale, roster.intent_junior),
        UpgradeIntent::Senior => td_string!(locale, roster.intent_senior),
        UpgradeIntent::College => td_string!(locale, roster.intent_college),
        UpgradeIntent::Bachelor => td_string!(locale, roster.intent_bachelor),
        UpgradeIntent::Unwilling => td_string!(locale, roster.intent_unwilling),
        UpgradeIntent::Undecided => td_string!(locale, roster.intent_undecided),
    }
}

/// What a survey round has brought of a person.
pub(super) fn round_name(locale: Locale, value: RoundStanding) -> &'static str {
    match value {
        RoundStanding::Unvisited => td_string!(locale, roster.round_unvisited),
        RoundStanding::Unreached => td_string!(locale, roster.round_unreached),
        RoundStanding::Undecided => td_string!(locale, roster.round_undecided),
        RoundStanding::Willing => td_string!(locale, roster.round_willing),
        RoundStanding::Unwilling => td_string!(locale, roster.round_unwilling),
        RoundStanding::LeftOut => td_string!(locale, roster.round_left_out),
    }
}

/// The way to study.
pub(super) fn route_name(locale: Locale, value: StudyRoute) -> &'static str {
    match value {
        StudyRoute::DualCertificate => td_string!(locale, roster.route_dual_certificate),
        StudyRoute::AdultSecondary => td_string!(locale, roster.route_adult_secondary),
        StudyRoute::OpenEducation => td_string!(locale, roster.route_open_education),
        StudyRoute::AdultCollegeEntrance => td_string!(locale, roster.route_adult_college_entrance),
        StudyRoute::SelfStudyExamination => td_string!(locale, roster.route_self_study_examination),
        StudyRoute::VocationalRecruitment => td_string!(locale, roster.route_vocational_recruitment),
        StudyRoute::DualSystem => td_string!(locale, roster.route_dual_system),
    }
}

/// How a person would like to be taught.
pub(super) fn mode_name(locale: Locale, value: StudyMode) -> &'static str {
    match value {
        StudyMode::FaceToFace => td_string!(locale, roster.mode_face_to_face),
        StudyMode::Online => td_string!(locale, roster.mode_online),
        StudyMode::Blended => td_string!(locale, roster.mode_blended),
    }
}

/// What a person lives on.
pub(super) fn employment_name(locale: Locale, value: EmploymentState) -> &'static str {
    match value {
        EmploymentState::Employed => td_string!(locale, roster.employment_employed),
        EmploymentState::Flexible => td_string!(locale, roster.employment_flexible),
        EmploymentState::Farming => td_string!(locale, roster.employment_farming),
        EmploymentState::Unemployed => td_string!(locale, roster.employment_unemployed),
        EmploymentState::Retired => td_string!(locale, roster.employment_retired),
        EmploymentState::InSchool => td_string!(locale, roster.employment_in_school),
        EmploymentState::ServingSentence => td_string!(locale, roster.employment_serving_sentence),
        EmploymentState::MilitaryService => td_string!(locale, roster.employment_military_service),
    }
}

/// A group that the plan counts apart.
pub(super) fn group_name(locale: Locale, value: GroupTag) -> &'static str {
    match value {
        GroupTag::MigrantWorker => td_string!(locale, roster.group_migrant_worker),
        GroupTag::QualifiedFarmer => td_string!(locale, roster.group_qualified_farmer),
        GroupTag::GoldenBlueCollar => td_string!(locale, roster.group_golden_blue_collar),
        GroupTag::VillageCadre => td_string!(locale, roster.group_village_cadre),
        GroupTag::AuxiliaryPolice => td_string!(locale, roster.group_auxiliary_police),
        GroupTag::Veteran => td_string!(locale, roster.group_veteran),
        GroupTag::ServingSentence => td_string!(locale, roster.group_serving_sentence),
        GroupTag::EnterpriseEmployee => td_string!(locale, roster.group_enterprise_employee),
        GroupTag::Woman => td_string!(locale, roster.group_woman),
    }
}

/// What the office does with an entry.
pub(super) fn step_name(locale: Locale, value: RosterStep) -> &'static str {
    match value {
        RosterStep::Close => td_string!(locale, roster.step_close),
        RosterStep::Reopen => td_string!(locale, roster.step_reopen),
    }
}

/// What that does.
pub(super) fn step_effect(locale: Locale, value: RosterStep) -> &'static str {
    match value {
        RosterStep::Close => td_string!(locale, roster.close_about),
        RosterStep::Reopen => td_string!(locale, roster.reopen_about),
    }
}

/// How somebody was asked.
pub(super) fn channel_name(locale: Locale, value: VisitChannel) -> &'static str {
    match value {
        VisitChannel::Door => td_string!(locale, roster.channel_door),
        VisitChannel::Phone => td_string!(locale, roster.channel_phone),
        VisitChannel::Message => td_string!(locale, roster.channel_message),
        VisitChannel::AtSchool => td_string!(locale, roster.channel_at_school),
    }
}

/// Where an uploaded list stands.
pub(super) fn batch_state_name(locale: Locale, value: BatchState) -> &'static str {
    match value {
        BatchState::Uploaded => td_string!(locale, roster.list_uploaded),
        BatchState::Importing => td_string!(locale, roster.list_importing),
        BatchState::Imported => td_string!(locale, roster.list_imported),
    }
}

/// Why the persons of a list may be kept.
pub(super) fn basis_name(locale: Locale, value: LegalBasis) -> &'static str {
    match value {
        LegalBasis::StatutoryDuty => td_string!(locale, roster.basis_statutory_duty),
        LegalBasis::Consent => td_string!(locale, roster.basis_consent),
        LegalBasis::Contract => td_string!(locale, roster.basis_contract),
    }
}

/// Where the check of a roster stands.
#[component]
pub(super) fn CheckTag(state: RosterCheckState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        RosterCheckState::Confirmed => Tone::Wait,
        RosterCheckState::Accepted => Tone::Ok,
        RosterCheckState::Returned => Tone::Stop,
    };
    view! { <Tag tone>{move || check_name(i18n.get_locale(), state)}</Tag> }
}

/// The same in words.
pub(super) fn check_name(locale: Locale, state: RosterCheckState) -> &'static str {
    match state {
        RosterCheckState::Confirmed => td_string!(locale, roster.check_confirmed),
        RosterCheckState::Accepted => td_string!(locale, roster.check_accepted),
        RosterCheckState::Returned => td_string!(locale, roster.check_returned),
    }
}

/// What was found of a person.
pub(super) fn finding_name(locale: Locale, value: RosterFinding) -> &'static str {
    match value {
        RosterFinding::Right => td_string!(locale, roster.finding_right),
        RosterFinding::Wrong => td_string!(locale, roster.finding_wrong),
        RosterFinding::NotReached => td_string!(locale, roster.finding_not_reached),
    }
}

/// What came of a visit.
pub(super) fn outcome_name(locale: Locale, outcome: &VisitOutcome) -> &'static str {
    match outcome {
        VisitOutcome::Met {} => td_string!(locale, roster.outcome_met),
        VisitOutcome::Stated { intent, .. } => intent_name(locale, *intent),
        VisitOutcome::Guided {} => td_string!(locale, roster.outcome_guided),
        VisitOutcome::Unreachable {} => td_string!(locale, roster.outcome_unreachable),
        VisitOutcome::NotEligible { .. } => td_string!(locale, roster.outcome_not_eligible),
        VisitOutcome::MovedOut {} => td_string!(locale, roster.outcome_moved_out),
        VisitOutcome::Deceased {} => td_string!(locale, roster.outcome_deceased),
    }
}

/// Where a person stands, as a label.
#[component]
pub(super) fn StateTag(state: RosterState) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag> }
}

/// What a state means for who looks at it.
const fn tone_of(state: RosterState) -> Tone {
    match state {
        RosterState::IntentYes
        | RosterState::Guided
        | RosterState::Enrolled
        | RosterState::Studying
        | RosterState::Completed
        | RosterState::Verified => Tone::Ok,
        RosterState::Undecided | RosterState::Unreachable => Tone::Wait,
        RosterState::Imported
        | RosterState::Assigned
        | RosterState::Visited
        | RosterState::IntentNo
        | RosterState::NotEligible
        | RosterState::MovedOut
        | RosterState::Deceased
        | RosterState::Closed => Tone::Plain,
    }
}
