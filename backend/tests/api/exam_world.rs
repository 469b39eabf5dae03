//! A course, a sealed paper, an exam session and its candidates, on the way that persons take.

use crate::support::{Client, Reply, TestApp};
use backend::{
    access::{Action, JobName, Permit},
    delivery, item_bank, learning, organisation,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::{
    delivery::{AnswerInForce, AnswersInForce, JournalEntry, SubmitSitting, chain_start, digest, entry_hash},
    ids::{AccountId, ActivityId, ClassId, CourseId, ExamSessionId, ItemId, SittingId, UnitId},
    item_bank::{Item, ItemBody, Response},
    learning::{
        Activity, ActivityBody, ClassForm, CourseContent, CourseKind, CourseLevel, CourseRole, Criterion, Module,
        NewCourse, Takes, Unit,
    },
    organisation::{DivisionCode, OpenState, ProviderEntry, ProviderKind},
    points::Points,
    rights::{Right, Role},
};
use uuid::Uuid;

/// Working time of the test.
pub(crate) const DURATION_MIN: u16 = 60;
/// The test begins this long after the world.
pub(crate) const STARTS_AFTER_S: i64 = 60;
/// Words that stand in no response before the start.
pub(crate) const STEM: &str = "stem-that-nobody-may-see";
/// An assignment of the only unit, which its task point does not need.
pub(crate) const ASSIGNMENT: ActivityId = ActivityId(Uuid::from_u128(9));
/// Words of keys, which no response to a candidate ever holds.
pub(crate) const SECRET: &str = "explanation-that-stays-secret";

struct SetUp;

impl Action for SetUp {
    type Target = Uuid;
    const RIGHT: Right = Right::AuthorCourse;
}

/// One learner with a sitting.
pub(crate) struct Candidate {
    pub(crate) name: String,
    pub(crate) client: Client,
    /// Absent before the sittings are arranged.
    pub(crate) sitting_id: Option<SittingId>,
}

/// The world of one test.
pub(crate) struct World {
    pub(crate) course_id: CourseId,
    pub(crate) class_id: ClassId,
    pub(crate) paper_id: Value,
    /// Three single choices whose first option is right, and a short answer.
    pub(crate) items: Vec<ItemId>,
    pub(crate) exam_session_id: ExamSessionId,
    pub(crate) administrators: [Client; 2],
    pub(crate) marker: Client,
    pub(crate) candidates: Vec<Candidate>,
}

impl World {
    /// Everybody has studied; the exam session is a draft.
    pub(crate) async fn draft(app: &TestApp, candidates: usize) -> Self {
        let administrators = [
            app.staff("kaowu-one", Role::ExamAdministrator, "33").await,
            app.staff("kaowu-two", Role::ExamAdministrator, "33").await,
        ];
        let marker = app.staff("yuejuan", Role::Marker, "33").await;
        let mut learners = Vec::new();
        for n in 0..candidates {
            learners.push(app.learner(&format!("learner-{n}")).await);
        }
        let ids: Vec<_> = learners.iter().map(|(id, _)| *id).collect();
        let Content { course_id, class_id, items, unit_id } = content(app, &ids).await;
        for (_, client) in &learners {
            study(client, unit_id).await;
        }
        let points = [200, 200, 200, 400];
        let chosen: Vec<_> =
            items.iter().zip(points).map(|(item, points)| json!({ "item_id": item, "points": points })).collect();
        let paper = json!({ "course_id": course_id, "title": "Paper", "items": chosen });
        let paper = created(administrators[0].post("/api/v1/papers", &paper).await);
        let paper_id = paper["id"].clone();
        seal(&administrators, &format!("/api/v1/papers/{}", paper_id.as_str().unwrap())).await;
        let new = json!({
            "title": "Test", "course_id": course_id, "paper_id": paper_id,
            "starts_at": app.began.plus_s(STARTS_AFTER_S), "duration_min": DURATION_MIN,
        });
        let exam_session = created(administrators[0].post("/api/v1/exam_sessions", &new).await);
        let exam_session_id = exam_session["id"].as_str().unwrap().parse().unwrap();
        let candidates = learners.into_iter().enumerate().map(|(n, (_, client))| Candidate {
            name: format!("learner-{n}"),
            client,
            sitting_id: None,
        });
        let candidates = candidates.collect();
        Self { course_id, class_id, paper_id, items, exam_session_id, administrators, marker, candidates }
    }

    /// Everybody is registered and has a sitting.
    pub(crate) async fn arranged(app: &TestApp, candidates: usize) -> Self {
        Self::draft(app, candidates).await.into_arranged().await
    }

    /// Everybody is registered for a draft and has a sitting.
    pub(crate) async fn into_arranged(self) -> Self {
        let mut world = self;
        world.open_registration().await;
        let register = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        for candidate in &world.candidates {
            candidate.client.post(&register, &json!({})).await.expect(200);
        }
        world.step("arrange", 0).await.expect(200);
        for candidate in &mut world.candidates {
            let exams = candidate.client.get("/api/v1/me/exams").await.expect(200);
            let id = json!(world.exam_session_id);
            let exam = exams.as_array().unwrap().iter().find(|exam| exam["id"] == id).unwrap();
            candidate.sitting_id = Some(exam["sitting"]["id"].as_str().unwrap().parse().unwrap());
        }
        world
    }

    /// Two persons have armed the key.
    pub(crate) async fn armed(app: &TestApp, candidates: usize) -> Self {
        Self::draft(app, candidates).await.into_armed().await
    }

    /// Two persons have armed the key of a draft.
    pub(crate) async fn into_armed(self) -> Self {
        let world = self.into_arranged().await;
        world.step("arm", 0).await.expect(200);
        assert_eq!(world.step("arm", 1).await.expect(200)["state"], "armed");
        world
    }

    /// The test has begun.
    pub(crate) async fn started(mut self, app: &TestApp) -> Self {
        self.later(app, STARTS_AFTER_S).await;
        self
    }

    /// A learner who is in the class and has not studied.
    pub(crate) async fn newcomer(&self, app: &TestApp, name: &str) -> Client {
        let (id, client) = app.learner(name).await;
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, id.0);
        app.cx.db.write(&permit, async |tx| learning::join_class(tx, self.class_id, id).await).await.unwrap();
        client
    }

    /// A learner in a class that was opened later, with the version that is published by now.
    pub(crate) async fn later_class(&self, app: &TestApp, name: &str) -> Client {
        let (id, client) = app.learner(name).await;
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, id.0);
        let (cx, provider_id, courses) = (&app.cx, app.cx.ids.new_id(), [self.course_id]);
        cx.db
            .write(&permit, async |tx| {
                organisation::create_provider(tx, provider_id, &school("330502")).await?;
                let class_id = learning::open_class(cx, tx, provider_id, "Later", ClassForm::Village, &courses).await?;
                learning::join_class(tx, class_id, id).await
            })
            .await
            .unwrap();
        client
    }

    /// Another test with the same paper, which starts so long after the world; learners may register.
    pub(crate) async fn another_test(&self, app: &TestApp, starts_after_s: i64) -> ExamSessionId {
        let new = json!({ "title": "Another", "course_id": self.course_id, "paper_id": self.paper_id,
            "starts_at": app.began.plus_s(starts_after_s), "duration_min": DURATION_MIN });
        let exam_session = created(self.administrators[0].post("/api/v1/exam_sessions", &new).await);
        let id: ExamSessionId = exam_session["id"].as_str().unwrap().parse().unwrap();
        let open = format!("/api/v1/exam_sessions/{id}/open_registration");
        for administrator in &self.administrators {
            administrator.post(&open, &json!({})).await.expect(200);
        }
        id
    }

    /// A step of one of the two administrators.
    pub(crate) async fn step(&self, verb: &str, administrator: usize) -> Reply {
        let path = format!("/api/v1/exam_sessions/{}/{verb}", self.exam_session_id);
        self.administrators[administrator].post(&path, &json!({})).await
    }

    /// One administrator opens registration, and the other confirms it.
    pub(crate) async fn open_registration(&self) {
        assert_eq!(self.step("open_registration", 0).await.expect(200)["awaits_second_person"], true);
        assert_eq!(self.step("open_registration", 1).await.expect(200)["state"], "registering");
    }

    /// Lets time pass, and logs everybody in again.
    pub(crate) async fn later(&mut self, app: &TestApp, seconds: i64) {
        app.clock.advance_s(seconds);
        self.administrators = [app.log_in("kaowu-one").await, app.log_in("kaowu-two").await];
        self.marker = app.log_in("yuejuan").await;
        for candidate in &mut self.candidates {
            candidate.client = app.log_in(&candidate.name).await;
        }
    }

    /// What the server does by itself by now.
    pub(crate) async fn settle(&self, app: &TestApp) {
        app.jobs.run_due().await.unwrap();
    }

    pub(crate) async fn exam_session(&self) -> Value {
        self.administrators[0].get(&format!("/api/v1/exam_sessions/{}", self.exam_session_id)).await.expect(200)
    }

    pub(crate) fn sitting(&self, candidate: usize) -> SittingId {
        self.candidates[candidate].sitting_id.unwrap()
    }

    /// A path below a candidate's sitting.
    pub(crate) fn path(&self, candidate: usize, verb: &str) -> String {
        format!("/api/v1/sittings/{}/{verb}", self.sitting(candidate))
    }

    pub(crate) async fn view(&self, candidate: usize) -> Value {
        let path = format!("/api/v1/sittings/{}", self.sitting(candidate));
        self.candidates[candidate].client.get(&path).await.expect(200)
    }

    pub(crate) async fn receipt(&self, candidate: usize) -> Value {
        self.view(candidate).await["receipt"].clone()
    }

    /// How many entries of a candidate are on disk.
    pub(crate) async fn stored(&self, app: &TestApp, candidate: usize) -> usize {
        self.verdicts(app, candidate).await.len()
    }

    pub(crate) async fn stored_in(&self, app: &TestApp, candidate: usize, epoch: u32) -> usize {
        self.rows(app, candidate, &format!("AND epoch = {epoch}")).await.len()
    }

    /// The verdicts of a candidate's entries, by number.
    pub(crate) async fn verdicts(&self, app: &TestApp, candidate: usize) -> Vec<String> {
        self.rows(app, candidate, "").await
    }

    async fn rows(&self, app: &TestApp, candidate: usize, condition: &str) -> Vec<String> {
        let conn = app.cx.db.read();
        let sql = format!("SELECT verdict FROM answer_entry WHERE sitting_id = $1 {condition} ORDER BY epoch, seq");
        let statement =
            Statement::from_sql_and_values(conn.get_database_backend(), sql, [self.sitting(candidate).0.into()]);
        let rows = conn.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// The stored answers of a candidate that are in force.
    pub(crate) async fn answers(&self, app: &TestApp, candidate: usize) -> AnswersInForce {
        let id = self.sitting(candidate);
        delivery::answers_of(&app.cx, &[id]).await.unwrap().remove(&id).unwrap_or_default()
    }
}

/// One of two persons proposes to seal a paper, and the other seals it; what it is then.
pub(crate) async fn seal([one, other]: &[Client; 2], paper: &str) -> Value {
    one.post(&format!("{paper}/propose_seal"), &json!({})).await.expect(200);
    other.post(&format!("{paper}/seal"), &json!({})).await.expect(200)
}

/// One says why a closed paper has to be seen, the other opens it for both.
pub(crate) async fn open_paper([one, other]: &[Client; 2], paper: &str) {
    one.post(&format!("{paper}/propose_opening"), &json!({ "reason": "核对排版" })).await.expect(200);
    other.post(&format!("{paper}/open"), &json!({})).await.expect(200);
}

/// Somebody who did not write these items finds them right.
pub(crate) async fn approve(app: &TestApp, items: &[ItemId]) {
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, app.cx.ids.uuid());
    let reviewer = app.cx.ids.new_id();
    app.cx.db.write(&permit, async |tx| item_bank::approve(&app.cx, tx, reviewer, items).await).await.unwrap();
}

#[track_caller]
fn created(reply: Reply) -> Value {
    let status = reply.status;
    assert!([200, 201].contains(&status), "{status}: {}", String::from_utf8_lossy(&reply.bytes));
    reply.expect(status)
}

/// Completes the only unit of the course.
async fn study(client: &Client, unit_id: UnitId) {
    let heartbeat = json!({ "stream": Uuid::from_u128(3), "read_pct": 100 });
    created(client.post(&format!("/api/v1/me/units/{unit_id}/heartbeats"), &heartbeat).await);
}

struct Content {
    course_id: CourseId,
    class_id: ClassId,
    items: Vec<ItemId>,
    unit_id: UnitId,
}

/// A provider in the division with these significant digits.
pub(crate) fn school(division: &str) -> ProviderEntry {
    ProviderEntry {
        kind: ProviderKind::AdultSchool,
        name: "School".to_owned(),
        division: DivisionCode::parse(division).unwrap(),
        credit_code: None,
        credit_code_reason: None,
        state: OpenState::Open,
        told_classes: Vec::new(),
    }
}

/// A course with one unit, a class with everybody in it, and the items of a paper.
async fn content(app: &TestApp, learners: &[AccountId]) -> Content {
    let cx = &app.cx;
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, cx.ids.uuid());
    let unit_id = cx.ids.new_id();
    let unit = Unit {
        id: unit_id,
        title: "U".to_owned(),
        minutes: 5,
        body: "Text".to_owned(),
        exercises: Vec::new(),
        activities: vec![assignment()],
    };
    let modules = vec![Module { title: "M".to_owned(), units: vec![unit] }];
    let course_content = CourseContent { modules, ..CourseContent::default() };
    let (author, reviewer, provider_id) = (learners[0], cx.ids.new_id(), cx.ids.new_id());
    cx.db
        .write(&permit, async |tx| {
            organisation::create_provider(tx, provider_id, &school("330502")).await?;
            let course_id = learning::create_course(cx, tx, author, new_course()).await?;
            learning::save_and_publish(cx, tx, (author, reviewer), course_id, course_content.clone()).await?;
            let class_id = learning::open_class(cx, tx, provider_id, "Class", ClassForm::Village, &[course_id]).await?;
            for learner in learners {
                learning::join_class(tx, class_id, *learner).await?;
            }
            let items = item_bank::store_items(cx, tx, author, course_id, &paper_items()).await?;
            item_bank::approve(cx, tx, cx.ids.new_id(), &items).await?;
            Ok(Content { course_id, class_id, items, unit_id })
        })
        .await
        .unwrap()
}

fn assignment() -> Activity {
    let rubric = vec![Criterion { title: "C".to_owned(), points: Points::whole(10), description: String::new() }];
    let takes = Takes { may_write: true, photos: 1, files: 0 };
    let body = ActivityBody::Assignment { task: "Task".to_owned(), takes, rubric };
    Activity { id: ASSIGNMENT, title: "A".to_owned(), is_required: false, body }
}

fn new_course() -> NewCourse {
    NewCourse {
        code: "GYW01".to_owned(),
        title: "Course".to_owned(),
        level: CourseLevel::Senior,
        role: CourseRole::Required,
        kind: CourseKind::Culture,
        class_hours: 100,
        face_to_face_hours: 10,
        summary: "Summary".to_owned(),
    }
}

fn paper_items() -> Vec<Item> {
    let options = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
    let choice = || ItemBody::SingleChoice { options: options.clone(), key: 0 };
    let bodies = [choice(), choice(), choice(), ItemBody::ShortAnswer { rubric: SECRET.to_owned() }];
    let item =
        |(n, body)| Item { schema_version: 1, stem: format!("{STEM} {n}"), body, explanation: SECRET.to_owned() };
    bodies.into_iter().enumerate().map(item).collect()
}

/// A candidate's device.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) candidate: usize,
    sitting_id: SittingId,
    pub(crate) epoch: u32,
    last: Option<JournalEntry>,
    pub(crate) answers: AnswersInForce,
}

impl Device {
    /// The reply to an opening by the device of this name.
    pub(crate) async fn opened(world: &World, candidate: usize, name: u128, take_over: bool) -> Reply {
        let body = json!({ "device": Uuid::from_u128(name), "take_over": take_over });
        world.candidates[candidate].client.post(&world.path(candidate, "open"), &body).await
    }

    /// Opens the sitting.
    pub(crate) async fn open(world: &World, candidate: usize, name: u128, take_over: bool) -> Self {
        Self::begun(world, candidate, &Self::opened(world, candidate, name, take_over).await.expect(200))
    }

    /// The device whose opening was answered so.
    pub(crate) fn begun(world: &World, candidate: usize, opened: &Value) -> Self {
        let epoch = u32::try_from(opened["epoch"].as_u64().unwrap()).unwrap();
        let answers: Vec<AnswerInForce> = serde_json::from_value(opened["answers"].clone()).unwrap();
        let answers = answers.into_iter().collect();
        Self { candidate, sitting_id: world.sitting(candidate), epoch, last: None, answers }
    }

    /// Writes an answer a second after the one before.
    pub(crate) fn answer(&mut self, world: &World, item: usize, option: u16) -> JournalEntry {
        let after = self.last.as_ref().map_or(0, |last| last.monotonic_ms + 1_000);
        self.answer_at(world, item, option, after)
    }

    pub(crate) fn answer_at(&mut self, world: &World, item: usize, option: u16, monotonic_ms: u64) -> JournalEntry {
        self.write(world.items[item], Response::Single(option), monotonic_ms)
    }

    pub(crate) fn write(&mut self, item_id: ItemId, response: Response, monotonic_ms: u64) -> JournalEntry {
        let entry = JournalEntry {
            epoch: self.epoch,
            seq: self.last.as_ref().map_or(1, |last| last.seq + 1),
            item_id,
            response,
            monotonic_ms,
            previous_hash: self.last.as_ref().map_or_else(|| chain_start(self.sitting_id), entry_hash),
        };
        self.answers.apply(AnswerInForce::of_entry(&entry));
        self.last = Some(entry.clone());
        entry
    }

    pub(crate) async fn send(&self, world: &World, entries: &[JournalEntry]) -> Reply {
        let path = world.path(self.candidate, "entries");
        world.candidates[self.candidate].client.post(&path, &json!({ "entries": entries })).await
    }

    pub(crate) fn digest(&self) -> String {
        digest(&self.answers)
    }

    /// What it hands in with.
    pub(crate) fn submission(&self) -> SubmitSitting {
        let last_seq = self.last.as_ref().map_or(0, |last| last.seq);
        SubmitSitting { epoch: self.epoch, last_seq, digest: self.digest() }
    }

    pub(crate) async fn submit(&self, world: &World) -> Reply {
        let path = world.path(self.candidate, "submit");
        world.candidates[self.candidate].client.post(&path, &self.submission()).await
    }
}
