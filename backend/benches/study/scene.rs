//! A course, a class that studies it and those of its learners who ask, with a server in a process of its own.

use crate::{
    exam::wire::bytes_of,
    support::{Client, Program, Store, TestApp},
};
use backend::{
    access::{Action, JobName, Permit},
    learning, organisation,
    platform::clock::{Clock, SystemClock},
};
use reqwest::Method;
use serde_json::json;
use shared::{
    ids::{ClassId, CourseId, CourseVersionId, ProviderId, UnitId},
    item_bank::{Item, ItemBody},
    learning::{ClassForm, CourseContent, CourseKind, CourseLevel, CourseRole, Module, NewCourse, Unit},
    organisation::{DivisionCode, OpenState, ProviderEntry, ProviderKind},
    rights::{Place, Right, Role, RoleAt},
};
use std::net::SocketAddr;
use uuid::Uuid;

/// Learners who read at the same time.
const READERS: usize = 64;
/// Modules of the course.
const MODULES: usize = 4;
/// Units of a module.
const UNITS: usize = 3;
/// Exercises of a unit.
pub(crate) const EXERCISES: usize = 3;
/// Where the school lies.
const DIVISION: &str = "330502";
/// A sentence of a lesson, of which a lesson of the usual length has so many.
const SENTENCE: &str = "每月的工资由基本工资、加班费和补贴三部分组成，扣除社会保险以后才是到手的数目。\n\n";
const SENTENCES: usize = 40;

struct SetUp;

impl Action for SetUp {
    type Target = Uuid;
    const RIGHT: Right = Right::AuthorCourse;
}

/// What there is.
pub(crate) struct Scene {
    /// It ends before its store does.
    program: Option<Program>,
    pub(crate) app: TestApp,
    pub(crate) course_id: CourseId,
    pub(crate) version_id: CourseVersionId,
    pub(crate) class_id: ClassId,
    pub(crate) units: Vec<UnitId>,
    /// Empty until it is served.
    pub(crate) readers: Vec<Client>,
    provider_id: ProviderId,
    school: Option<Client>,
}

impl Scene {
    /// Nobody has studied yet, and nothing is served.
    pub(crate) async fn open(store: Store) -> Self {
        let app = TestApp::start_at(store, SystemClock.now()).await;
        let mut readers = Vec::new();
        for nth in 0..READERS {
            readers.push(app.learner(&reader(nth)).await.0);
        }
        let cx = &app.cx;
        let content = content(&app);
        let units = content.modules.iter().flat_map(|module| &module.units).map(|unit| unit.id).collect();
        let (provider_id, author, reviewer) = (cx.ids.new_id(), readers[0], cx.ids.new_id());
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, cx.ids.uuid());
        let write = cx.db.write(&permit, async |tx| {
            organisation::create_provider(tx, provider_id, &provider()).await?;
            let course_id = learning::create_course(cx, tx, author, course()).await?;
            let by = (author, reviewer);
            let version_id = learning::save_and_publish(cx, tx, by, course_id, content.clone()).await?;
            let class_id = learning::open_class(cx, tx, provider_id, "Class", ClassForm::Village, &[course_id]).await?;
            for reader in &readers {
                learning::join_class(tx, class_id, *reader).await?;
            }
            Ok((course_id, version_id, class_id))
        });
        let (course_id, version_id, class_id) = write.await.unwrap();
        let (readers, school, program) = (Vec::new(), None, None);
        Self { program, app, course_id, version_id, class_id, units, readers, provider_id, school }
    }

    /// Starts the server, and lets everybody in: a log-in does not last as long as it takes to fill a store.
    pub(crate) async fn served(mut self) -> Self {
        let program = Program::start(&self.app.store).await;
        self.app.clock.set(SystemClock.now());
        for nth in 0..READERS {
            self.readers.push(self.app.log_in(&reader(nth)).await.at(program.address));
        }
        let place = Place::Provider { id: self.provider_id, division: DIVISION.to_owned() };
        let office = self.app.person("office", &[RoleAt { role: Role::SchoolOffice, place }]).await;
        self.school = Some(office.at(program.address));
        self.program = Some(program);
        self
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.program.as_ref().unwrap().address
    }

    /// The office of the school.
    pub(crate) fn school(&self) -> &Client {
        self.school.as_ref().unwrap()
    }

    /// The request by which the nth reader says again and again that they read on.
    pub(crate) fn heartbeat(&self, reader: &Client, nth: usize) -> Vec<u8> {
        let path = format!("/api/v1/me/units/{}/heartbeats", self.units[nth % self.units.len()]);
        let body = json!({ "stream": Uuid::from_u128(1), "read_pct": 60 });
        bytes_of(reader.request(Method::POST, &path).json(&body))
    }
}

/// What the nth reader is called.
fn reader(nth: usize) -> String {
    format!("reader-{nth}")
}

fn content(app: &TestApp) -> CourseContent {
    let unit = |nth: usize| Unit {
        id: app.cx.ids.new_id(),
        title: format!("Unit {nth}"),
        minutes: 20,
        body: SENTENCE.repeat(SENTENCES),
        exercises: (0..EXERCISES).map(exercise).collect(),
        activities: Vec::new(),
    };
    let module = |nth: usize| Module { title: format!("Module {nth}"), units: (0..UNITS).map(unit).collect() };
    CourseContent { modules: (0..MODULES).map(module).collect(), ..CourseContent::default() }
}

fn exercise(nth: usize) -> Item {
    let options = ["1", "2", "3", "4"].map(str::to_owned).to_vec();
    let stem = format!("{nth} + 1");
    Item {
        schema_version: 1,
        stem,
        body: ItemBody::SingleChoice { options, key: 0 },
        explanation: "Because".to_owned(),
    }
}

fn provider() -> ProviderEntry {
    ProviderEntry {
        kind: ProviderKind::AdultSchool,
        name: "School".to_owned(),
        division: DivisionCode::parse(DIVISION).unwrap(),
        credit_code: None,
        credit_code_reason: None,
        state: OpenState::Open,
        told_classes: Vec::new(),
    }
}

fn course() -> NewCourse {
    NewCourse {
        code: "GSX01".to_owned(),
        title: "Course".to_owned(),
        level: CourseLevel::Senior,
        role: CourseRole::Required,
        kind: CourseKind::Culture,
        class_hours: 210,
        face_to_face_hours: 70,
        summary: "Summary".to_owned(),
    }
}
