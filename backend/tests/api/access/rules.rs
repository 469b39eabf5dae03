//! Which right opens which operation, and of what it is a question.

use super::things::Thing;
use shared::rights::{Right, Role, carries};

/// What an operation must answer.
pub(super) enum Rule {
    /// Anybody may; nothing that somebody may not see stands in it.
    Open,
    /// Everybody, of their own.
    OwnList,
    /// Everybody, of their own; asking for it would end the questions.
    NotAsked,
    /// A thing of somebody else's, which nobody but its owner finds.
    Own(Thing),
    /// For who has one of these rights, wherever that is.
    Anywhere {
        /// Any of these.
        rights: &'static [Right],
    },
    /// Makes something in the division where the asker holds one of these rights.
    AtHome {
        /// Any of these.
        rights: &'static [Right],
    },
    /// One thing, or the making of one where it lies.
    One {
        /// The thing.
        thing: Thing,
        /// Any of these, where it lies.
        rights: &'static [Right],
    },
    /// One thing, for who may see it besides.
    Seen {
        /// The thing.
        thing: Thing,
        /// Any of these, where it lies.
        rights: &'static [Right],
    },
    /// Something sent about a thing, which gets a receipt of its own: who may not, learns that there is no
    /// such thing.
    Receipt {
        /// The thing.
        thing: Thing,
        /// Any of these, where it lies.
        rights: &'static [Right],
    },
    /// A list that shows the thing to who has any of these rights where it lies, and to nobody else.
    List {
        /// The thing.
        thing: Thing,
        /// Any of these.
        rights: &'static [Right],
    },
}

impl Rule {
    /// Whether a role has to do with it at all, wherever it is held.
    pub(super) fn concerns(&self, role: Role) -> bool {
        match self {
            Self::One { thing, rights }
            | Self::Seen { thing, rights }
            | Self::List { thing, rights }
            | Self::Receipt { thing, rights } => {
                rights.iter().chain(thing.seen_with()).any(|right| carries(role, *right))
            }
            Self::Anywhere { rights } | Self::AtHome { rights } => rights.iter().any(|right| carries(role, *right)),
            Self::Open | Self::OwnList | Self::NotAsked | Self::Own(_) => false,
        }
    }
}

const fn one(thing: Thing, rights: &'static [Right]) -> Rule {
    Rule::One { thing, rights }
}

const fn list(thing: Thing, rights: &'static [Right]) -> Rule {
    Rule::List { thing, rights }
}

/// The rule of every operation.
pub(super) const RULES: &[(&[&str], Rule)] = &[
    (
        &[
            "log_in",
            "log_in_by_ticket",
            "refresh_login",
            "list_courses",
            "list_catalogue",
            "get_catalogue_course",
            "get_enrolment_places",
            "get_package",
            "get_released_key",
            "list_draws",
            "get_draw_record",
            "get_server_time",
            "get_safe_browser_config",
            "list_demo_accounts",
            "get_public_certificate",
            "get_certificate_qr",
            "get_public_study_proof",
            "check_diploma",
            "verify_credential",
            "get_status_list",
            "get_status_list_of_purpose",
            "get_picture",
            "get_recording",
            "activate_account",
            "get_current_privacy_notice",
            "get_privacy_notice",
        ],
        Rule::Open,
    ),
    // Divisions are public; what lies in them is counted by place, which has tests of its own.
    (
        &["get_me", "list_logins", "list_divisions", "get_division", "list_own_key_shares", "list_unread_items"],
        Rule::OwnList,
    ),
    (&["end_current_login", "end_all_logins"], Rule::NotAsked),
    (
        &[
            "get_consents",
            "state_consent",
            "get_own_data",
            "list_my_work",
            "list_meetings_without_roll",
            "change_password",
            "get_second_factor",
            "begin_second_factor",
            "confirm_second_factor",
            "renew_recovery_codes",
        ],
        Rule::OwnList,
    ),
    // Accounts and their roles.
    (&["list_accounts"], list(Thing::Account, &[Right::ReadRights])),
    (&["create_staff_account", "reset_password", "reset_second_factor"], one(Thing::Account, &[Right::KeepAccounts])),
    (&["list_role_grants"], list(Thing::Grant, &[Right::ReadRights])),
    (&["export_role_grants", "export_accounts"], list(Thing::GrantRow, &[Right::ReadRights])),
    (&["grant_role", "confirm_role_grant", "end_role_grant"], one(Thing::Grant, &[Right::GrantRole])),
    (&["list_audit_entries", "export_audit_entries", "check_audit_entries"], one(Thing::AuditLog, &[Right::ReadAudit])),
    (&["get_system"], one(Thing::System, &[Right::ReadSystem])),
    (&["rotate_keys", "count_keys"], one(Thing::System, &[Right::RotateKeys])),
    // The same as `get_own_data`, on paper: setting it for every role takes its time.
    (&["get_own_data_pdf"], Rule::NotAsked),
    (&["get_job"], Rule::Own(Thing::Job)),
    (&["end_login"], Rule::Own(Thing::Login)),
    (
        &[
            "list_my_certificates",
            "list_my_courses",
            "get_own_statements",
            "list_my_exams",
            "list_my_incidents",
            "list_my_rechecks",
            "list_my_accommodations",
            "apply_for_accommodation",
            "get_my_graduation",
            "print_own_study_proof",
            "list_my_results",
            "list_my_mistakes",
            "list_my_notes",
            "list_my_inquiries",
            "list_my_reminders",
            "read_reminder",
            "list_my_announcements",
            "list_my_quizzes",
            "list_my_topics",
            "count_my_unread_posts",
            "hand_in_study",
        ],
        Rule::Own(Thing::Nothing),
    ),
    (&["get_my_certificate_document", "get_my_certificate_pdf"], Rule::Own(Thing::Certificate)),
    (&["get_my_course", "get_module_package"], Rule::Own(Thing::Course)),
    (&["get_my_unit", "answer_exercise", "beat", "get_unit_note", "replace_unit_note"], Rule::Own(Thing::Unit)),
    (&["list_unit_inquiries", "ask_inquiry"], Rule::Own(Thing::Unit)),
    (&["close_inquiry"], Rule::Own(Thing::Inquiry)),
    (&["list_unit_assignments"], Rule::Own(Thing::Unit)),
    (&["add_assignment_photo", "add_assignment_file", "hand_in_assignment"], Rule::Own(Thing::Assignment)),
    (&["get_my_assignment_photo"], Rule::Own(Thing::AssignmentPhoto)),
    (&["launch_external_activity"], Rule::Own(Thing::Assignment)),
    (&["read_announcement"], Rule::Own(Thing::Announcement)),
    (&["get_my_quiz", "hand_in_quiz"], Rule::Own(Thing::Quiz)),
    (&["get_my_topic", "list_my_topic_posts", "write_post", "read_topic"], Rule::Own(Thing::Topic)),
    (&["take_back_post", "report_post"], Rule::Own(Thing::Post)),
    (
        &[
            "get_sitting",
            "append_entries",
            "beat_sitting",
            "get_content_key",
            "open_sitting",
            "submit_sitting",
            "send_answer_file",
        ],
        Rule::Own(Thing::Sitting),
    ),
    (&["print_own_ticket", "print_own_receipt"], Rule::Own(Thing::Sitting)),
    (&["register_for_exam_session", "withdraw_registration"], Rule::Own(Thing::ExamSession)),
    // The catalogue.
    (&["create_course", "save_draft", "preview_docx", "import_docx"], one(Thing::Course, &[Right::AuthorCourse])),
    (&["get_draft", "copy_course"], one(Thing::Course, &[Right::AuthorCourse])),
    (&["submit_course", "take_back_course", "list_course_reviews"], one(Thing::Course, &[Right::AuthorCourse])),
    (
        &["list_course_versions", "get_course_difference", "list_course_stops"],
        one(Thing::Course, &[Right::AuthorCourse]),
    ),
    (&["publish_course", "return_course"], one(Thing::Course, &[Right::PublishCourse])),
    (&["preview_markdown", "preview_exercise"], one(Thing::Course, &[Right::AuthorCourse, Right::AuthorItem])),
    (&["add_picture", "add_recording"], one(Thing::Course, &[Right::AddPicture])),
    (&["import_items"], one(Thing::Item, &[Right::AuthorItem])),
    (&["import_item_package", "create_item"], one(Thing::Course, &[Right::AuthorItem])),
    (&["list_items"], list(Thing::Item, &[Right::ReadItem])),
    // Who wrote an item takes it away, too, which has tests of its own.
    (
        &[
            "see_item",
            "list_alike_items",
            "list_item_statistics",
            "list_item_comments",
            "list_item_attachments",
            "list_item_events",
            "compare_item_versions",
            "export_items",
            "preview_item_export",
        ],
        one(Thing::Item, &[Right::ReadItem]),
    ),
    // Who wrote an item retires it, too, which has tests of its own, as has the writing anew.
    (
        &["review_item", "retire_item", "describe_item", "change_items", "preview_item_changes", "comment_item"],
        one(Thing::Item, &[Right::ReviewItem]),
    ),
    (&["revise_item", "add_item_attachment"], Rule::Own(Thing::Item)),
    // No file lies beside the item; one that does has tests of its own.
    (&["look_at_item_attachment"], Rule::Own(Thing::ItemAttachment)),
    (&["list_papers"], list(Thing::Paper, &[Right::ComposePaper])),
    (&["compose_paper", "set_paper_tools", "discard_paper"], one(Thing::Paper, &[Right::ComposePaper])),
    (
        &[
            "propose_seal",
            "send_back_paper",
            "seal_paper",
            "print_paper",
            "rehearse_paper",
            "propose_opening",
            "open_paper",
        ],
        one(Thing::Paper, &[Right::ComposePaper]),
    ),
    // What a custodian keeps has tests of its own.
    (&["list_key_custodians", "begin_key_ceremony"], one(Thing::Paper, &[Right::ComposePaper])),
    (&["show_key_share", "confirm_key_share", "hand_in_key_share"], Rule::Own(Thing::Paper)),
    (&["list_blueprints"], list(Thing::Blueprint, &[Right::ComposePaper])),
    (
        &["create_blueprint", "get_blueprint", "replace_blueprint", "create_assembly"],
        one(Thing::Blueprint, &[Right::ComposePaper]),
    ),
    (&["get_blueprint_bank"], one(Thing::Course, &[Right::ComposePaper])),
    (&["get_assembly", "create_form_papers", "disclose_draw"], one(Thing::Assembly, &[Right::ComposePaper])),
    // Who may ask finds none, for no form holds an item; with forms it has tests of its own.
    (&["list_substitutes"], Rule::Own(Thing::Assembly)),
    // Tests.
    (&["list_exam_sessions"], list(Thing::ExamSession, SEEING_EXAM_SESSIONS)),
    (&["get_exam_session"], one(Thing::ExamSession, SEEING_EXAM_SESSIONS)),
    (&["create_exam_session", "create_exam_window"], Rule::AtHome { rights: &[Right::PlanExamSession] }),
    (
        &[
            "replace_exam_session",
            "cancel_exam_session",
            "postpone_exam_session",
            "get_exam_window",
            "check_exam_plan",
            "list_late_changes",
            "add_late_candidate",
            "withdraw_late_candidate",
            "open_registration",
            "arrange_exam_session",
            "list_seat_plans",
            "create_seat_plan",
        ],
        one(Thing::ExamSession, &[Right::PlanExamSession]),
    ),
    (&["get_seat_plan", "confirm_seat_plan", "print_seat_sheets"], one(Thing::SeatPlan, &[Right::PlanExamSession])),
    (&["list_qualification_reviews", "decide_registrations"], Rule::Anywhere { rights: REVIEWING_REGISTRATIONS }),
    (&["arm_exam_session"], one(Thing::ExamSession, &[Right::ArmExamSession])),
    (&["claim_responses"], one(Thing::ExamSession, &[Right::MarkResponse])),
    (&["mark_response"], one(Thing::Response, &[Right::MarkResponse])),
    (&["get_marking_progress", "list_marked_responses"], one(Thing::ExamSession, &[Right::LeadMarking])),
    (&["reopen_response", "see_rubric"], one(Thing::Response, &[Right::LeadMarking])),
    (&["list_watched_exam_sessions"], list(Thing::WatchedExamSession, &[Right::WatchExamSession])),
    (&["get_sign_in_list"], one(Thing::WatchedExamSession, &[Right::ReadSignIn])),
    // Nobody has a seat in the world of these questions: rooms have tests of their own (`exam_rooms`).
    (
        &[
            "list_exam_session_rooms",
            "get_exam_session_room",
            "follow_exam_session_room",
            "act_in_room",
            "show_portrait",
            "assign_invigilators",
            "take_room_answer_file",
            "print_room_report",
        ],
        Rule::Own(Thing::ExamSession),
    ),
    (
        &[
            "get_exam_progress",
            "extend_time",
            "decide_extension",
            "read_out_keys",
            "list_paper_answers",
            "enter_paper_answers",
            "print_candidate_receipt",
            "take_answer_file",
        ],
        one(Thing::ExamSession, &[Right::RunExamDay]),
    ),
    (&["record_incident"], one(Thing::WatchedExamSession, &[Right::RecordIncident])),
    (&["list_incidents"], list(Thing::Incident, SEEING_INCIDENTS)),
    (&["get_incident"], one(Thing::Incident, SEEING_INCIDENTS)),
    (&["sign_incident"], one(Thing::Incident, &[Right::SignIncident])),
    (&["hear_candidate"], one(Thing::Incident, &[Right::HearCandidate])),
    (&["decide_incident"], one(Thing::Incident, &[Right::DecideIncident])),
    (&["reconsider_incident"], one(Thing::Incident, &[Right::ReconsiderIncident])),
    (&["appeal_incident"], Rule::Own(Thing::Incident)),
    (&["withdraw_accommodation", "add_accommodation_photo"], Rule::Own(Thing::Accommodation)),
    (&["list_accommodations"], list(Thing::Accommodation, SEEING_ACCOMMODATIONS)),
    (&["get_accommodation", "look_at_accommodation_photo"], one(Thing::Accommodation, SEEING_ACCOMMODATIONS)),
    (&["check_accommodation"], one(Thing::Accommodation, &[Right::CheckAccommodation])),
    (&["confirm_accommodation"], one(Thing::Accommodation, &[Right::ConfirmAccommodation])),
    (&["list_trace_items", "trace_leak"], one(Thing::ExamSession, &[Right::TraceLeak])),
    (&["release_results"], one(Thing::ExamSession, &[Right::ReleaseResults])),
    (&["ask_recheck"], Rule::Own(Thing::Sitting)),
    (&["list_rechecks"], list(Thing::Recheck, &[Right::ReleaseResults])),
    (
        &["get_recheck", "settle_recheck", "confirm_recheck", "return_recheck"],
        one(Thing::Recheck, &[Right::ReleaseResults]),
    ),
    // Certificates.
    (&["issue_certificates"], one(Thing::ExamSession, &[Right::IssueCertificate])),
    (&["list_certificates"], list(Thing::Certificate, SEEING_CERTIFICATES)),
    (&["get_certificate_pdf"], one(Thing::Certificate, SEEING_CERTIFICATES)),
    (
        &["submit_certificate", "revoke_certificate", "keep_certificate", "reissue_certificate"],
        one(Thing::Certificate, &[Right::IssueCertificate]),
    ),
    (&["approve_certificates"], Rule::Anywhere { rights: &[Right::AuditCertificate] }),
    (&["audit_certificate"], one(Thing::Certificate, &[Right::AuditCertificate])),
    // Graduation.
    (&["list_graduate_candidates", "propose_graduates"], one(Thing::Class, &[Right::ProposeGraduates])),
    (&["list_graduations", "export_graduations"], list(Thing::Graduation, &[Right::ReadDiplomas])),
    (&["get_graduation", "print_register_sheet"], one(Thing::Graduation, &[Right::ReadDiplomas])),
    (&["confirm_graduation"], one(Thing::Graduation, &[Right::ConfirmGraduates])),
    (&["approve_graduation"], one(Thing::Graduation, &[Right::ApproveGraduates])),
    (&["list_diplomas", "export_diplomas"], list(Thing::Diploma, &[Right::ReadDiplomas])),
    (
        &["revoke_diploma", "keep_diploma", "print_diploma_extract", "print_diplomas"],
        one(Thing::DiplomaKept, &[Right::KeepDiplomas]),
    ),
    // The organisation.
    (
        &["found_division", "rename_division", "abolish_division", "merge_division"],
        one(Thing::Division, &[Right::EditDivisions]),
    ),
    (&["list_providers", "export_providers"], list(Thing::School, &[Right::ReadOrganisation])),
    (&["get_provider"], one(Thing::School, &[Right::ReadOrganisation])),
    (&["create_provider"], one(Thing::NewSchool, &[Right::EditProvider])),
    (&["replace_provider"], one(Thing::School, &[Right::EditProvider])),
    (&["list_teaching_points", "export_teaching_points"], list(Thing::TeachingPoint, &[Right::ReadOrganisation])),
    (&["get_teaching_point"], one(Thing::TeachingPoint, &[Right::ReadOrganisation])),
    (&["create_teaching_point", "replace_teaching_point"], one(Thing::TeachingPoint, &[Right::EditTeachingPoint])),
    (&["list_service_points", "export_service_points"], list(Thing::ServicePoint, &[Right::ReadOrganisation])),
    (&["get_service_point"], one(Thing::ServicePoint, &[Right::ReadOrganisation])),
    (&["create_service_point", "replace_service_point"], one(Thing::ServicePoint, &[Right::EditServicePoint])),
    (&["list_exam_sites", "export_exam_sites"], list(Thing::ExamSite, &[Right::ReadOrganisation])),
    (&["get_exam_site"], one(Thing::ExamSite, &[Right::ReadOrganisation])),
    (&["create_exam_site", "replace_exam_site", "create_exam_room"], one(Thing::ExamSite, &[Right::EditExamSite])),
    (&["list_exam_rooms"], one(Thing::ExamSite, &[Right::ReadOrganisation])),
    (&["replace_exam_room"], one(Thing::ExamRoom, &[Right::EditExamSite])),
    // People.
    (&["list_people", "export_people"], list(Thing::Person, &[Right::ReadPeople])),
    (&["get_person", "find_person"], one(Thing::Person, &[Right::ReadPeople])),
    (&["add_person", "correct_document", "change_phone", "put_person_right"], one(Thing::Person, &[Right::KeepPeople])),
    (&["reveal_person"], one(Thing::Person, &[Right::RevealPerson])),
    (&["propose_transfer", "request_transfer"], one(Thing::Person, &[Right::TransferPeople])),
    // Divisions and the names of schools, which are public.
    (&["list_transfer_places"], Rule::Anywhere { rights: &[Right::TransferPeople] }),
    (&["list_transfers", "export_transfers"], list(Thing::Transfer, &[Right::TransferPeople])),
    (&["withdraw_transfer"], one(Thing::TransferSent, &[Right::TransferPeople])),
    (&["accept_transfer", "refuse_transfer"], one(Thing::TransferReceived, &[Right::TransferPeople])),
    (&["see_unread_item"], Rule::Own(Thing::Nothing)),
    (&["list_own_corrections", "ask_correction", "withdraw_correction"], Rule::Own(Thing::Nothing)),
    (&["list_corrections", "export_corrections"], list(Thing::Correction, &[Right::KeepPeople])),
    (&["accept_correction", "refuse_correction"], one(Thing::Correction, &[Right::KeepPeople])),
    (&["look_at_correction"], one(Thing::Correction, &[Right::RevealPerson])),
    (&["list_namesakes"], list(Thing::Person, &[Right::ProposeMerge])),
    (&["list_duplicates"], one(Thing::Person, &[Right::ReadPeople])),
    (&["preview_merge"], one(Thing::Person, SEEING_MERGES)),
    (&["propose_merge", "request_merge"], one(Thing::Person, &[Right::ProposeMerge])),
    (&["list_merges", "export_merges"], list(Thing::Merge, SEEING_MERGES)),
    (&["get_merge"], one(Thing::Merge, SEEING_MERGES)),
    (&["approve_merge", "refuse_merge", "undo_merge"], one(Thing::Merge, &[Right::ApproveMerge])),
    (&["withdraw_merge"], one(Thing::Merge, &[Right::ProposeMerge])),
    // The roster.
    (&["list_roster", "export_roster"], list(Thing::RosterEntry, &[Right::ReadRoster])),
    (&["count_roster", "sum_roster"], list(Thing::RosterCount, &[Right::ReadRoster])),
    (&["export_roster_sums"], Rule::Anywhere { rights: &[Right::ReadRoster] }),
    (&["get_roster_entry"], one(Thing::RosterEntry, &[Right::ReadRoster])),
    (&["assign_roster", "take_roster_step"], one(Thing::RosterEntry, &[Right::AssignRoster])),
    (&["add_to_roster"], one(Thing::Person, &[Right::ImportRoster])),
    (&["correct_roster_entry"], one(Thing::RosterEntry, &[Right::ImportRoster])),
    (&["confirm_roster"], one(Thing::RosterCheck, &[Right::ConfirmRoster])),
    (&["list_roster_rounds"], list(Thing::RosterRound, &[Right::ReadRoster])),
    (&["open_roster_round", "end_roster_round"], one(Thing::RosterRound, &[Right::AssignRoster])),
    (&["list_roster_checks"], list(Thing::RosterCheck, &[Right::ReadRoster])),
    (&["export_roster_checks"], Rule::Anywhere { rights: &[Right::ReadRoster] }),
    (&["get_roster_check", "list_roster_sample"], one(Thing::RosterCheck, &[Right::ReadRoster])),
    (&["record_roster_finding", "accept_roster", "return_roster"], one(Thing::RosterCheck, &[Right::CheckRoster])),
    // Who is sent to somebody has tests of its own: nobody who asks here is.
    (&["send_roster_visits"], Rule::Receipt { thing: Thing::RosterEntry, rights: &[Right::AssignRoster] }),
    (&["reveal_roster_phone"], Rule::Own(Thing::RosterEntry)),
    (&["list_roster_batches", "export_roster_batches"], list(Thing::Batch, &[Right::ReadRoster])),
    (&["get_roster_batch", "list_roster_faults"], one(Thing::Batch, &[Right::ReadRoster])),
    (&["upload_roster", "import_roster", "take_roster_correction_file"], one(Thing::Batch, &[Right::ImportRoster])),
    (&["get_roster_columns"], one(Thing::Batch, &[Right::ReadRoster])),
    (&["get_roster_template", "add_roster_part"], Rule::Anywhere { rights: &[Right::ImportRoster] }),
    // Who may be sent to the asker's own place, which has tests of its own.
    (&["list_roster_surveyors"], Rule::Anywhere { rights: &[Right::AssignRoster] }),
    (&["list_assigned_roster"], Rule::OwnList),
    // Enrolment.
    (&["list_enrolment_rules"], Rule::OwnList),
    (&["list_enrolment_rule_versions"], Rule::Anywhere { rights: &shared::enrolment::RULE_RIGHTS }),
    // What bureaus propose for their own regions has tests of its own.
    (
        &["propose_enrolment_rule", "approve_enrolment_rule", "refuse_enrolment_rule"],
        one(Thing::RuleProposal, &[Right::KeepEnrolmentRules]),
    ),
    (&["list_own_enrolments"], Rule::Own(Thing::Nothing)),
    (&["list_enrolments", "export_enrolments"], list(Thing::Record, &[Right::ReadEnrolments])),
    (&["count_enrolments"], list(Thing::RecordCount, &[Right::ReadEnrolments])),
    (&["get_enrolment"], one(Thing::Record, &[Right::ReadEnrolments])),
    (
        &[
            "add_enrolment",
            "check_enrolment",
            "amend_enrolment",
            "take_enrolment_step",
            "add_attachment",
            "issue_activation_code",
            "send_activation_code",
            "print_study_proof",
            "print_enrolment_form",
        ],
        one(Thing::Record, &[Right::KeepEnrolments]),
    ),
    (&["issue_class_codes"], one(Thing::Class, &[Right::KeepEnrolments])),
    (&["propose_school_change"], one(Thing::Record, &[Right::KeepEnrolments])),
    (&["list_school_changes", "export_school_changes"], list(Thing::SchoolChange, &[Right::KeepEnrolments])),
    (&["withdraw_school_change"], one(Thing::SchoolChangeSent, &[Right::KeepEnrolments])),
    (&["accept_school_change", "refuse_school_change"], one(Thing::SchoolChangeReceived, &[Right::KeepEnrolments])),
    (&["remove_attachment"], one(Thing::Attachment, &[Right::KeepEnrolments])),
    (&["look_at_attachment"], one(Thing::Attachment, &[Right::SeeAttachment])),
    // Classes.
    (&["list_classes", "export_classes"], list(Thing::Class, &[Right::ReadClasses])),
    (
        &[
            "get_class",
            "list_anomalies",
            "look_at_anomaly",
            "list_class_study",
            "export_class_study",
            "list_unit_study",
            "export_class_statements",
            "list_calls",
            "list_announcements",
            "list_quizzes",
            "list_quiz_exercises",
            "list_class_units",
            "list_topics",
        ],
        one(Thing::Class, &[Right::FollowClass]),
    ),
    (&["list_gradebook", "export_gradebook"], one(Thing::Class, &[Right::FollowClass])),
    (&["remind_learners", "create_announcement", "create_quiz"], one(Thing::Class, &[Right::AddressClass])),
    (&["replace_announcement", "withdraw_announcement"], one(Thing::Announcement, &[Right::AddressClass])),
    (&["get_quiz"], one(Thing::Quiz, &[Right::FollowClass])),
    (&["withdraw_quiz"], one(Thing::Quiz, &[Right::AddressClass])),
    (&["reveal_learner_phone"], one(Thing::ClassLearner, &[Right::AddressClass])),
    (
        &[
            "get_class_plan",
            "list_class_members",
            "export_class_members",
            "list_meetings",
            "export_meetings",
            "look_at_class_agreement",
        ],
        one(Thing::Class, &[Right::ReadClasses]),
    ),
    (
        &["replace_class_plan", "step_class", "add_class_agreement", "add_class_members", "dismiss_class_member"],
        one(Thing::Class, &[Right::KeepClasses]),
    ),
    (&["list_statement_readers", "give_statement_reader"], one(Thing::Class, &[Right::KeepClasses])),
    (&["end_statement_reader"], one(Thing::StatementReader, &[Right::KeepClasses])),
    (&["list_class_exams", "register_class"], one(Thing::Class, &[Right::RegisterClass])),
    (&["create_class"], one(Thing::NewClass, &[Right::KeepClasses])),
    (&["list_class_teachers"], one(Thing::NewClass, &[Right::KeepClasses, Right::KeepTimetable])),
    (&["list_class_hours", "export_class_hours", "export_attendance"], one(Thing::Class, &[Right::TakeAttendance])),
    (&["open_topic"], one(Thing::Class, &[Right::LeadDiscussion])),
    (&["get_topic", "list_posts"], one(Thing::Topic, &[Right::FollowClass])),
    (&["write_as_teacher", "step_topic"], one(Thing::Topic, &[Right::LeadDiscussion])),
    (&["moderate_post"], one(Thing::Post, &[Right::LeadDiscussion])),
    (&["list_reported_posts"], list(Thing::Post, &[Right::LeadDiscussion])),
    (&["list_inquiries"], list(Thing::Inquiry, &[Right::AnswerInquiry])),
    (&["answer_inquiry", "publish_inquiry"], one(Thing::Inquiry, &[Right::AnswerInquiry])),
    (&["list_hand_ins"], list(Thing::HandIn, &[Right::MarkAssignment])),
    (&["get_hand_in", "mark_hand_in"], one(Thing::HandIn, &[Right::MarkAssignment])),
    (&["look_at_hand_in_photo"], one(Thing::HandInPhoto, &[Right::MarkAssignment])),
    // Timetables, attendance and skills.
    (&["create_meeting", "create_meeting_series"], one(Thing::Class, &[Right::KeepTimetable])),
    (&["get_meeting"], one(Thing::Meeting, &[Right::ReadClasses])),
    (&["cancel_meeting", "reschedule_meeting"], one(Thing::Meeting, &[Right::KeepTimetable])),
    (&["get_roll", "get_check_in_code"], one(Thing::Meeting, &[Right::TakeAttendance])),
    (&["list_makeups", "grant_makeup", "withdraw_makeup"], one(Thing::Meeting, &[Right::TakeAttendance])),
    (&["list_roll_photos"], one(Thing::Meeting, &[Right::ReadClasses])),
    (&["add_roll_photo"], one(Thing::Meeting, &[Right::TakeAttendance])),
    (&["remove_roll_photo"], one(Thing::RollPhoto, &[Right::TakeAttendance])),
    (&["look_at_roll_photo"], one(Thing::RollPhoto, &[Right::ReadClasses])),
    (&["send_roll_calls"], Rule::Anywhere { rights: &[Right::TakeAttendance] }),
    (&["check_myself_in"], Rule::Own(Thing::Meeting)),
    (&["list_holidays", "list_my_class_hours", "list_my_meetings", "get_my_skill_record"], Rule::OwnList),
    (&["list_my_meeting_notices", "list_my_recorded_hours"], Rule::OwnList),
    (&["read_meeting_notice"], Rule::Own(Thing::Nothing)),
    (&["say_holiday"], one(Thing::Holiday, &[Right::KeepHolidays])),
    (&["list_attendance_rules"], Rule::Anywhere { rights: &[Right::KeepAttendanceRules] }),
    (
        &["propose_attendance_rule", "approve_attendance_rule", "refuse_attendance_rule"],
        one(Thing::AttendanceRuleProposal, &[Right::KeepAttendanceRules]),
    ),
    (&["list_course_rules"], Rule::Anywhere { rights: &[Right::KeepCourseRules] }),
    (&["list_external_tools"], Rule::Anywhere { rights: &[Right::KeepExternalTools] }),
    (&["list_external_tool_choices"], Rule::Anywhere { rights: &[Right::AuthorCourse] }),
    (
        &["propose_external_tool", "approve_external_tool", "refuse_external_tool"],
        one(Thing::ExternalTool, &[Right::KeepExternalTools]),
    ),
    (
        &["propose_course_rule", "approve_course_rule", "refuse_course_rule"],
        one(Thing::CourseRuleProposal, &[Right::KeepCourseRules]),
    ),
    (&["list_graduation_rules"], Rule::Anywhere { rights: &[Right::KeepGraduationRules] }),
    (
        &["propose_graduation_rule", "approve_graduation_rule", "refuse_graduation_rule"],
        one(Thing::GraduationRuleProposal, &[Right::KeepGraduationRules]),
    ),
    (&["list_rooms"], one(Thing::Rooms, &[Right::ReadOrganisation])),
    (&["replace_room"], one(Thing::TaughtRoom, &[Right::KeepTimetable])),
    (&["create_room"], one(Thing::TeachingPoint, &[Right::KeepTimetable])),
    (&["get_skill_record"], one(Thing::SkillRecord, SEEING_SKILLS)),
    (&["create_skill_training", "create_skill_certificate"], one(Thing::SkillTraining, &[Right::KeepSkills])),
    (&["list_skill_trainings", "export_skill_trainings"], list(Thing::SkillTraining, SEEING_SKILLS)),
    (&["list_skill_certificates", "export_skill_certificates"], list(Thing::SkillCertificate, SEEING_SKILLS)),
    (&["list_class_skills"], Rule::Seen { thing: Thing::Class, rights: SEEING_SKILLS }),
    (&["withdraw_skill_training"], one(Thing::SkillTraining, &[Right::KeepSkills])),
    (&["withdraw_skill_certificate"], one(Thing::SkillCertificate, &[Right::KeepSkills])),
    (&["add_skill_photo"], one(Thing::SkillCertificate, &[Right::KeepSkills])),
    (&["look_at_skill_photo"], one(Thing::SkillCertificate, SEEING_SKILLS)),
    (&["check_skill_training"], one(Thing::SkillTraining, &[Right::CheckSkills])),
    (&["check_skill_certificate"], one(Thing::SkillCertificate, &[Right::CheckSkills])),
];

const SEEING_EXAM_SESSIONS: &[Right] = &[
    Right::PlanExamSession,
    Right::ArmExamSession,
    Right::ReleaseResults,
    Right::MarkResponse,
    Right::LeadMarking,
    Right::IssueCertificate,
];
const SEEING_INCIDENTS: &[Right] = &[Right::SignIncident, Right::DecideIncident, Right::ReconsiderIncident];
const REVIEWING_REGISTRATIONS: &[Right] =
    &[Right::ReviewRegistration, Right::ApproveRegistration, Right::FileRegistration];
const SEEING_ACCOMMODATIONS: &[Right] = &[Right::CheckAccommodation, Right::ConfirmAccommodation];
const SEEING_MERGES: &[Right] = &[Right::ProposeMerge, Right::ApproveMerge];
const SEEING_SKILLS: &[Right] = &[Right::KeepSkills, Right::CheckSkills];
const SEEING_CERTIFICATES: &[Right] = &[Right::IssueCertificate, Right::AuditCertificate];

/// The rule of an operation.
pub(super) fn rule(name: &str) -> &'static Rule {
    let found = RULES.iter().find(|(names, _)| names.contains(&name));
    &found.unwrap_or_else(|| panic!("{name} has no rule of access")).1
}
