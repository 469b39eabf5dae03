//! The things that are asked for: one of each kind, at one school and around it.

use super::{
    bodies::Body,
    rows::{any_id, open_class, photo},
    things::Thing,
};
use crate::{
    credit_bank::Bank,
    exam_world::{ASSIGNMENT, school},
    people::{HERE, NEXT_DOOR, PEOPLE, enter, number, office, towns},
    support::{Client, NO_ID, TestApp, execute, send},
};
use backend::access::Action;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ClassId, ProviderId},
    organisation::ProviderEntry,
    rights::{Place, Right, Role, RoleAt},
};
use std::collections::HashMap;

/// The world of the proof.
pub(super) struct World {
    pub(super) school: ProviderId,
    /// Another school of the same township.
    pub(super) school_beside: ProviderId,
    pub(super) class: ClassId,
    /// Who is in the class.
    pub(super) learner: AccountId,
    ids: HashMap<Thing, String>,
    pub(super) course_id: Value,
    pub(super) paper_id: Value,
    pub(super) surveyor: Value,
    pub(super) mapping: Value,
    /// Another record of the person.
    pub(super) twin: Value,
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
            twin: Value::Null,
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
        world.add_school_change(app, &keeper).await;
        world.add_teaching(&keeper).await;
        world.add_inquiry(&own).await;
        world.add_hand_in(&own).await;
        world.add_announcement(app).await;
        world.add_quiz(app).await;
        world.add_statement_reader(app).await;
        world.add_diploma(app).await;
        world.add_discussion(app, &own).await;
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
        self.name(Thing::WatchedExamSession, bank.world.exam_session_id);
        self.name(Thing::Sitting, bank.world.sitting(0));
        self.name(Thing::Response, any_id(app, "scored_response").await);
        self.name(Thing::Certificate, &certificate["id"]);
        self.name(Thing::Login, &learner.get("/api/v1/logins").await.expect(200)[0]["id"]);
        self.add_recheck(app, bank).await;
        self.add_incident(app, bank).await;
        self.add_blueprint(&bank.world.administrators[0]).await;
        self.add_seat_plan(app).await;
    }

    /// A plan of nobody's seats, for a test that is over, under the id of that test.
    async fn add_seat_plan(&mut self, app: &TestApp) {
        let outcome = json!({ "sites": [], "unseated": [], "same_class": 0, "same_employer": 0 });
        let wanted = json!({ "sites": [], "accessible": [] });
        let plan = format!(
            "INSERT INTO seat_plan (id, exam_session_id, request, seed, algorithm, outcome, seated, unseated, \
             planned_by, planned_at) SELECT id, id, '{wanted}', 1, 1, '{outcome}', 0, 0, created_by, starts_at FROM exam_session"
        );
        execute(app, &plan).await;
        self.name(Thing::SeatPlan, self.id(Thing::ExamSession));
    }

    /// Of the candidate who passed.
    async fn add_recheck(&mut self, app: &TestApp, bank: &Bank) {
        let ask = format!("/api/v1/me/results/{}/recheck", bank.world.sitting(0));
        bank.learner().post(&ask, &json!({})).await.expect(200);
        self.name(Thing::Recheck, any_id(app, "score_recheck").await);
    }

    /// Of the candidate who did not pass: what rests on the result of the other stays.
    async fn add_incident(&mut self, app: &TestApp, bank: &Bank) {
        let Body::Json(mut body) = self.body("record_incident", Thing::WatchedExamSession) else { unreachable!() };
        let exams = bank.world.candidates[1].client.get("/api/v1/me/exams").await.expect(200);
        body["ticket_number"] = exams[0]["sitting"]["ticket_number"].clone();
        body["what_happened"] = json!(Thing::Incident.mark());
        let invigilator = app.staff("jiankao", Role::Invigilator, "330502").await;
        let path = format!("/api/v1/exam_sessions/{}/incidents", bank.world.exam_session_id);
        let recorded = invigilator.post(&path, &body).await.expect(201);
        self.name(Thing::Incident, &recorded["id"]);
    }

    async fn add_blueprint(&mut self, composer: &Client) {
        let Body::Json(mut body) = self.body("create_blueprint", Thing::Blueprint) else { unreachable!() };
        body["title"] = json!(Thing::Blueprint.mark());
        let made = composer.post("/api/v1/blueprints", &body).await.expect(201);
        self.name(Thing::Blueprint, &made["id"]);
        let path = format!("/api/v1/blueprints/{}/assemblies", self.id(Thing::Blueprint));
        let request = composer.request(Method::POST, &path).header("if-match", "\"1\"");
        let drawn = send(request.json(&json!({ "seed": 1 }))).await.expect(201);
        self.name(Thing::Assembly, &drawn["id"]);
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
        let Body::Json(room) = self.body("create_exam_room", Thing::ExamRoom) else { unreachable!() };
        let rooms = format!("/api/v1/exam_sites/{}/rooms", self.id(Thing::ExamSite));
        let made = province.post(&rooms, &room).await.expect(201);
        self.name(Thing::ExamRoom, &made["id"]);
        let Body::Json(body) = self.body("propose_enrolment_rule", Thing::RuleProposal) else { unreachable!() };
        let proposed = province.post("/api/v1/enrolment_rules/proposals", &body).await.expect(201);
        self.name(Thing::RuleProposal, &proposed["id"]);
        let Body::Json(body) = self.body("propose_attendance_rule", Thing::AttendanceRuleProposal) else {
            unreachable!()
        };
        let proposed = province.post("/api/v1/attendance_rules/proposals", &body).await.expect(201);
        self.name(Thing::AttendanceRuleProposal, &proposed["id"]);
        let Body::Json(body) = self.body("propose_course_rule", Thing::CourseRuleProposal) else { unreachable!() };
        let proposed = province.post("/api/v1/course_rules/proposals", &body).await.expect(201);
        self.name(Thing::CourseRuleProposal, &proposed["id"]);
        let Body::Json(body) = self.body("propose_external_tool", Thing::ExternalTool) else { unreachable!() };
        let proposed = province.post("/api/v1/external_tools", &body).await.expect(201);
        self.name(Thing::ExternalTool, &proposed["id"]);
        let Body::Json(body) = self.body("propose_graduation_rule", Thing::GraduationRuleProposal) else {
            unreachable!()
        };
        let proposed = province.post("/api/v1/graduation_rules/proposals", &body).await.expect(201);
        self.name(Thing::GraduationRuleProposal, &proposed["id"]);
    }

    async fn add_people(&mut self, keeper: &Client) {
        let added = keeper.post(PEOPLE, &self.person(Thing::Person.mark(), 2)).await.expect(201);
        self.name(Thing::Person, &added["id"]);
        // Of the same name and birth date.
        keeper.post(PEOPLE, &self.person(Thing::Person.mark(), 28)).await.expect(201);
        let mover = keeper.post(PEOPLE, &self.person("张三", 20)).await.expect(201);
        let path = format!("{PEOPLE}/{}/transfers", mover["id"].as_str().unwrap());
        let proposed =
            keeper.post(&path, &json!({ "division": NEXT_DOOR, "reason": Thing::Transfer.mark() })).await.expect(201);
        for thing in [Thing::Transfer, Thing::TransferSent, Thing::TransferReceived] {
            self.name(thing, &proposed["id"]);
        }
        let withdraw = format!("/api/v1/person_transfers/{}/withdraw", self.id(Thing::Transfer));
        keeper.post(&withdraw, &json!({})).await.expect(200);
        let twin = async |n| keeper.post(PEOPLE, &self.person("孪生", n)).await.expect(201)["id"].clone();
        let (kept, ended, other) = (twin(22).await, twin(24).await, twin(26).await);
        self.twin = other;
        let merges = format!("{PEOPLE}/{}/merges", kept.as_str().unwrap());
        let proposed = keeper.post(&merges, &self.merge(&ended)).await.expect(201);
        self.name(Thing::Merge, &proposed["id"]);
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
        let Body::Json(body) = self.body("confirm_roster", Thing::RosterCheck) else { unreachable!() };
        let check = keeper.post("/api/v1/roster/checks", &body).await.expect(201);
        self.name(Thing::RosterCheck, &check["id"]);
        let Body::Json(body) = self.body("open_roster_round", Thing::RosterRound) else { unreachable!() };
        let round = keeper.post("/api/v1/roster/rounds", &body).await.expect(201);
        self.name(Thing::RosterRound, &round["id"]);
    }

    async fn add_record(&mut self, keeper: &Client) {
        let Body::Json(body) = self.body("add_enrolment", Thing::Record) else { unreachable!() };
        let record = keeper.post("/api/v1/enrolments", &body).await.expect(201);
        self.name(Thing::Record, &record["record"]["id"]);
        let path = format!("/api/v1/enrolments/{}", self.id(Thing::Record));
        let id_card = keeper.request(Method::POST, &format!("{path}/attachments?kind=id_card")).body(photo());
        let attachment = send(id_card).await.expect(201);
        self.name(Thing::Attachment, &attachment["id"]);
        let diploma = keeper.request(Method::POST, &format!("{path}/attachments?kind=diploma")).body(photo());
        send(diploma).await.expect(201);
        let submit = keeper.request(Method::POST, &format!("{path}/steps")).header("if-match", "\"1\"");
        send(submit.json(&json!({ "step": "submit" }))).await.expect(200);
    }

    /// A change of school of the record, which is as it was afterwards.
    async fn add_school_change(&mut self, app: &TestApp, keeper: &Client) {
        let next_door = enter(app, &ProviderEntry { name: "转入校".to_owned(), ..school(NEXT_DOOR) }).await;
        let name = Thing::Record.mark();
        let now = async |state: &str| {
            execute(app, &format!("UPDATE student_record SET state = '{state}' WHERE name = '{name}'")).await;
        };
        now("studying").await;
        let path = format!("/api/v1/enrolments/{}/school_changes", self.id(Thing::Record));
        let body = json!({ "provider_id": next_door, "reason": Thing::SchoolChange.mark() });
        let proposed = keeper.post(&path, &body).await.expect(201);
        for thing in [Thing::SchoolChange, Thing::SchoolChangeSent, Thing::SchoolChangeReceived] {
            self.name(thing, &proposed["id"]);
        }
        let withdraw = format!("/api/v1/school_changes/{}/withdraw", self.id(Thing::SchoolChange));
        keeper.post(&withdraw, &json!({})).await.expect(200);
        now("school_review").await;
    }

    async fn add_teaching(&mut self, keeper: &Client) {
        let room = json!({ "teaching_point_id": self.id(Thing::TeachingPoint), "name": "101", "seats": 40 });
        let made = keeper.post("/api/v1/rooms", &room).await.expect(201);
        self.name(Thing::TaughtRoom, &made["id"]);
        for (thing, operation, path) in [
            (Thing::Meeting, "create_meeting", format!("classes/{}/meetings", self.class)),
            (Thing::SkillTraining, "create_skill_training", "skill_trainings".to_owned()),
            (Thing::SkillCertificate, "create_skill_certificate", "skill_certificates".to_owned()),
        ] {
            let Body::Json(body) = self.body(operation, thing) else { unreachable!() };
            let made = keeper.post(&format!("/api/v1/{path}"), &body).await.expect(201);
            self.name(thing, &made["id"]);
        }
        let path = format!("/api/v1/meetings/{}/roll_photos", self.id(Thing::Meeting));
        let added = send(keeper.request(Method::POST, &path).body(photo())).await.expect(201);
        self.name(Thing::RollPhoto, &added["id"]);
        for path in [
            format!("skill_certificates/{}/photo", self.id(Thing::SkillCertificate)),
            format!("classes/{}/agreement", self.class),
        ] {
            send(keeper.request(Method::POST, &format!("/api/v1/{path}")).body(photo())).await.expect(201);
        }
    }

    async fn add_inquiry(&mut self, own: &Client) {
        let path = format!("/api/v1/me/units/{}/inquiries", self.id(Thing::Unit));
        let asked = own.post(&path, &json!({ "text": Thing::Inquiry.mark() })).await.expect(201);
        self.name(Thing::Inquiry, &asked["id"]);
    }

    async fn add_hand_in(&mut self, own: &Client) {
        self.name(Thing::Assignment, ASSIGNMENT);
        let path = format!("/api/v1/me/assignments/{ASSIGNMENT}");
        let sent = send(own.request(Method::POST, &format!("{path}/photos")).body(photo())).await.expect(201);
        for thing in [Thing::AssignmentPhoto, Thing::HandInPhoto] {
            self.name(thing, &sent["id"]);
        }
        let body = json!({ "text": Thing::HandIn.mark(), "photos": [sent["id"]] });
        let receipt = own.post(&format!("{path}/hand_ins"), &body).await.expect(201);
        self.name(Thing::HandIn, &receipt["assignment"]["hand_ins"][0]["id"]);
    }

    async fn add_announcement(&mut self, app: &TestApp) {
        let tutor = app.person("banzhuren", &[RoleAt { role: Role::ClassTutor, place: self.class() }]).await;
        let told = json!({ "title": Thing::Announcement.mark(), "text": "T", "until": "2026-12-31" });
        let path = format!("/api/v1/classes/{}/announcements", self.class);
        let announced = tutor.post(&path, &told).await.expect(201);
        self.name(Thing::Announcement, &announced["id"]);
    }

    /// A quiz of the class; the course has no exercises that one could be set of.
    async fn add_quiz(&mut self, app: &TestApp) {
        let quiz = format!(
            "INSERT INTO quiz (id, class_id, course_id, title, items, attempts, feedback, until, set_by, set_at) \
             SELECT id, class_id, id, '{}', '[]', 1, 'at_once', '2026-12-31', written_by, written_at FROM announcement",
            Thing::Quiz.mark()
        );
        execute(app, &quiz).await;
        self.name(Thing::Quiz, self.id(Thing::Announcement));
    }

    /// A system that was let read what the class does, under the id of that quiz.
    async fn add_statement_reader(&mut self, app: &TestApp) {
        let reader = "INSERT INTO statement_reader (id, class_id, name, secret_hash, until, given_by, given_at) \
             SELECT id, class_id, 'S', '', until, set_by, set_at FROM quiz";
        execute(app, reader).await;
        self.name(Thing::StatementReader, self.id(Thing::Quiz));
    }

    /// A list of graduates of the class, and a diploma of the learner of the record, under the id of that quiz.
    async fn add_diploma(&mut self, app: &TestApp) {
        let list = format!(
            "INSERT INTO graduation_batch (id, class_id, class_name, provider_id, division, level, state, is_answered, \
             reason, proposed_by, proposed_at) SELECT quiz.id, class_id, '{}', provider_id, '{HERE}', 'senior', \
             'proposed', FALSE, '', set_by, set_at FROM quiz JOIN class ON class.id = quiz.class_id",
            Thing::Graduation.mark()
        );
        execute(app, &list).await;
        let diploma = format!(
            "INSERT INTO diploma (id, number, batch_id, record_id, level, holder_name, name_key, learner_number, \
             provider_id, school, division, issuer, seq, issued_on, issued_by, issued_at, previous, digest) \
             SELECT list.id, '1', list.id, record.id, 'senior', '{}', name_key, '1', list.provider_id, 'S', '{HERE}', \
             '3305', 0, '2026-11-23', proposed_by, proposed_at, '', '' \
             FROM graduation_batch list JOIN student_record record ON record.name = '{}'",
            Thing::Diploma.mark(),
            Thing::Record.mark()
        );
        execute(app, &diploma).await;
        for thing in [Thing::Graduation, Thing::Diploma, Thing::DiplomaKept] {
            self.name(thing, self.id(Thing::Quiz));
        }
    }

    /// A topic of the class, in which its learner reported what its tutor wrote.
    async fn add_discussion(&mut self, app: &TestApp, own: &Client) {
        let tutor = app.log_in("banzhuren").await;
        let path = format!("/api/v1/classes/{}/discussions", self.class);
        let opened = tutor.post(&path, &json!({ "title": Thing::Topic.mark(), "text": "T" })).await.expect(201);
        self.name(Thing::Topic, &opened["topic"]["id"]);
        let path = format!("/api/v1/discussions/{}/posts", self.id(Thing::Topic));
        let written = tutor.post(&path, &json!({ "text": Thing::Post.mark() })).await.expect(201);
        self.name(Thing::Post, &written["id"]);
        let path = format!("/api/v1/me/discussion_posts/{}/reports", self.id(Thing::Post));
        own.post(&path, &json!({ "reason": "不合适" })).await.expect(200);
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
        self.add_accommodation(own).await;
        execute(app, "UPDATE student_record SET learner_number = NULL, account_id = NULL").await;
    }

    /// What the same person needs at tests, with a paper that shows it.
    async fn add_accommodation(&mut self, own: &Client) {
        let needs = json!({ "extra_pct": 30, "needs_separate_room": false, "needs_large_print": false,
            "needs_accessible": false });
        let body = json!({ "needs": needs, "reason": Thing::Accommodation.mark() });
        let applied = own.post("/api/v1/me/accommodations", &body).await.expect(201);
        self.name(Thing::Accommodation, &applied[0]["id"]);
        let path = format!("/api/v1/me/accommodations/{}/photo", self.id(Thing::Accommodation));
        send(own.request(Method::POST, &path).body(photo())).await.expect(201);
    }

    pub(super) fn school(&self) -> Place {
        Place::Provider { id: self.school, division: HERE.to_owned() }
    }

    pub(super) fn class(&self) -> Place {
        Place::Class { id: self.class, provider: self.school, division: HERE.to_owned() }
    }

    pub(super) fn service_point(&self) -> Place {
        let id = self.id(Thing::ServicePoint).parse().unwrap();
        Place::ServicePoint { id, provider: self.school, serves: HERE.to_owned() }
    }

    /// Its id; one that names nothing for what has none.
    pub(super) fn id(&self, thing: Thing) -> String {
        self.ids.get(&thing).cloned().unwrap_or_else(|| NO_ID.to_owned())
    }

    /// The ids in its path.
    pub(super) fn ids(&self, thing: Thing) -> Vec<String> {
        match thing {
            Thing::Holiday => vec!["2026-12-30".to_owned()],
            Thing::Division => vec![NEXT_DOOR.to_owned()],
            Thing::SkillRecord => vec![self.learner.to_string()],
            Thing::Attachment => vec![self.id(Thing::Record), self.id(Thing::Attachment)],
            Thing::ItemAttachment => vec![self.id(Thing::Item), self.id(Thing::ItemAttachment)],
            Thing::RollPhoto => vec![self.id(Thing::Meeting), self.id(Thing::RollPhoto)],
            Thing::HandInPhoto => vec![self.id(Thing::HandIn), self.id(Thing::HandInPhoto)],
            Thing::ClassLearner => vec![self.id(Thing::Class), self.learner.to_string()],
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
            | Thing::Merge
            | Thing::TransferSent
            | Thing::SchoolChangeSent
            | Thing::Correction
            | Thing::Accommodation
            | Thing::Batch
            | Thing::RosterEntry
            | Thing::RosterCount
            | Thing::TaughtRoom
            | Thing::RosterCheck
            | Thing::RosterRound
            | Thing::Record
            | Thing::RecordCount
            | Thing::Attachment
            | Thing::NewClass
            | Thing::Graduation
            | Thing::Diploma
            | Thing::SkillTraining
            | Thing::SkillCertificate => vec![self.school()],
            Thing::NewSchool | Thing::ExamSite | Thing::ExamRoom | Thing::Account | Thing::Grant | Thing::GrantRow => {
                vec![Place::division(HERE)]
            }
            Thing::TransferReceived | Thing::SchoolChangeReceived => vec![Place::division(NEXT_DOOR)],
            Thing::Transfer | Thing::SchoolChange => vec![self.school(), Place::division(NEXT_DOOR)],
            Thing::Class
            | Thing::ClassLearner
            | Thing::StatementReader
            | Thing::Meeting
            | Thing::RollPhoto
            | Thing::HandIn
            | Thing::HandInPhoto
            | Thing::Inquiry
            | Thing::Announcement
            | Thing::Quiz
            | Thing::Topic
            | Thing::Post => {
                vec![self.class()]
            }
            Thing::SkillRecord | Thing::Rooms => vec![self.school(), self.class()],
            Thing::Certificate | Thing::DiplomaKept => vec![Place::division("3305")],
            // Where the candidate studies.
            Thing::Incident => vec![Place::division("330502")],
            // A test of the province is sat in all of it.
            Thing::WatchedExamSession => ["33", HERE, "330502105", "330602"].map(Place::division).to_vec(),
            Thing::Division
            | Thing::Holiday
            | Thing::AuditLog
            | Thing::System
            | Thing::RuleProposal
            | Thing::AttendanceRuleProposal
            | Thing::CourseRuleProposal
            | Thing::ExternalTool
            | Thing::GraduationRuleProposal
            | Thing::Course
            | Thing::Unit
            | Thing::Assignment
            | Thing::AssignmentPhoto
            | Thing::Item
            | Thing::ItemAttachment
            | Thing::Paper
            | Thing::Blueprint
            | Thing::Assembly
            | Thing::ExamSession
            | Thing::SeatPlan
            | Thing::Recheck
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
            Thing::SchoolChangeSent | Thing::SchoolChangeReceived => self.places(Thing::SchoolChange),
            // What a class, and a change of school, is shown with.
            Thing::School => vec![self.school(), self.class(), Place::division(NEXT_DOOR)],
            Thing::TaughtRoom => self.places(Thing::Rooms),
            Thing::DiplomaKept => self.places(Thing::Diploma),
            _ => self.places(thing),
        }
    }

    /// The query of an operation that needs one.
    pub(super) fn query(&self, operation: &str) -> Vec<(&'static str, String)> {
        match operation {
            "upload_roster" => {
                vec![("provider_id", self.school.to_string()), ("file_name", "list.csv".to_owned())]
            }
            "add_roster_part" => vec![("part", "0".to_owned())],
            "list_class_teachers" => vec![("provider_id", self.school.to_string())],
            "preview_merge" => vec![("merged_id", self.twin.as_str().unwrap().to_owned())],
            "list_rooms" => vec![("teaching_point_id", self.id(Thing::TeachingPoint))],
            "add_attachment" => vec![("kind", "id_card".to_owned())],
            // The notes of other entries tell of things that their reader does not see otherwise.
            "list_audit_entries" | "export_audit_entries" => vec![("right", "manage_own_logins".to_owned())],
            "list_items" | "list_papers" | "list_blueprints" => vec![("course_id", self.id(Thing::Course))],
            "list_substitutes" => vec![("instead", self.id(Thing::Item))],
            _ => Vec::new(),
        }
    }
}
