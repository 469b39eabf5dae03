//! The things that are asked for: one of each kind, at one school and around it.

use super::{
    rows::{any_id, open_class, photo},
    things::Thing,
};
use crate::{
    credit_bank::Bank,
    exam_world::school,
    people::{HERE, NEXT_DOOR, PEOPLE, enter, number, office, person, towns},
    support::{Client, NO_ID, TestApp, execute, send},
};
use backend::access::Action;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ClassId, ProviderId},
    organisation::ProviderEntry,
    rights::{Place, Right, Role},
};
use std::collections::HashMap;
use uuid::Uuid;

/// What a request carries.
pub(super) enum Body {
    Json(Value),
    Bytes(Vec<u8>),
}

/// The world of the proof.
pub(super) struct World {
    school: ProviderId,
    /// Another school of the same township.
    pub(super) school_beside: ProviderId,
    class: ClassId,
    /// Who is in the class.
    learner: AccountId,
    ids: HashMap<Thing, String>,
    course_id: Value,
    paper_id: Value,
    surveyor: Value,
    mapping: Value,
}

pub(super) struct SetUp;

impl Action for SetUp {
    type Target = String;
    const RIGHT: Right = Right::GrantRole;
}

impl World {
    pub(super) async fn build(app: &TestApp) -> Self {
        let (bank, certificate) = Bank::issued(app).await;
        towns(app).await;
        let named = |name: &str| ProviderEntry { name: name.to_owned(), ..school(HERE) };
        let (ours, beside) = (enter(app, &named(Thing::School.mark())).await, enter(app, &named("邻校")).await);
        let keeper = office(app, "zheng", HERE).await;
        let (learner, own) = app.learner("xueyuan").await;
        let mut world = Self {
            learner,
            school: ours,
            school_beside: beside,
            class: open_class(app, (ours, learner), &bank).await,
            ids: HashMap::new(),
            course_id: json!(bank.world.course_id),
            paper_id: bank.world.paper_id.clone(),
            surveyor: json!(backend::identity::find_by_name(&app.cx, "zheng").await.unwrap().unwrap()),
            mapping: Value::Null,
        };
        world.name(Thing::School, ours);
        world.name(Thing::Class, world.class);
        world.name(Thing::Account, world.surveyor.clone());
        world.name(Thing::Grant, any_id(app, &format!("role_grant WHERE role = '{}'", Role::SchoolOffice)).await);
        world.name_tested(app, &bank, &certificate).await;
        world.add_places(app).await;
        world.add_people(&keeper).await;
        world.add_roster(app, &keeper).await;
        world.add_record(&keeper).await;
        world.add_teaching(&keeper).await;
        world.add_correction(app, &own).await;
        world
    }

    fn name(&mut self, thing: Thing, id: impl ToString) {
        self.ids.insert(thing, id.to_string().trim_matches('"').to_owned());
    }

    async fn name_tested(&mut self, app: &TestApp, bank: &Bank, certificate: &Value) {
        let learner = bank.learner();
        let course = learner.get(&format!("/api/v1/me/courses/{}", bank.world.course_id)).await.expect(200);
        self.name(Thing::Course, bank.world.course_id);
        self.name(Thing::Unit, &course["modules"][0]["units"][0]["id"]);
        self.name(Thing::Item, bank.world.items[0]);
        self.name(Thing::Paper, &bank.world.paper_id);
        self.name(Thing::ExamSession, bank.world.exam_session_id);
        self.name(Thing::Sitting, bank.world.sitting(0));
        self.name(Thing::Response, any_id(app, "scored_response").await);
        self.name(Thing::Certificate, &certificate["id"]);
        self.name(Thing::Login, &learner.get("/api/v1/logins").await.expect(200)[0]["id"]);
    }

    async fn add_places(&mut self, app: &TestApp) {
        let province = app.staff("shengban", Role::ProvinceOffice, "33").await;
        for (thing, path) in [
            (Thing::TeachingPoint, "create_teaching_point"),
            (Thing::ServicePoint, "create_service_point"),
            (Thing::ExamSite, "create_exam_site"),
        ] {
            let Body::Json(body) = self.body(path, thing) else { unreachable!() };
            let path = format!("/api/v1/{}s", path.trim_start_matches("create_"));
            let made = province.post(&path, &body).await.expect(201);
            self.name(thing, &made["id"]);
        }
    }

    async fn add_people(&mut self, keeper: &Client) {
        let added = keeper.post(PEOPLE, &self.person(Thing::Person.mark(), 2)).await.expect(201);
        self.name(Thing::Person, &added["id"]);
        let mover = keeper.post(PEOPLE, &self.person("张三", 20)).await.expect(201);
        let path = format!("{PEOPLE}/{}/transfers", mover["id"].as_str().unwrap());
        let proposed =
            keeper.post(&path, &json!({ "division": NEXT_DOOR, "reason": Thing::Transfer.mark() })).await.expect(201);
        for thing in [Thing::Transfer, Thing::TransferSent, Thing::TransferReceived] {
            self.name(thing, &proposed["id"]);
        }
        let withdraw = format!("/api/v1/person_transfers/{}/withdraw", self.id(Thing::Transfer));
        keeper.post(&withdraw, &json!({})).await.expect(200);
    }

    fn person(&self, name: &str, n: u32) -> Value {
        let mut body = person(n, HERE);
        body["name"] = json!(name);
        body["provider_id"] = json!(self.school);
        body
    }

    async fn add_roster(&mut self, app: &TestApp, keeper: &Client) {
        let list = format!("姓名,身份证号\n{},{}\n", Thing::RosterEntry.mark(), number(30));
        let path = format!("/api/v1/roster/batches?provider_id={}&file_name={}", self.school, Thing::Batch.mark());
        let request = keeper.request(Method::POST, &path).body(list);
        let uploaded = send(request).await.expect(201);
        self.name(Thing::Batch, &uploaded["batch"]["id"]);
        self.mapping = uploaded["proposal"]["mapping"].clone();
        let import = format!("/api/v1/roster/batches/{}/import", self.id(Thing::Batch));
        let job = keeper.post(&import, &json!({ "mapping": self.mapping })).await.expect(202);
        self.name(Thing::Job, &job["id"]);
        app.jobs.run_due().await.unwrap();
        let entry = keeper.get("/api/v1/roster").await.expect(200)["items"][0].clone();
        assert_eq!(entry["name"], Thing::RosterEntry.mark());
        self.name(Thing::RosterEntry, &entry["id"]);
    }

    async fn add_record(&mut self, keeper: &Client) {
        let Body::Json(body) = self.body("add_enrolment", Thing::Record) else { unreachable!() };
        let record = keeper.post("/api/v1/enrolments", &body).await.expect(201);
        self.name(Thing::Record, &record["record"]["id"]);
        let path = format!("/api/v1/enrolments/{}", self.id(Thing::Record));
        let photo = keeper.request(Method::POST, &format!("{path}/attachments?kind=id_card")).body(photo());
        let attachment = send(photo).await.expect(201);
        self.name(Thing::Attachment, &attachment["id"]);
        let submit = keeper.request(Method::POST, &format!("{path}/steps")).header("if-match", "\"1\"");
        send(submit.json(&json!({ "step": "submit" }))).await.expect(200);
    }

    async fn add_teaching(&mut self, keeper: &Client) {
        for (thing, operation, path) in [
            (Thing::Meeting, "create_meeting", format!("classes/{}/meetings", self.class)),
            (Thing::SkillTraining, "create_skill_training", "skill_trainings".to_owned()),
            (Thing::SkillCertificate, "create_skill_certificate", "skill_certificates".to_owned()),
        ] {
            let Body::Json(body) = self.body(operation, thing) else { unreachable!() };
            let made = keeper.post(&format!("/api/v1/{path}"), &body).await.expect(201);
            self.name(thing, &made["id"]);
        }
    }

    /// A request about the person of the record, to whom the learner's account belongs for that moment.
    async fn add_correction(&mut self, app: &TestApp, own: &Client) {
        let account = "(SELECT id FROM account WHERE login_name = 'xueyuan')";
        let link = format!("UPDATE student_record SET learner_number = '1', account_id = {account}");
        execute(app, &link).await;
        let body =
            json!({ "stated": { "field": "phone", "phone": "19900009138" }, "reason": Thing::Correction.mark() });
        let asked = own.post("/api/v1/me/corrections", &body).await.expect(201);
        self.name(Thing::Correction, &asked["id"]);
        execute(app, "UPDATE student_record SET learner_number = NULL, account_id = NULL").await;
    }

    pub(super) fn school(&self) -> Place {
        Place::Provider { id: self.school, division: HERE.to_owned() }
    }

    pub(super) fn class(&self) -> Place {
        Place::Class { id: self.class, provider: self.school, division: HERE.to_owned() }
    }

    /// Its id; one that names nothing for what has none.
    pub(super) fn id(&self, thing: Thing) -> String {
        self.ids.get(&thing).cloned().unwrap_or_else(|| NO_ID.to_owned())
    }

    /// The ids in its path.
    pub(super) fn ids(&self, thing: Thing) -> Vec<String> {
        match thing {
            Thing::Holiday => vec!["2026-12-30".to_owned()],
            Thing::SkillRecord => vec![self.learner.to_string()],
            Thing::Attachment => vec![self.id(Thing::Record), self.id(Thing::Attachment)],
            _ => vec![self.id(thing)],
        }
    }

    /// Where something can be done to it.
    pub(super) fn places(&self, thing: Thing) -> Vec<Place> {
        match thing {
            Thing::School
            | Thing::TeachingPoint
            | Thing::ServicePoint
            | Thing::Person
            | Thing::TransferSent
            | Thing::Correction
            | Thing::Batch
            | Thing::RosterEntry
            | Thing::RosterCount
            | Thing::Record
            | Thing::RecordCount
            | Thing::Attachment
            | Thing::NewClass
            | Thing::SkillTraining
            | Thing::SkillCertificate => vec![self.school()],
            Thing::NewSchool | Thing::ExamSite | Thing::Account | Thing::Grant => vec![Place::division(HERE)],
            Thing::TransferReceived => vec![Place::division(NEXT_DOOR)],
            Thing::Transfer => vec![self.school(), Place::division(NEXT_DOOR)],
            Thing::Class | Thing::Meeting => vec![self.class()],
            Thing::SkillRecord | Thing::Rooms => vec![self.school(), self.class()],
            Thing::Certificate => vec![Place::division("3305")],
            Thing::Holiday
            | Thing::Course
            | Thing::Unit
            | Thing::Item
            | Thing::Paper
            | Thing::ExamSession
            | Thing::Response => {
                vec![Place::division("33")]
            }
            Thing::Nothing | Thing::Sitting | Thing::Login | Thing::Job => Vec::new(),
        }
    }

    /// Where it is seen.
    pub(super) fn seen_at(&self, thing: Thing) -> Vec<Place> {
        match thing {
            Thing::TransferSent | Thing::TransferReceived => self.places(Thing::Transfer),
            // What a class is shown with.
            Thing::School => vec![self.school(), self.class()],
            _ => self.places(thing),
        }
    }

    /// The query of an operation that needs one.
    pub(super) fn query(&self, operation: &str) -> Vec<(&'static str, String)> {
        match operation {
            "upload_roster" => {
                vec![("provider_id", self.school.to_string()), ("file_name", "list.csv".to_owned())]
            }
            "list_class_teachers" => vec![("provider_id", self.school.to_string())],
            "list_rooms" => vec![("teaching_point_id", self.id(Thing::TeachingPoint))],
            "add_attachment" => vec![("kind", "id_card".to_owned())],
            "list_items" | "list_papers" => vec![("course_id", self.id(Thing::Course))],
            _ => Vec::new(),
        }
    }

    fn meeting(&self) -> Value {
        json!({ "course_id": self.course_id, "topic": Thing::Meeting.mark(), "starts_at": "2026-12-01T11:00:00Z",
            "ends_at": "2026-12-01T12:30:00Z" })
    }

    fn training(&self) -> Value {
        json!({ "learner": self.learner, "provider_id": self.school, "occupation": Thing::SkillTraining.mark(),
            "organiser": "本校", "hours": 40, "starts_on": "2026-10-01", "ends_on": "2026-10-20" })
    }

    /// A body that is in order, so that nothing but the asker can be refused.
    pub(super) fn body(&self, operation: &str, thing: Thing) -> Body {
        let reason = "原因";
        Body::Json(match operation {
            "upload_roster" => return Body::Bytes("姓名,身份证号\n".into()),
            "add_attachment" | "add_picture" => return Body::Bytes(b"no picture".to_vec()),
            "create_course" => json!({ "code": "GYW09", "title": "C", "level": "senior", "role": "required",
                "class_hours": 10, "face_to_face_hours": 1, "summary": "S" }),
            "save_draft" => json!({ "modules": [] }),
            "preview_markdown" => json!({ "markdown": "M" }),
            "import_items" => {
                json!({ "course_id": self.course_id, "format": "gift", "text": "Q {T}", "dry_run": true })
            }
            "compose_paper" => json!({ "course_id": self.course_id, "title": "P", "items": [] }),
            "create_exam_session" => json!({ "title": "", "course_id": self.course_id, "paper_id": self.paper_id,
                "starts_at": "2026-12-01T01:00:00Z", "duration_min": 60 }),
            "mark_response" => json!({ "points": 100 }),
            "issue_certificates" => json!({ "exam_session_id": self.id(Thing::ExamSession) }),
            "audit_certificate" => json!({ "decision": "return", "reason": "" }),
            "revoke_certificate" | "reissue_certificate" => json!({ "reason": "" }),
            "answer_exercise" => json!({ "response": { "single": 0 } }),
            "beat" => json!({ "stream": Uuid::nil(), "read_pct": 1 }),
            "append_entries" => json!({ "entries": [] }),
            "open_sitting" => json!({ "device": Uuid::nil(), "take_over": true }),
            "submit_sitting" => json!({ "epoch": 1, "last_seq": 0, "digest": "" }),
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
            "add_person" => self.person(Thing::Person.mark(), 2),
            "add_enrolment" | "check_enrolment" => json!({
                "provider_id": self.school, "level": "senior", "education_level": "71",
                "applicant": { "kind": "stated", "name": Thing::Record.mark(), "phone": "19900009137",
                    "document": { "kind": "resident_identity_card", "number": number(40) } } }),
            "take_enrolment_step" => json!({ "step": "submit" }),
            "create_staff_account" => {
                json!({ "login_name": "", "display_name": "新人", "place": { "kind": "division", "code": HERE } })
            }
            "grant_role" => json!({ "account_id": self.surveyor, "role": "school_office",
                "place": { "kind": "division", "code": HERE } }),
            "reset_password" | "reset_second_factor" | "end_role_grant" => json!({ "reason": "" }),
            "create_class" | "replace_class_plan" => json!({ "provider_id": self.school, "name": "", "form": "village",
                "partner": "村", "capacity": 30, "courses": [] }),
            "step_class" => json!({ "wanted": "planned" }),
            "add_class_members" => json!({ "learners": [] }),
            "dismiss_class_member" => json!({ "learner": self.learner, "reason": "" }),
            "create_meeting" => self.meeting(),
            "create_meeting_series" => json!({ "first": self.meeting(), "until": "2026-01-01" }),
            "cancel_meeting" => json!({ "reason": "" }),
            "reschedule_meeting" => json!({ "starts_at": "2026-12-01T11:00:00Z", "ends_at": "2026-12-01T12:30:00Z",
                "reason": "" }),
            "send_roll_calls" => json!({ "entries": [] }),
            "check_myself_in" => json!({ "code": "123456" }),
            "say_holiday" => json!({ "kind": "usual", "name": "" }),
            "create_room" => json!({ "teaching_point_id": self.id(Thing::TeachingPoint), "name": "", "seats": 40 }),
            "create_skill_training" => self.training(),
            "create_skill_certificate" => json!({ "learner": self.learner, "provider_id": self.school,
                "kind": "skill_level_certificate", "occupation": "缝纫工", "level": "junior", "issuer": "示范县人社局",
                "number": "1", "issued_on": "2026-10-20" }),
            "check_skill_training" | "check_skill_certificate" => json!({ "is_right": false, "reason": "" }),
            "find_person" => json!({ "kind": "resident_identity_card", "number": number(2) }),
            "correct_document" => {
                json!({ "document": { "kind": "resident_identity_card", "number": number(2) }, "reason": reason })
            }
            "change_phone" => json!({ "phone": null }),
            "reveal_person" => json!({ "purpose": "call_person", "note": "联系" }),
            "ask_correction" => json!({ "stated": { "field": "phone", "phone": "19900009138" } }),
            "refuse_correction" => json!({ "reason": reason }),
            "propose_transfer" => json!({ "division": "330502", "reason": reason }),
            "refuse_transfer" => json!({ "reason": reason }),
            "import_roster" => json!({ "mapping": self.mapping }),
            "assign_roster" => json!({ "surveyor_id": self.surveyor, "entries": [self.id(thing)] }),
            "send_roster_visits" => json!({ "visits": [{ "entry_id": self.id(thing), "visit": {
                "id": NO_ID, "visited_at": "2026-11-23T01:00:00Z", "visitor": self.surveyor, "channel": "door",
                "outcome": { "kind": "met" }, "note": "" } }] }),
            _ => json!({}),
        })
    }
}
