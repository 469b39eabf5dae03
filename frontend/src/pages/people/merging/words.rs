//! Grounds, obstacles, facts and states in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::people::{FactKind, MergeGround, MergeObstacle, MergeState, PersonField};

pub(super) fn ground_name(locale: Locale, ground: MergeGround) -> &'static str {
    match ground {
        MergeGround::OtherDocument => td_string!(locale, merges.ground_other_document),
        MergeGround::WrongNumber => td_string!(locale, merges.ground_wrong_number),
        MergeGround::NumberReplaced => td_string!(locale, merges.ground_number_replaced),
    }
}

pub(super) fn obstacle_text(locale: Locale, obstacle: MergeObstacle) -> &'static str {
    match obstacle {
        MergeObstacle::AlreadyMerged => td_string!(locale, merges.obstacle_already_merged),
        MergeObstacle::OpenMerge => td_string!(locale, merges.obstacle_open_merge),
        MergeObstacle::OpenTransfer => td_string!(locale, merges.obstacle_open_transfer),
        MergeObstacle::RunningRecords => td_string!(locale, merges.obstacle_running_records),
        MergeObstacle::SameExamSession => td_string!(locale, merges.obstacle_same_exam_session),
        MergeObstacle::OpenSitting => td_string!(locale, merges.obstacle_open_sitting),
        MergeObstacle::SameClass => td_string!(locale, merges.obstacle_same_class),
        MergeObstacle::Moved => td_string!(locale, merges.obstacle_moved),
        MergeObstacle::Clash => td_string!(locale, merges.obstacle_clash),
    }
}

pub(super) fn fact_name(locale: Locale, kind: FactKind) -> &'static str {
    match kind {
        FactKind::Document => td_string!(locale, merges.fact_person_document),
        FactKind::Transfer => td_string!(locale, merges.fact_person_transfer),
        FactKind::Correction => td_string!(locale, merges.fact_correction_request),
        FactKind::TextMessage => td_string!(locale, merges.fact_text_message),
        FactKind::RosterEntry => td_string!(locale, merges.fact_roster_entry),
        FactKind::RosterVisit => td_string!(locale, merges.fact_roster_visit),
        FactKind::StudentRecord => td_string!(locale, merges.fact_student_record),
        FactKind::ClassMember => td_string!(locale, merges.fact_class_member),
        FactKind::ClassDeparture => td_string!(locale, merges.fact_class_departure),
        FactKind::StudyInterval => td_string!(locale, merges.fact_study_interval),
        FactKind::ExerciseAnswer => td_string!(locale, merges.fact_exercise_answer),
        FactKind::AssignmentPhoto => td_string!(locale, merges.fact_assignment_photo),
        FactKind::HandIn => td_string!(locale, merges.fact_assignment_hand_in),
        FactKind::Inquiry => td_string!(locale, merges.fact_inquiry),
        FactKind::ExternalSubject => td_string!(locale, merges.fact_external_subject),
        FactKind::StudyNote => td_string!(locale, merges.fact_study_note),
        FactKind::ClassReminder => td_string!(locale, merges.fact_class_reminder),
        FactKind::AnnouncementReading => td_string!(locale, merges.fact_announcement_reading),
        FactKind::QuizAttempt => td_string!(locale, merges.fact_quiz_attempt),
        FactKind::DiscussionPost => td_string!(locale, merges.fact_discussion_post),
        FactKind::DiscussionDeed => td_string!(locale, merges.fact_discussion_deed),
        FactKind::DiscussionReading => td_string!(locale, merges.fact_discussion_reading),
        FactKind::RollCall => td_string!(locale, merges.fact_roll_call_entry),
        FactKind::MeetingMakeup => td_string!(locale, merges.fact_meeting_makeup),
        FactKind::SkillTraining => td_string!(locale, merges.fact_skill_training),
        FactKind::SkillCertificate => td_string!(locale, merges.fact_skill_certificate),
        FactKind::Registration => td_string!(locale, merges.fact_registration),
        FactKind::RegistrationWithdrawal => td_string!(locale, merges.fact_registration_withdrawal),
        FactKind::Accommodation => td_string!(locale, merges.fact_accommodation),
        FactKind::Sitting => td_string!(locale, merges.fact_sitting),
        FactKind::Result => td_string!(locale, merges.fact_result),
        FactKind::Certificate => td_string!(locale, merges.fact_certificate),
    }
}

pub(super) fn field_name(locale: Locale, field: PersonField) -> &'static str {
    match field {
        PersonField::Name => td_string!(locale, merges.field_name),
        PersonField::Sex => td_string!(locale, merges.field_sex),
        PersonField::BirthDate => td_string!(locale, merges.field_birth_date),
        PersonField::Phone => td_string!(locale, merges.field_phone),
        PersonField::Household => td_string!(locale, merges.field_household),
        PersonField::Residence => td_string!(locale, merges.field_residence),
        PersonField::Place => td_string!(locale, merges.field_place),
    }
}

pub(super) fn state_name(locale: Locale, state: MergeState) -> &'static str {
    match state {
        MergeState::Proposed => td_string!(locale, merges.state_proposed),
        MergeState::Approved => td_string!(locale, merges.state_approved),
        MergeState::Done => td_string!(locale, merges.state_done),
        MergeState::Undone => td_string!(locale, merges.state_undone),
        MergeState::Refused => td_string!(locale, merges.state_refused),
        MergeState::Withdrawn => td_string!(locale, merges.state_withdrawn),
    }
}

/// Where a merge stands, as a label.
#[component]
pub(super) fn StateTag(state: MergeState) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        MergeState::Proposed | MergeState::Approved => Tone::Wait,
        MergeState::Done => Tone::Ok,
        MergeState::Refused => Tone::Stop,
        MergeState::Undone | MergeState::Withdrawn => Tone::Plain,
    };
    view! { <Tag tone>{move || state_name(i18n.get_locale(), state)}</Tag> }
}
