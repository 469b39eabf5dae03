//! What the API's document says beside bodies and addresses: how one is logged in, and the headers. A test
//! (tests/api/document.rs) compares it with what the handlers read and write.

use utoipa::openapi::{
    Header, Object, OpenApi, RefOr, Required, Type,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};

/// How almost every operation knows who asks.
const ACCESS_TOKEN: &str = "access_token";
/// How a log-in is renewed.
const REFRESH_COOKIE: &str = "refresh_cookie";
/// The operation that does so.
const REFRESH: &str = "refresh_login";

/// Operations that need no log-in.
const OPEN: &[&str] = &[
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
];
/// Operations that a repeat with the same `Idempotency-Key` does once.
const ONCE: &[&str] = &[
    "accept_school_change",
    "act_in_room",
    "add_accommodation_photo",
    "add_assignment_file",
    "add_assignment_photo",
    "add_attachment",
    "add_class_agreement",
    "add_class_members",
    "add_enrolment",
    "add_item_attachment",
    "add_late_candidate",
    "add_person",
    "add_roll_photo",
    "add_skill_photo",
    "add_to_roster",
    "appeal_incident",
    "apply_for_accommodation",
    "approve_certificates",
    "approve_merge",
    "ask_correction",
    "ask_inquiry",
    "begin_key_ceremony",
    "change_items",
    "check_accommodation",
    "comment_item",
    "compose_paper",
    "confirm_accommodation",
    "confirm_recheck",
    "confirm_roster",
    "copy_course",
    "create_announcement",
    "create_assembly",
    "create_blueprint",
    "create_class",
    "create_course",
    "create_exam_room",
    "create_exam_session",
    "create_exam_site",
    "create_exam_window",
    "create_form_papers",
    "create_item",
    "create_meeting",
    "create_meeting_series",
    "create_provider",
    "create_quiz",
    "create_room",
    "create_seat_plan",
    "create_service_point",
    "create_skill_certificate",
    "create_skill_training",
    "create_staff_account",
    "create_teaching_point",
    "decide_extension",
    "decide_incident",
    "dismiss_class_member",
    "enter_paper_answers",
    "extend_time",
    "found_division",
    "grant_makeup",
    "grant_role",
    "hand_in_assignment",
    "hand_in_quiz",
    "hear_candidate",
    "import_docx",
    "import_item_package",
    "import_items",
    "issue_certificates",
    "look_at_anomaly",
    "mark_hand_in",
    "open_roster_round",
    "open_topic",
    "print_diploma_extract",
    "propose_attendance_rule",
    "propose_course_rule",
    "propose_enrolment_rule",
    "propose_external_tool",
    "propose_graduates",
    "propose_graduation_rule",
    "propose_merge",
    "propose_opening",
    "propose_school_change",
    "propose_transfer",
    "read_out_keys",
    "reconsider_incident",
    "record_incident",
    "refuse_merge",
    "refuse_school_change",
    "register_class",
    "reissue_certificate",
    "remind_learners",
    "request_merge",
    "request_transfer",
    "return_recheck",
    "rotate_keys",
    "send_activation_code",
    "send_answer_file",
    "settle_recheck",
    "sign_incident",
    "take_answer_file",
    "take_enrolment_step",
    "take_room_answer_file",
    "take_roster_step",
    "undo_merge",
    "upload_roster",
    "withdraw_late_candidate",
    "withdraw_merge",
    "withdraw_school_change",
    "write_as_teacher",
    "write_post",
];
/// Operations that change what was read, and nothing newer.
const GUARDED: &[&str] = &[
    "amend_enrolment",
    "approve_merge",
    "cancel_meeting",
    "change_phone",
    "correct_document",
    "correct_roster_entry",
    "create_assembly",
    "describe_item",
    "import_docx",
    "postpone_exam_session",
    "publish_course",
    "put_person_right",
    "refuse_merge",
    "replace_announcement",
    "replace_blueprint",
    "replace_class_plan",
    "replace_exam_room",
    "replace_exam_session",
    "replace_exam_site",
    "replace_provider",
    "replace_room",
    "replace_service_point",
    "replace_teaching_point",
    "replace_unit_note",
    "reschedule_meeting",
    "return_course",
    "review_item",
    "revise_item",
    "save_draft",
    "submit_course",
    "take_enrolment_step",
    "take_roster_step",
    "undo_merge",
    "withdraw_merge",
];
/// Operations that tell the version of what they reply.
const VERSIONED: &[&str] = &[
    "amend_enrolment",
    "cancel_meeting",
    "change_phone",
    "correct_document",
    "correct_roster_entry",
    "describe_item",
    "find_person",
    "get_blueprint",
    "get_class_plan",
    "get_draft",
    "get_enrolment",
    "get_exam_session",
    "get_exam_site",
    "get_meeting",
    "get_merge",
    "get_person",
    "get_provider",
    "get_roster_entry",
    "get_service_point",
    "get_teaching_point",
    "get_unit_note",
    "import_docx",
    "postpone_exam_session",
    "put_person_right",
    "replace_announcement",
    "replace_blueprint",
    "replace_class_plan",
    "replace_exam_room",
    "replace_exam_session",
    "replace_exam_site",
    "replace_provider",
    "replace_room",
    "replace_service_point",
    "replace_teaching_point",
    "replace_unit_note",
    "reschedule_meeting",
    "revise_item",
    "save_draft",
    "step_class",
    "take_enrolment_step",
    "take_roster_step",
];
/// Operations that a cache may ask whether what it has still holds.
const KEPT: &[&str] = &[
    "get_catalogue_course",
    "get_enrolment_places",
    "get_exam_progress",
    "get_exam_session_room",
    "get_module_package",
    "list_catalogue",
];

/// The document with its headers and the log-in.
pub(super) fn finished(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
    components.add_security_scheme(ACCESS_TOKEN, SecurityScheme::Http(token.build()));
    let cookie = ApiKey::Cookie(ApiKeyValue::new("chengxi_refresh"));
    components.add_security_scheme(REFRESH_COOKIE, SecurityScheme::ApiKey(cookie));
    document.security = Some(vec![by(ACCESS_TOKEN)]);
    for item in document.paths.paths.values_mut() {
        let of_methods = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        of_methods.into_iter().flatten().for_each(finish);
    }
    document
}

fn by(scheme: &str) -> SecurityRequirement {
    SecurityRequirement::new(scheme, std::iter::empty::<String>())
}

fn finish(operation: &mut Operation) {
    let name = operation.operation_id.clone().unwrap_or_default();
    let is_in = |list: &[&str]| list.contains(&name.as_str());
    if is_in(OPEN) {
        operation.security = Some(if name == REFRESH { vec![by(REFRESH_COOKIE)] } else { Vec::new() });
    }
    let takes = [
        (ONCE, "Idempotency-Key", false, "The client's name for this request: a repeat has one effect and one reply."),
        (GUARDED, "If-Match", true, "The `ETag` of what was read; 412 if there is a newer one."),
        (KEPT, "If-None-Match", false, "The `ETag` of what is there already; 304 if it still holds."),
    ];
    for (list, header, is_required, description) in takes {
        if is_in(list) {
            let parameter = header_parameter(header, is_required, description);
            operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
        }
    }
    if is_in(VERSIONED) || is_in(KEPT) {
        let successes = operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with('2'));
        for (_, response) in successes {
            if let RefOr::T(response) = response {
                response.headers.insert("ETag".to_owned(), RefOr::T(Header::new(Object::with_type(Type::String))));
            }
        }
    }
}

fn header_parameter(name: &str, is_required: bool, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(if is_required { Required::True } else { Required::False })
        .description(Some(description))
        .schema(Some(Object::with_type(Type::String)))
        .build()
}
