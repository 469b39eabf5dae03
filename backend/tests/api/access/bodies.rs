//! What a request carries: in order, so that nothing but the asker can be refused.

use super::{things::Thing, world::World};
use crate::{
    external_tools,
    people::{HERE, number, person},
    support::NO_ID,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// What a request carries.
pub(super) enum Body {
    Json(Value),
    Bytes(Vec<u8>),
}

impl World {
    pub(super) fn person(&self, name: &str, n: u32) -> Value {
        let mut body = person(n, HERE);
        body["name"] = json!(name);
        body["provider_id"] = json!(self.school);
        body
    }

    pub(super) fn merge(&self, merged: &Value) -> Value {
        json!({ "merged_id": merged, "ground": "wrong_number", "reason": Thing::Merge.mark() })
    }

    /// A blueprint without a title.
    fn blueprint(&self) -> Value {
        let row = json!({ "module": "M", "ability": "recall", "kind": "true_false", "count": 1, "points": 200 });
        let blueprint = json!({ "rows": [row], "total": 200, "mandatory": [], "excluded": [], "forms": 1,
            "has_spare": false, "shared_limit": 0, "recent_limit": 0, "exposure_cap": null, "difficulty": 600,
            "tolerance": 20 });
        json!({ "course_id": self.course_id, "title": "", "blueprint": blueprint })
    }

    /// A body that is in order, so that nothing but the asker can be refused.
    pub(super) fn body(&self, operation: &str, thing: Thing) -> Body {
        let reason = "原因";
        Body::Json(match operation {
            "upload_roster" | "add_roster_part" => return Body::Bytes("姓名,身份证号\n".into()),
            "add_attachment"
            | "add_picture"
            | "add_roll_photo"
            | "add_skill_photo"
            | "add_accommodation_photo"
            | "add_class_agreement"
            | "add_item_attachment"
            | "add_assignment_file"
            | "add_assignment_photo" => {
                return Body::Bytes(b"no picture".to_vec());
            }
            "send_answer_file" | "take_answer_file" | "take_room_answer_file" => {
                return Body::Bytes(b"no answers".to_vec());
            }
            "add_recording" => return Body::Bytes(b"no recording".to_vec()),
            "import_item_package" => return Body::Bytes(b"no package".to_vec()),
            "preview_docx" | "import_docx" => return Body::Bytes(b"no document".to_vec()),
            "create_course" => json!({ "code": "GYW09", "title": "C", "level": "senior", "role": "required",
                "class_hours": 10, "face_to_face_hours": 1, "summary": "S" }),
            "copy_course" => json!({ "code": "GYW10", "title": "C" }),
            "save_draft" => json!({ "modules": [] }),
            "return_course" => json!({ "note": "N", "remarks": [] }),
            "preview_markdown" => json!({ "markdown": "M" }),
            "preview_exercise" => json!({ "schema_version": 1, "stem": "S", "explanation": "E",
                "body": { "kind": "true_false", "key": true } }),
            "import_items" => {
                json!({ "course_id": self.course_id, "format": "gift", "text": "Q {T}", "dry_run": true })
            }
            "export_items" | "preview_item_export" => {
                json!({ "course_id": self.course_id, "format": "gift", "only": [self.id(Thing::Item)] })
            }
            "review_item" => json!({ "decision": "return", "reason": "" }),
            "reopen_response" => json!({ "reason": "" }),
            "compose_paper" => json!({ "course_id": self.course_id, "title": "P", "items": [] }),
            "set_paper_tools" => json!({ "calculator": "none", "formula_sheet": "F" }),
            "begin_key_ceremony" => json!({ "threshold": 2, "custodians": [] }),
            "confirm_key_share" | "hand_in_key_share" => json!({ "code": "" }),
            "revise_item" | "create_item" => json!({ "schema_version": 1, "stem": "", "explanation": "",
                "body": { "kind": "true_false", "key": true } }),
            "describe_item" => json!({ "module": "", "knowledge_point": "K", "ability": "recall",
                "difficulty": 600, "enemies": "E" }),
            "comment_item" => json!({ "text": "" }),
            "compare_item_versions" => json!({ "older": 1, "newer": 1 }),
            "change_items" | "preview_item_changes" => {
                let item = json!({ "item_id": self.id(Thing::Item), "version": 1, "descriptor_version": 1 });
                json!({ "course_id": self.course_id, "items": [item], "retire_because": "" })
            }
            "create_blueprint" | "replace_blueprint" => self.blueprint(),
            "create_assembly" => json!({ "seed": 1 }),
            "create_form_papers" => json!({ "forms": [{ "title": "", "items": [] }] }),
            "create_exam_session" | "replace_exam_session" => {
                json!({ "title": "", "course_id": self.course_id, "paper_id": self.paper_id,
                "starts_at": "2026-12-01T01:00:00Z", "duration_min": 60 })
            }
            "create_exam_window" => {
                json!({ "title": "", "tests": [{ "course_id": self.course_id, "paper_id": self.paper_id,
                "starts_at": "2026-12-01T01:00:00Z", "duration_min": 60 }] })
            }
            "record_incident" => json!({ "ticket_number": "0", "kind": "whispering", "what_happened": "" }),
            "hear_candidate" => json!({ "statement": "" }),
            "decide_incident" | "reconsider_incident" => json!({ "is_upheld": true, "reason": "" }),
            "decide_registrations" => json!({ "registrations": [], "is_approved": true }),
            "postpone_exam_session" => json!({ "starts_at": "2027-01-01T01:00:00Z", "reason": "" }),
            "give_statement_reader" => json!({ "name": "S", "until": "2026-12-31" }),
            "register_class" => json!({ "exam_session_id": self.id(Thing::ExamSession) }),
            "add_late_candidate" => json!({ "learner_number": "", "reason": reason }),
            "withdraw_late_candidate" => json!({ "ticket_number": "", "reason": reason }),
            "apply_for_accommodation" => json!({ "needs": { "extra_pct": 30, "needs_separate_room": false,
                "needs_large_print": false, "needs_accessible": false }, "reason": reason }),
            "check_accommodation" | "confirm_accommodation" => json!({ "is_granted": true, "reason": "" }),
            "settle_recheck" => json!({ "corrections": [], "reason": "" }),
            "appeal_incident" => json!({ "reason": reason }),
            "trace_leak" => json!({ "reason": reason, "items": [] }),
            "create_seat_plan" => {
                json!({ "sites": [{ "exam_site_id": self.id(Thing::ExamSite), "serves": [] }], "accessible": [] })
            }
            "act_in_room" => json!({ "kind": "announce", "text": reason }),
            "show_portrait" => json!({ "ticket_number": "0" }),
            "assign_invigilators" => json!({ "account_ids": [] }),
            "extend_time" => json!({ "minutes": 5, "reason": reason }),
            "decide_extension" => json!({ "extension_id": NO_ID, "is_confirmed": false }),
            "read_out_keys" => json!({ "exam_room_id": NO_ID }),
            "enter_paper_answers" => json!({ "sitting_id": self.id(Thing::Sitting), "answers": [] }),
            "beat_sitting" => json!({ "visit": NO_ID, "is_ready": true, "unsent": 0, "focus_losses": 0,
                "focus_lost_s": 0, "heard": 0, "wait_s": 0 }),
            "print_candidate_receipt" => json!({ "ticket_number": "" }),
            "print_seat_sheets" => json!({ "exam_site_id": self.id(Thing::ExamSite) }),
            "mark_response" => json!({ "points": 100 }),
            "approve_certificates" => json!({ "name": "查无此人" }),
            "issue_certificates" => json!({ "exam_session_id": self.id(Thing::ExamSession) }),
            "audit_certificate" => json!({ "decision": "return", "reason": "" }),
            "revoke_certificate" | "reissue_certificate" | "revoke_diploma" | "print_diploma_extract" => {
                json!({ "reason": "" })
            }
            "propose_graduates" => json!({ "learners": [] }),
            "confirm_graduation" | "approve_graduation" => json!({ "decision": "return", "reason": "" }),
            "check_diploma" => json!({ "number": "0", "name": "N" }),
            "answer_exercise" => json!({ "response": { "single": 0 } }),
            "beat" => json!({ "stream": Uuid::nil(), "read_pct": 1 }),
            "hand_in_study" => json!({ "device_now": "2026-11-23T01:00:00Z", "entries": [] }),
            "replace_unit_note" => json!({ "text": "N" }),
            "ask_inquiry" => json!({ "text": "Q" }),
            "hand_in_assignment" => json!({ "text": "T", "photos": [] }),
            "write_post" => json!({ "text": "P" }),
            "read_topic" => json!({ "upto": 1 }),
            "report_post" => json!({ "reason": reason }),
            "append_entries" => json!({ "entries": [] }),
            "open_sitting" => json!({ "device": Uuid::nil(), "take_over": true }),
            "submit_sitting" => json!({ "epoch": 1, "last_seq": 0, "digest": "" }),
            "found_division" => {
                json!({ "code": HERE, "name": "", "effective_on": "2026-11-23", "reason": reason })
            }
            "rename_division" => json!({ "name": "", "effective_on": "2026-11-23", "reason": reason }),
            "abolish_division" => json!({ "effective_on": "2026-11-23", "reason": "" }),
            "merge_division" => json!({ "successor": HERE, "effective_on": "2026-11-23", "reason": "" }),
            "create_provider" => json!({ "kind": "adult_school", "name": "新校", "division": HERE, "state": "open" }),
            "replace_provider" => {
                json!({ "kind": "adult_school", "name": Thing::School.mark(), "division": HERE, "state": "open" })
            }
            "create_teaching_point" | "replace_teaching_point" => {
                json!({ "provider_id": self.school, "name": Thing::TeachingPoint.mark(), "division": HERE,
                    "address": "1 号", "phone": "0572-0000001", "state": "open" })
            }
            "create_service_point" | "replace_service_point" => {
                json!({ "provider_id": self.school, "name": Thing::ServicePoint.mark(), "division": HERE,
                    "address": "1 号", "phone": "0572-0000001", "opening_hours": "周一至周五", "state": "open",
                    "staff": [{ "name": "甲", "is_in_charge": true }, { "name": "乙", "is_in_charge": false }] })
            }
            "create_exam_site" | "replace_exam_site" => {
                json!({ "name": Thing::ExamSite.mark(), "division": HERE, "address": "1 号", "capacity": 120,
                    "is_accessible": true, "contact_name": "甲", "contact_phone": "0572-0000001", "state": "open" })
            }
            "create_exam_room" | "replace_exam_room" => {
                json!({ "number": 1, "name": "A101", "rows": 5, "columns": 6, "capacity": 30, "accessible_seats": [1],
                    "has_extra_time": true, "state": "open" })
            }
            "add_person" => self.person(Thing::Person.mark(), 2),
            "add_enrolment" | "check_enrolment" => json!({
                "provider_id": self.school, "level": "senior", "education_level": "71",
                "applicant": { "kind": "stated", "name": Thing::Record.mark(), "phone": "19900009137",
                    "document": { "kind": "resident_identity_card", "number": number(40) } } }),
            "amend_enrolment" => json!({ "level": "senior", "education_level": "71" }),
            "take_enrolment_step" => json!({ "step": "submit" }),
            "propose_enrolment_rule" => {
                json!({ "rule": { "region": "33", "level": "senior", "valid_from": "2027-01-01",
                "youngest": 16, "oldest": 65, "prior": "71", "is_literacy_enough": false }, "reason": reason })
            }
            "propose_attendance_rule" => json!({ "rule": { "region": "33", "valid_from": "2027-01-01", "late_min": 10,
                "class_hour_min": 45 }, "reason": reason }),
            "propose_course_rule" => json!({ "rule": { "course_id": self.id(Thing::Course), "valid_from": "2027-01-01",
                "class_hours": 80, "face_to_face_hours": 40, "credits": 4, "pass_pct": 60, "gate_task_pct": 100 },
                "reason": reason }),
            "propose_external_tool" => json!({ "title": "T", "login_url": "https://tool.example/login",
                "redirect_urls": ["https://tool.example/launch"], "keys": external_tools::key_set(), "reason": reason }),
            "propose_graduation_rule" => {
                json!({ "rule": { "region": "33", "level": "senior", "valid_from": "2027-01-01",
                "needs_skill_certificate": true, "credits": 80, "culture_cap": 60, "skill_cap": 40 }, "reason": reason })
            }
            "refuse_enrolment_rule"
            | "refuse_attendance_rule"
            | "refuse_course_rule"
            | "refuse_graduation_rule"
            | "refuse_external_tool" => {
                json!({ "reason": "" })
            }
            "create_staff_account" => {
                json!({ "login_name": "", "display_name": "新人", "place": { "kind": "division", "code": HERE } })
            }
            "print_paper" => json!({ "sheet": "paper" }),
            "grant_role" => json!({ "account_id": self.surveyor, "role": "school_office",
                "place": { "kind": "division", "code": HERE } }),
            "retire_item" | "discard_paper" | "send_back_paper" | "propose_opening" | "cancel_exam_session" => {
                json!({ "reason": "" })
            }
            "reset_password" | "reset_second_factor" | "end_role_grant" => json!({ "reason": "" }),
            "find_person" => json!({ "kind": "resident_identity_card", "number": number(2) }),
            "correct_document" => {
                json!({ "document": { "kind": "resident_identity_card", "number": number(2) }, "reason": reason })
            }
            "change_phone" => json!({ "phone": null }),
            "put_person_right" => json!({ "stated": { "field": "name", "name": "" }, "reason": reason }),
            "reveal_person" => json!({ "purpose": "call_person", "note": "联系" }),
            "ask_correction" => json!({ "stated": { "field": "phone", "phone": "19900009138" } }),
            "refuse_correction" => json!({ "reason": reason }),
            "propose_transfer" => json!({ "division": "330502", "reason": reason }),
            // By a document that nobody has: nobody is to be asked for after the question.
            "request_transfer" => json!({ "document": { "kind": "resident_identity_card", "number": number(98) },
                "division": HERE, "provider_id": self.school, "reason": reason }),
            "propose_merge" => self.merge(&self.twin),
            "request_merge" => json!({ "document": { "kind": "resident_identity_card", "number": number(98) },
                "ground": "wrong_number", "reason": reason }),
            "refuse_merge" | "undo_merge" => json!({ "reason": "" }),
            "refuse_transfer" | "refuse_school_change" => json!({ "reason": reason }),
            "propose_school_change" => json!({ "provider_id": self.school_beside, "reason": reason }),
            "import_roster" => json!({ "mapping": self.mapping }),
            "assign_roster" => json!({ "surveyor_id": self.surveyor, "entries": [self.id(thing)] }),
            // Of a level of education that there is not: nobody is to stand on the roster after the question.
            "add_to_roster" => json!({ "person_id": self.id(thing), "facts": { "education_level": "x" } }),
            "correct_roster_entry" => json!({ "education_level": "x" }),
            "open_roster_round" => {
                json!({ "division": null, "provider_id": self.school, "name": Thing::RosterRound.mark(),
                "begins_on": "2026-11-23", "ends_on": "2026-12-31" })
            }
            "confirm_roster" => json!({ "provider_id": self.school }),
            "record_roster_finding" => {
                json!({ "entry_id": self.id(Thing::RosterEntry), "finding": "right", "note": "" })
            }
            "return_roster" => json!({ "reason": "" }),
            "reveal_roster_phone" => json!({ "note": "联系" }),
            "take_roster_step" => json!({ "step": "close", "reason": reason }),
            "send_roster_visits" => json!({ "visits": [{ "entry_id": self.id(thing), "visit": {
                "id": NO_ID, "visited_at": "2026-11-23T01:00:00Z", "visitor": self.surveyor, "channel": "door",
                "outcome": { "kind": "met" }, "note": "" } }] }),
            _ => self.teaching_body(operation),
        })
    }
}
