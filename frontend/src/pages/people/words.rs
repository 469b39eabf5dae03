//! Kinds, purposes and states in words, and what is wrong with a field.

use crate::i18n::{Locale, td_string};
use shared::{
    people::{PersonState, RevealPurpose, TransferState},
    person::{DocumentType, Sex},
};

/// The kind of a document.
pub(in crate::pages) fn kind_name(locale: Locale, kind: DocumentType) -> &'static str {
    match kind {
        DocumentType::ResidentIdentityCard => td_string!(locale, people.document_resident_identity_card),
        DocumentType::OfficerCard => td_string!(locale, people.document_officer_card),
        DocumentType::SoldierCard => td_string!(locale, people.document_soldier_card),
        DocumentType::CivilCadreCard => td_string!(locale, people.document_civil_cadre_card),
        DocumentType::RetiredSoldierCard => td_string!(locale, people.document_retired_soldier_card),
        DocumentType::HongKongDocument => td_string!(locale, people.document_hong_kong_document),
        DocumentType::MacaoDocument => td_string!(locale, people.document_macao_document),
        DocumentType::TaiwanTravelPermit => td_string!(locale, people.document_taiwan_travel_permit),
        DocumentType::PermanentResidenceCard => td_string!(locale, people.document_permanent_residence_card),
        DocumentType::Passport => td_string!(locale, people.document_passport),
        DocumentType::HouseholdRegister => td_string!(locale, people.document_household_register),
        DocumentType::ResidencePermit => td_string!(locale, people.document_residence_permit),
        DocumentType::Other => td_string!(locale, people.document_other),
    }
}

/// The sex.
pub(in crate::pages) fn sex_name(locale: Locale, sex: Sex) -> &'static str {
    match sex {
        Sex::Male => td_string!(locale, people.sex_male),
        Sex::Female => td_string!(locale, people.sex_female),
    }
}

/// What somebody needs a whole number for.
pub(super) fn purpose_name(locale: Locale, purpose: RevealPurpose) -> &'static str {
    match purpose {
        RevealPurpose::CheckIdentity => td_string!(locale, people.purpose_check_identity),
        RevealPurpose::CallPerson => td_string!(locale, people.purpose_call_person),
        RevealPurpose::EnrolPerson => td_string!(locale, people.purpose_enrol_person),
        RevealPurpose::FillInCertificate => td_string!(locale, people.purpose_fill_in_certificate),
        RevealPurpose::ResolveDuplicate => td_string!(locale, people.purpose_resolve_duplicate),
        RevealPurpose::AnswerAuthority => td_string!(locale, people.purpose_answer_authority),
    }
}

/// How far a person has come.
pub(super) fn person_state_name(locale: Locale, state: PersonState) -> &'static str {
    match state {
        PersonState::NotEnrolled => td_string!(locale, people.person_not_enrolled),
        PersonState::Enrolled => td_string!(locale, people.person_enrolled),
        PersonState::Studying => td_string!(locale, people.person_studying),
        PersonState::Completed => td_string!(locale, people.person_completed),
        PersonState::Verified => td_string!(locale, people.person_verified),
    }
}

/// Where a transfer stands.
pub(in crate::pages) fn state_name(locale: Locale, state: TransferState) -> &'static str {
    match state {
        TransferState::Proposed => td_string!(locale, people.transfer_proposed),
        TransferState::Accepted => td_string!(locale, people.transfer_accepted),
        TransferState::Refused => td_string!(locale, people.transfer_refused),
        TransferState::Withdrawn => td_string!(locale, people.transfer_withdrawn),
    }
}

/// What is wrong with a field, by the code that the rules give.
pub(in crate::pages) fn wrong_text(locale: Locale, code: &str) -> &'static str {
    match code {
        "required" => td_string!(locale, common.required),
        "date-in-future" => td_string!(locale, classes.wrong_date_in_future),
        "key-not-there" => td_string!(locale, item_bank.wrong_key_out_of_range),
        "option-count" => td_string!(locale, item_bank.wrong_options),
        "blank-mismatch" => td_string!(locale, item_bank.wrong_blanks),
        "not-a-number" => td_string!(locale, item_bank.wrong_number),
        "not-a-tolerance" => td_string!(locale, item_bank.wrong_tolerance),
        "not-a-factor" => td_string!(locale, item_bank.wrong_factor),
        "not-a-pair" => td_string!(locale, item_bank.wrong_pair),
        "pair-count" => td_string!(locale, item_bank.wrong_pair_count),
        "bad-group" => td_string!(locale, item_bank.wrong_group),
        "plain-words" => td_string!(locale, item_bank.wrong_words),
        "plain-spots" => td_string!(locale, item_bank.wrong_plain_spots),
        "spot-count" => td_string!(locale, item_bank.wrong_spot_count),
        "correction-count" => td_string!(locale, item_bank.wrong_correction_count),
        "not-a-correction" => td_string!(locale, item_bank.wrong_correction),
        "dimension-count" => td_string!(locale, item_bank.wrong_dimension_count),
        "dimension-sum" => td_string!(locale, item_bank.wrong_dimension_sum),
        "bad-length" => td_string!(locale, item_bank.wrong_length),
        "not-an-essay" => td_string!(locale, item_bank.wrong_essay),
        "step-count" => td_string!(locale, item_bank.wrong_step_count),
        "step-sum" => td_string!(locale, item_bank.wrong_step_sum),
        "not-a-step" => td_string!(locale, item_bank.wrong_step),
        "child-count" => td_string!(locale, item_bank.wrong_child_count),
        "child-sum" => td_string!(locale, item_bank.wrong_child_sum),
        "child-kind" => td_string!(locale, item_bank.wrong_child_kind),
        "child-written" => td_string!(locale, item_bank.wrong_child_written),
        "not-a-child" => td_string!(locale, item_bank.wrong_child),
        "plain-stem" => td_string!(locale, item_bank.wrong_plain_stem),
        "line-count" => td_string!(locale, item_bank.wrong_line_count),
        "row-count" => td_string!(locale, item_bank.wrong_row_count),
        "column-count" => td_string!(locale, item_bank.wrong_column_count),
        "not-a-table" => td_string!(locale, item_bank.wrong_table),
        "unit-count" => td_string!(locale, item_bank.wrong_unit_count),
        "level-missing" => td_string!(locale, classes.wrong_level_missing),
        "occupation-code" => td_string!(locale, classes.wrong_occupation_code),
        "office-phone" => td_string!(locale, classes.wrong_office_phone),
        "score-malformed" => td_string!(locale, classes.wrong_score),
        "vocational-number" => td_string!(locale, classes.wrong_vocational_number),
        "before-start" => td_string!(locale, classes.wrong_before_start),
        "other-day" => td_string!(locale, classes.wrong_other_day),
        "capacity" => td_string!(locale, classes.wrong_capacity),
        "check-in-code" => td_string!(locale, classes.wrong_check_in_code),
        "no-ticket-number" => td_string!(locale, delivery.wrong_ticket_number),
        "no-login-code" => td_string!(locale, delivery.wrong_login_code),
        "code-malformed" => td_string!(locale, enrolment.wrong_code),
        "password-short" => td_string!(locale, enrolment.wrong_password_short),
        "password-common" => td_string!(locale, enrolment.wrong_password_common),
        "password-name" => td_string!(locale, enrolment.wrong_password_name),
        "password-digits" => td_string!(locale, enrolment.wrong_password_digits),
        "password-own" => td_string!(locale, enrolment.wrong_password_own),
        "passwords-differ" => td_string!(locale, enrolment.wrong_again),
        "too-short" => td_string!(locale, enrolment.wrong_too_short),
        "login-name-malformed" => td_string!(locale, enrolment.wrong_login_name),
        "login-name-number" => td_string!(locale, enrolment.wrong_login_name_number),
        "phone-not-own" => td_string!(locale, enrolment.wrong_phone_not_own),
        "phone-taken" => td_string!(locale, enrolment.wrong_phone_taken),
        "too-long" => td_string!(locale, people.wrong_too_long),
        "still-sending" => td_string!(locale, learning.wrong_still_sending),
        "day-not-future" => td_string!(locale, enrolment.wrong_day_not_future),
        "age-out-of-range" => td_string!(locale, enrolment.wrong_age),
        "late-out-of-range" => td_string!(locale, classes.wrong_late_minutes),
        "class-hour-out-of-range" => td_string!(locale, classes.wrong_hour_minutes),
        "percent-out-of-range" => td_string!(locale, classes.wrong_percent),
        "course-hours-out-of-range" => td_string!(locale, classes.wrong_course_hours),
        "face-hours-out-of-range" => td_string!(locale, classes.wrong_face_hours),
        "credits-unreachable" => td_string!(locale, graduation.wrong_credits_unreachable),
        "credits-out-of-range" => td_string!(locale, classes.wrong_credits),
        "asked-percent-out-of-range" => td_string!(locale, classes.wrong_asked_percent),
        "prior-too-high" => td_string!(locale, enrolment.wrong_prior),
        "out-of-range" => td_string!(locale, people.wrong_out_of_range),
        "holds-number" => td_string!(locale, people.wrong_holds_number),
        "year-malformed" => td_string!(locale, people.wrong_year),
        "credit-code-malformed" | "credit-code-old-form" => td_string!(locale, people.wrong_credit_code),
        "name-holds-number" => td_string!(locale, people.wrong_name_holds_number),
        "name-malformed" => td_string!(locale, people.wrong_name),
        "phone-malformed" => td_string!(locale, people.wrong_phone),
        "division-malformed" => td_string!(locale, people.wrong_division),
        "division-too-wide" => td_string!(locale, people.wrong_township),
        "no-school" => td_string!(locale, people.wrong_no_school),
        "not-recorded" => td_string!(locale, people.wrong_not_recorded),
        "kept-here" => td_string!(locale, people.wrong_kept_here),
        "under-age" => td_string!(locale, people.wrong_under_age),
        "birth-date-differs" => td_string!(locale, people.wrong_birth_date),
        "sex-differs" => td_string!(locale, people.wrong_sex),
        "web-address" => td_string!(locale, classes.wrong_web_address),
        "key-set" => td_string!(locale, classes.wrong_key_set),
        "private-key" => td_string!(locale, classes.wrong_private_key),
        "document-malformed" => td_string!(locale, people.wrong_document),
        "document-old-form" => td_string!(locale, people.wrong_document_old_form),
        "document-impossible-date" => td_string!(locale, people.wrong_document_date),
        "document-wrong-check" => td_string!(locale, people.wrong_document_check),
        "document-destroyed" => td_string!(locale, people.wrong_document_destroyed),
        "document-other-kind" => td_string!(locale, people.wrong_document_other_kind),
        "document-malformed-kind" => td_string!(locale, people.wrong_document_kind),
        _ => td_string!(locale, people.wrong_other),
    }
}
