//! Bodies of what schools do with their classes.

use super::{things::Thing, world::World};
use crate::support::NO_ID;
use serde_json::{Value, json};

impl World {
    fn meeting(&self) -> Value {
        json!({ "course_id": self.course_id, "topic": Thing::Meeting.mark(), "starts_at": "2026-12-01T11:00:00Z",
            "ends_at": "2026-12-01T12:30:00Z" })
    }

    fn training(&self) -> Value {
        json!({ "learner": self.learner, "provider_id": self.school, "occupation": Thing::SkillTraining.mark(),
            "organiser": "本校", "hours": 40, "starts_on": "2026-10-01", "ends_on": "2026-10-20" })
    }

    /// A body that is in order, so that nothing but the asker can be refused.
    pub(super) fn teaching_body(&self, operation: &str) -> Value {
        match operation {
            "create_class" | "replace_class_plan" => json!({ "provider_id": self.school, "name": "", "form": "village",
                "partner": "村", "capacity": 30, "courses": [] }),
            "step_class" => json!({ "wanted": "planned" }),
            "look_at_anomaly" => json!({ "kind": "rapid_right", "fact": NO_ID, "note": "" }),
            "answer_inquiry" => json!({ "text": "A" }),
            "mark_hand_in" => json!({ "decision": "return", "remark": "" }),
            "publish_inquiry" => json!({ "is_public": true }),
            "open_topic" => json!({ "title": "", "text": "T" }),
            "write_as_teacher" => json!({ "text": "" }),
            "step_topic" => json!({ "step": "reopen" }),
            "moderate_post" => json!({ "step": "hide", "reason": "" }),
            "create_announcement" => json!({ "title": "", "text": "T", "until": "2026-12-31" }),
            "replace_announcement" => {
                json!({ "title": Thing::Announcement.mark(), "text": "T", "until": "2026-12-31" })
            }
            "create_quiz" => json!({ "course_id": self.course_id, "title": "", "picks": [], "attempts": 1,
                "feedback": "at_once", "until": "2026-12-31" }),
            "hand_in_quiz" => json!({ "responses": [] }),
            "reveal_learner_phone" => json!({ "note": "联系" }),
            "add_class_members" => json!({ "learners": [] }),
            "dismiss_class_member" => json!({ "learner": self.learner, "reason": "" }),
            "create_meeting" => self.meeting(),
            "create_meeting_series" => json!({ "first": self.meeting(), "until": "2026-01-01" }),
            "cancel_meeting" => json!({ "reason": "" }),
            "reschedule_meeting" => json!({ "starts_at": "2026-12-01T11:00:00Z", "ends_at": "2026-12-01T12:30:00Z",
                "reason": "" }),
            "send_roll_calls" => json!({ "entries": [] }),
            "grant_makeup" => json!({ "learner": self.learner, "by": { "kind": "task", "minutes": 45 }, "note": "" }),
            "withdraw_makeup" => json!({ "learner": self.learner, "reason": "" }),
            "check_myself_in" => json!({ "code": "123456" }),
            "say_holiday" => json!({ "kind": "usual", "name": "" }),
            "replace_room" => json!({ "name": "", "seats": 40, "state": "open" }),
            "create_room" => json!({ "teaching_point_id": self.id(Thing::TeachingPoint), "name": "", "seats": 40 }),
            "create_skill_training" => self.training(),
            "create_skill_certificate" => json!({ "learner": self.learner, "provider_id": self.school,
                "kind": "skill_level_certificate", "occupation": Thing::SkillCertificate.mark(), "level": "junior", "issuer": "示范县人社局",
                "number": "1", "issued_on": "2026-10-20" }),
            "check_skill_training" | "check_skill_certificate" => json!({ "is_right": false, "reason": "" }),
            "withdraw_skill_training" | "withdraw_skill_certificate" | "remove_roll_photo" => json!({ "reason": "" }),
            _ => json!({}),
        }
    }
}
