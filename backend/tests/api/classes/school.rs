//! A school with its county, its office, a teacher, and two courses.

use crate::support::{Client, Reply, TestApp, send};
use backend::{
    access::{Action, JobName, Permit},
    identity, learning, organisation,
};
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, CourseId, ProviderId},
    learning::{CourseContent, CourseKind, CourseLevel, CourseRole, Module, NewCourse, Unit},
    organisation::{DivisionCode, OpenState, ProviderEntry, ProviderKind},
    rights::{Place, Right, Role, RoleAt},
};
use std::io::Cursor;
use uuid::Uuid;

pub(crate) const CLASSES: &str = "/api/v1/classes";
pub(crate) const TOWN: &str = "330502100";
pub(crate) const NEXT_COUNTY: &str = "330503100";

struct SetUp;

impl Action for SetUp {
    type Target = Uuid;
    const RIGHT: Right = Right::AuthorCourse;
}

/// A school and those who work there; their log-in names begin with its name.
pub(crate) struct School {
    name: String,
    pub(crate) id: ProviderId,
    pub(crate) place: Place,
    pub(crate) office: Client,
    pub(crate) teacher_id: AccountId,
    pub(crate) teacher: Client,
}

/// A school in a township.
pub(crate) async fn school(app: &TestApp, name: &str, division: &str) -> School {
    organisation::load_divisions(&app.cx).await.unwrap();
    let id: ProviderId = app.cx.ids.new_id();
    let entry = ProviderEntry {
        kind: ProviderKind::AdultSchool,
        name: name.to_owned(),
        division: DivisionCode::parse(division).unwrap(),
        credit_code: None,
        credit_code_reason: None,
        state: OpenState::Open,
        told_classes: Vec::new(),
    };
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, id.0);
    app.cx.db.write(&permit, async |tx| organisation::create_provider(tx, id, &entry).await).await.unwrap();
    let place = Place::Provider { id, division: division.to_owned() };
    let held = |role| [RoleAt { role, place: place.clone() }];
    let office = app.person(&format!("{name}-office"), &held(Role::SchoolOffice)).await;
    let teacher = app.person(&format!("{name}-teacher"), &held(Role::Teacher)).await;
    let teacher_id = account(app, &format!("{name}-teacher")).await;
    School { name: name.to_owned(), id, place, office, teacher_id, teacher }
}

impl School {
    /// Logs those who work there in again, when time has passed.
    pub(crate) async fn log_in_again(&mut self, app: &TestApp) {
        self.office = app.log_in(&format!("{}-office", self.name)).await;
        self.teacher = app.log_in(&format!("{}-teacher", self.name)).await;
    }
}

/// The account with a log-in name.
pub(crate) async fn account(app: &TestApp, name: &str) -> AccountId {
    identity::find_by_name(&app.cx, name).await.unwrap().unwrap()
}

/// A picture of some paper.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(8, 8).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A published course.
pub(crate) async fn course(app: &TestApp, code: &str) -> CourseId {
    let new = NewCourse {
        code: code.to_owned(),
        title: format!("Course {code}"),
        level: CourseLevel::Senior,
        role: CourseRole::Required,
        kind: CourseKind::Culture,
        class_hours: 100,
        face_to_face_hours: 10,
        summary: "Summary".to_owned(),
    };
    let (cx, author, reviewer) = (&app.cx, app.cx.ids.new_id(), app.cx.ids.new_id());
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, app.cx.ids.uuid());
    let unit = Unit {
        id: cx.ids.new_id(),
        title: "U".to_owned(),
        minutes: 5,
        body: "Text".to_owned(),
        exercises: Vec::new(),
        activities: Vec::new(),
    };
    let modules = vec![Module { title: "M".to_owned(), units: vec![unit] }];
    let content = CourseContent { modules, ..CourseContent::default() };
    let write = async |tx: &_| {
        let id = learning::create_course(cx, tx, author, new.clone()).await?;
        learning::save_and_publish(cx, tx, (author, reviewer), id, content.clone()).await?;
        Ok(id)
    };
    cx.db.write(&permit, write).await.unwrap()
}

/// What a school writes of an evening class.
pub(crate) fn entry(school: &School, courses: &[CourseId]) -> Value {
    let courses: Vec<_> = courses.iter().map(|id| json!({ "course_id": id })).collect();
    json!({ "provider_id": school.id, "name": "2026年秋 夜校班", "form": "evening", "capacity": 2, "courses": courses })
}

pub(crate) fn with(mut entry: Value, field: &str, value: Value) -> Value {
    entry[field] = value;
    entry
}

/// Plans a class; its path.
pub(crate) async fn planned(school: &School, entry: &Value) -> String {
    let plan = school.office.post(CLASSES, entry).await.expect(201);
    format!("{CLASSES}/{}", plan["class"]["id"].as_str().unwrap())
}

/// A class that takes learners in; its path.
pub(crate) async fn enrolling(app: &TestApp, school: &School, entry: &Value) -> String {
    let path = planned(school, entry).await;
    let name = format!("county-of-{}", app.cx.ids.uuid());
    let county = app.staff(&name, Role::CountyBureau, &division(school)[..6]).await;
    step(&county, &path, "approved").await.expect(200);
    step(&school.office, &path, "enrolling").await.expect(200);
    path
}

pub(crate) fn division(school: &School) -> String {
    match &school.place {
        Place::Provider { division, .. } => division.clone(),
        place => panic!("{place:?}"),
    }
}

pub(crate) async fn step(client: &Client, path: &str, wanted: &str) -> Reply {
    client.post(&format!("{path}/steps"), &json!({ "wanted": wanted })).await
}

pub(crate) async fn add(client: &Client, path: &str, learners: &[AccountId]) -> Reply {
    client.post(&format!("{path}/members"), &json!({ "learners": learners })).await
}

pub(crate) async fn replace(client: &Client, path: &str, seen: i32, entry: &Value) -> Reply {
    let request = client.request(Method::PUT, &format!("{path}/plan"));
    send(request.header("if-match", format!("\"{seen}\"")).json(entry)).await
}

/// Pointer and code of the first wrong field.
#[track_caller]
pub(crate) fn wrong_field(reply: Reply) -> (String, String) {
    let problem = reply.expect(422);
    let field = |name: &str| problem["errors"][0][name].as_str().unwrap().to_owned();
    assert!(!field("detail").starts_with("field."), "{problem}");
    (field("pointer"), field("code"))
}
