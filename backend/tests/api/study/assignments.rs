//! 作业: handed in, marked or returned by who keeps or teaches the class, and counted for the task point.

use crate::{
    exam_world::school,
    exports::{column, taken},
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::{waiting, work},
};
use backend::{
    access::{Action, JobName, Permit},
    learning, organisation,
};
use futures::future::join;
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ActivityId, ClassId, CourseId, ProviderId, UnitId},
    learning::{
        Activity, ActivityBody, ClassForm, CourseContent, CourseKind, CourseLevel, CourseRole, Criterion,
        MAX_ASSIGNMENT_FILES, Module, NewCourse, Takes, Unit,
    },
    points::Points,
    rights::{Place, Right, Role, RoleAt},
};
use std::io::Cursor;
use uuid::Uuid;

const HAND_INS: &str = "/api/v1/hand_ins";
const ASSIGNMENT: ActivityId = ActivityId(Uuid::from_u128(9));

struct SetUp;

impl Action for SetUp {
    type Target = String;
    const RIGHT: Right = Right::AuthorCourse;
}

/// A class with two learners and its tutor, and a unit that needs an assignment.
struct Class {
    learner: Client,
    classmate: Client,
    tutor: Client,
    id: ClassId,
    provider: ProviderId,
    course: CourseId,
    unit: UnitId,
}

fn assignment() -> Activity {
    let criterion =
        |title: &str| Criterion { title: title.to_owned(), points: Points::whole(5), description: String::new() };
    Activity {
        id: ASSIGNMENT,
        title: "请假条".to_owned(),
        is_required: true,
        body: ActivityBody::Assignment {
            task: "写一张**请假条**。".to_owned(),
            takes: Takes { may_write: true, photos: 2, files: 0 },
            rubric: vec![criterion("格式"), criterion("语句")],
        },
    }
}

/// A content of one unit with one assignment.
fn content(unit: UnitId, assignment: Activity) -> CourseContent {
    let unit = Unit {
        id: unit,
        title: "U".to_owned(),
        minutes: 5,
        body: "Text".to_owned(),
        exercises: Vec::new(),
        activities: vec![assignment],
    };
    let modules = vec![Module { title: "M".to_owned(), units: vec![unit] }];
    CourseContent { modules, ..CourseContent::default() }
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

impl Class {
    async fn open(app: &TestApp) -> Self {
        let ((account, learner), (other, classmate)) = (app.learner("xueyuan").await, app.learner("tongxue").await);
        let (cx, permit) = (&app.cx, Permit::<SetUp>::for_job(JobName::SeedDemo, "class".to_owned()));
        let (provider, unit): (ProviderId, UnitId) = (cx.ids.new_id(), cx.ids.new_id());
        let (author, reviewer) = (cx.ids.new_id(), cx.ids.new_id());
        let content = content(unit, assignment());
        let (course, id) = cx
            .db
            .write(&permit, async |tx| {
                organisation::create_provider(tx, provider, &school("330502")).await?;
                let course = learning::create_course(cx, tx, author, new_course()).await?;
                learning::save_and_publish(cx, tx, (author, reviewer), course, content.clone()).await?;
                let class = learning::open_class(cx, tx, provider, "Class", ClassForm::Village, &[course]).await?;
                for learner in [account, other] {
                    learning::join_class(tx, class, learner).await?;
                }
                Ok((course, class))
            })
            .await
            .unwrap();
        let tutor = app.person("tutor", &[RoleAt { role: Role::ClassTutor, place: class_place(id, provider) }]).await;
        Self { learner, classmate, tutor, id, provider, course, unit }
    }

    /// Lets the learner join another class of the same school, which studies the same course.
    async fn join_another(&self, app: &TestApp) {
        let (cx, permit) = (&app.cx, Permit::<SetUp>::for_job(JobName::SeedDemo, "another".to_owned()));
        let me = self.learner.get("/api/v1/me").await.expect(200);
        let account: AccountId = me["account_id"].as_str().unwrap().parse().unwrap();
        app.clock.advance_s(1);
        cx.db
            .write(&permit, async |tx| {
                let courses = [self.course];
                let id = learning::open_class(cx, tx, self.provider, "Other", ClassForm::Village, &courses).await?;
                learning::join_class(tx, id, account).await
            })
            .await
            .unwrap();
    }

    /// Publishes the course once more, otherwise.
    async fn publish_again(&self, app: &TestApp, content: CourseContent) {
        let (cx, permit) = (&app.cx, Permit::<SetUp>::for_job(JobName::SeedDemo, "again".to_owned()));
        let persons = (cx.ids.new_id(), cx.ids.new_id());
        app.clock.advance_s(1);
        cx.db
            .write(&permit, async |tx| learning::save_and_publish(cx, tx, persons, self.course, content.clone()).await)
            .await
            .unwrap();
    }

    /// What the gradebook tells of the only assignment of a learner.
    async fn graded(&self, name: &str) -> Value {
        let book = self.tutor.get(&format!("/api/v1/classes/{}/gradebook", self.id)).await.expect(200);
        let row = book["items"].as_array().unwrap().iter().find(|row| row["display_name"] == name);
        row.unwrap()["courses"][0]["assignments"][0].clone()
    }

    async fn read_all(&self) {
        let heartbeat = json!({ "stream": Uuid::from_u128(3), "read_pct": 100 });
        let path = format!("/api/v1/me/units/{}/heartbeats", self.unit);
        let receipt = self.learner.post(&path, &heartbeat).await;
        assert!([200, 201].contains(&receipt.status), "{}", receipt.status);
    }

    /// The state of the gate of the only course.
    async fn gate(&self) -> Value {
        self.learner.get("/api/v1/me/courses").await.expect(200)[0]["standing"]["gate"]["state"].clone()
    }

    /// Hands in a text; the path of the hand-in for its teachers.
    async fn handed_in(&self, text: &str) -> String {
        let receipt = hand_in(&self.learner, text, &[]).await.expect(201);
        format!("{HAND_INS}/{}", receipt["assignment"]["hand_ins"][0]["id"].as_str().unwrap())
    }

    /// What the learner sees at the unit.
    async fn seen(&self) -> Value {
        self.learner.get(&format!("/api/v1/me/units/{}/assignments", self.unit)).await.expect(200)[0].clone()
    }
}

fn class_place(id: ClassId, provider: ProviderId) -> Place {
    Place::Class { id, provider, division: "330502".to_owned() }
}

async fn hand_in(learner: &Client, text: &str, photos: &[Value]) -> Reply {
    let body = json!({ "text": text, "photos": photos });
    learner.post(&format!("/api/v1/me/assignments/{ASSIGNMENT}/hand_ins"), &body).await
}

async fn mark(teacher: &Client, path: &str, points: &[i32], remark: &str) -> Reply {
    let body = json!({ "decision": "mark", "points": points, "remark": remark });
    teacher.post(&format!("{path}/mark"), &body).await
}

async fn give_back(teacher: &Client, path: &str, remark: &str) -> Reply {
    teacher.post(&format!("{path}/mark"), &json!({ "decision": "return", "remark": remark })).await
}

async fn send_photo(learner: &Client, key: &str) -> Reply {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(3_000, 8).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let path = format!("/api/v1/me/assignments/{ASSIGNMENT}/photos");
    send(learner.request(Method::POST, &path).header("idempotency-key", key).body(bytes.into_inner())).await
}

/// A file that calls itself nothing.
const PDF: &[u8] = b"%PDF-1.7\n%";

async fn send_file(learner: &Client, file: &[u8]) -> Reply {
    let path = format!("/api/v1/me/assignments/{ASSIGNMENT}/files");
    send(learner.request(Method::POST, &path).body(file.to_vec())).await
}

fn wrong(problem: &Value) -> (String, String) {
    let of = |part: &str| problem["errors"][0][part].as_str().unwrap().to_owned();
    (of("pointer"), of("code"))
}

fn told(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

db_tests! {
    async fn an_assignment_is_handed_in_marked_and_counts(app) {
        let class = Class::open(&app).await;
        class.read_all().await;
        assert_eq!(class.gate().await, "task_points_missing");
        let unit = class.learner.get(&format!("/api/v1/me/units/{}", class.unit)).await.expect(200);
        assert_eq!((&unit["progress"]["activities"], &unit["progress"]["is_complete"]), (&json!(1), &json!(false)));
        let activity = &unit["activities"][0];
        assert_eq!((&activity["body"]["kind"], &activity["title"]), (&json!("assignment"), &json!("请假条")));
        assert!(activity["body"]["task_html"].as_str().unwrap().contains("<strong>"), "{activity}");
        assert_eq!(class.seen().await["hand_ins"], json!([]));
        assert_eq!(work(&class.tutor).await, []);

        let receipt = hand_in(&class.learner, " 请假条\n王主任： ", &[]).await.expect(201);
        assert_eq!((&receipt["progress"]["activities_done"], &receipt["progress"]["is_complete"]), (&json!(1), &json!(true)));
        assert_eq!(class.gate().await, "open", "at once");
        assert_eq!(work(&class.tutor).await, [("assignments_to_mark".to_owned(), 1)]);
        let listed = class.tutor.get(&format!("{HAND_INS}?state=waiting")).await.expect(200)["items"].clone();
        assert_eq!((&listed[0]["learner_name"], &listed[0]["class_name"]), (&json!("xueyuan"), &json!("Class")));
        assert_eq!((&listed[0]["title"], &listed[0]["excerpt"]), (&json!("请假条"), &json!("请假条 王主任：")));

        let path = format!("{HAND_INS}/{}", listed[0]["id"].as_str().unwrap());
        let sheet = class.tutor.get(&path).await.expect(200);
        assert_eq!((&sheet["hand_in"]["text"], &sheet["hand_in"]["rubric"][1]["title"]), (&json!("请假条\n王主任："), &json!("语句")));
        assert_eq!((&sheet["is_own"], &sheet["next"], &sheet["earlier"]), (&json!(false), &json!(null), &json!([])));
        let marked = mark(&class.tutor, &path, &[500, 350], " 写得清楚。 ").await.expect(200);
        assert_eq!((&marked["row"]["state"], &marked["hand_in"]["mark"]["points"]), (&json!("marked"), &json!([500, 350])));
        assert_eq!(waiting(&class.tutor, "assignments_to_mark").await, 0);
        let seen = class.seen().await["hand_ins"][0].clone();
        assert_eq!((&seen["mark"]["remark"], &seen["mark"]["by_name"]), (&json!("写得清楚。"), &json!("tutor")));
        assert_eq!((&seen["rubric"][0]["title"], &seen["rubric"][1]["points"]), (&json!("格式"), &json!(500)));
        assert_eq!(class.gate().await, "open");
        let own = class.learner.get("/api/v1/me/data").await.expect(200)["hand_ins"].clone();
        assert_eq!((&own[0]["course_title"], &own[0]["hand_in"]["mark"]["remark"]), (&json!("Course"), &json!("写得清楚。")));
        let study = class.tutor.get(&format!("/api/v1/classes/{}/study", class.id)).await;
        assert_eq!(study.status, 200, "the class follows it, too");
    }

    async fn the_gradebook_tells_where_each_assignment_stands_and_what_it_gave(app) {
        let class = Class::open(&app).await;
        let graded = async || class.graded("xueyuan").await;
        let before = graded().await;
        assert_eq!((&before["title"], &before["is_required"]), (&json!("请假条"), &json!(true)));
        assert_eq!((&before["state"], &before["mark"]), (&json!(null), &json!(null)));
        let first = class.handed_in("没有日期").await;
        assert_eq!(graded().await["state"], "waiting");
        give_back(&class.tutor, &first, "请写上日期。").await.expect(200);
        let returned = graded().await;
        assert_eq!((&returned["state"], &returned["mark"]), (&json!("returned"), &json!(null)));
        app.clock.advance_s(1);
        let second = class.handed_in("有日期").await;
        mark(&class.tutor, &second, &[500, 350], "").await.expect(200);
        let marked = graded().await;
        assert_eq!((&marked["state"], &marked["mark"]), (&json!("marked"), &json!({ "points": 850, "most": 1_000 })));
        assert_eq!(class.graded("tongxue").await, before, "nobody has the points of another");

        let path = format!("/api/v1/classes/{}/gradebook/exports", class.id);
        let [list, _] = taken(&class.tutor, &path).await;
        let of_each = |header: &str| {
            let names = column(&list, "姓名").into_iter().map(str::to_owned);
            let cells = column(&list, header).into_iter().map(str::to_owned);
            let mut rows: Vec<_> = names.zip(cells).collect();
            rows.sort();
            rows.into_iter().map(|(_, cell)| cell).collect::<Vec<_>>()
        };
        // tongxue, then xueyuan.
        assert_eq!(of_each("Course 作业得分"), ["", "8.5 / 10"]);
        assert_eq!((of_each("Course 已交作业"), of_each("Course 作业总数")), (vec!["0".to_owned(), "1".to_owned()], vec!["1".to_owned(); 2]));
    }

    async fn a_mark_is_measured_by_the_rubric_under_which_it_was_given(app) {
        let class = Class::open(&app).await;
        let next: UnitId = app.cx.ids.new_id();
        let with_next = |assignment: Activity| {
            let mut both = content(class.unit, assignment);
            let unit = both.modules[0].units[0].clone();
            both.modules[0].units.push(Unit { id: next, title: "V".to_owned(), activities: Vec::new(), ..unit });
            both
        };
        class.publish_again(&app, with_next(assignment())).await;
        app.clock.advance_s(1);
        class.read_all().await;
        let path = class.handed_in("请假条").await;
        mark(&class.tutor, &path, &[500, 350], "").await.expect(200);
        let mut later = assignment();
        later.title = "写请假条".to_owned();
        let ActivityBody::Assignment { rubric, .. } = &mut later.body else { unreachable!() };
        rubric[0].points = Points::whole(20);
        class.publish_again(&app, with_next(later)).await;
        let graded = class.graded("xueyuan").await;
        assert_eq!(graded["title"], "写请假条", "they have gone over to the new version");
        assert_eq!(graded["mark"], json!({ "points": 850, "most": 1_000 }));
    }

    async fn a_question_to_discuss_is_read_and_no_task_point_waits_for_it(app) {
        let class = Class::open(&app).await;
        let question = ActivityId(Uuid::from_u128(10));
        let mut both = content(class.unit, assignment());
        both.modules[0].units[0].activities.push(Activity {
            id: question,
            title: "骗局".to_owned(),
            is_required: false,
            body: ActivityBody::Discussion { prompt: "您遇到过哪种？".to_owned() },
        });
        class.publish_again(&app, both).await;
        app.clock.advance_s(1);
        class.read_all().await;
        class.handed_in("请假条").await;
        assert_eq!(class.gate().await, "open");
        let unit = class.learner.get(&format!("/api/v1/me/units/{}", class.unit)).await.expect(200);
        assert_eq!(unit["activities"][1]["body"], json!({ "kind": "discussion", "prompt": "您遇到过哪种？" }));
        let own = class.learner.get(&format!("/api/v1/me/units/{}/assignments", class.unit)).await.expect(200);
        assert_eq!(own.as_array().unwrap().len(), 1, "nothing is handed in of it");
        let path = format!("/api/v1/me/assignments/{question}/hand_ins");
        let refused = class.learner.post(&path, &json!({ "text": "字", "photos": [] })).await;
        assert_eq!(refused.expect_problem(404), "not-found");
        let units = class.tutor.get(&format!("/api/v1/classes/{}/units", class.id)).await.expect(200);
        let prompts = &units[0]["units"][0]["prompts"];
        assert_eq!(prompts, &json!([{ "title": "骗局", "prompt": "您遇到过哪种？" }]), "it can be opened to the class");
    }

    async fn what_is_returned_counts_again_once_it_is_handed_in_again(app) {
        let class = Class::open(&app).await;
        class.read_all().await;
        let first = class.handed_in("没有日期").await;
        assert_eq!(hand_in(&class.learner, "再交", &[]).await.expect_problem(409), "wrong-state");
        give_back(&class.tutor, &first, "请写上日期。").await.expect(200);
        assert_eq!(class.gate().await, "task_points_missing");
        let home = async || class.learner.get("/api/v1/me/courses").await.expect(200)[0]["to_correct"].clone();
        assert_eq!(home().await, json!([{ "id": class.unit, "title": "U" }]));
        assert_eq!(class.seen().await["hand_ins"][0]["mark"]["is_returned"], true);
        app.clock.advance_s(1);
        let second = class.handed_in("有日期").await;
        assert_eq!((class.gate().await, home().await), (json!("open"), json!([])));
        let sheet = class.tutor.get(&second).await.expect(200);
        assert_eq!((&sheet["earlier"][0]["text"], &sheet["row"]["state"]), (&json!("没有日期"), &json!("waiting")));
        assert_eq!(class.tutor.get(&first).await.expect(200)["earlier"], json!([]));
        assert_eq!(class.tutor.get(&first).await.expect(200)["next"], sheet["row"]["id"]);
        mark(&class.tutor, &second, &[500, 500], "").await.expect(200);
        assert_eq!(class.gate().await, "open");
        let count = async |state: &str| {
            let page = class.tutor.get(&format!("{HAND_INS}?state={state}")).await.expect(200);
            page["items"].as_array().unwrap().len()
        };
        assert_eq!([count("waiting").await, count("returned").await, count("marked").await], [0, 1, 1]);
        assert_eq!(hand_in(&class.learner, "再交", &[]).await.expect_problem(409), "wrong-state");
    }

    async fn it_is_returned_only_while_its_learner_can_hand_in_again(app) {
        let class = Class::open(&app).await;
        class.read_all().await;
        let path = class.handed_in("没有日期").await;
        let may_return = async || class.tutor.get(&path).await.expect(200)["may_return"].clone();
        let refused = async || give_back(&class.tutor, &path, "请写上日期。").await.expect_problem(409);
        assert_eq!(may_return().await, true);
        execute(&app, "UPDATE class_member SET left_at = 1").await;
        assert_eq!((may_return().await, refused().await.as_str()), (json!(false), "wrong-state"));
        execute(&app, "UPDATE class_member SET left_at = NULL").await;
        execute(&app, "UPDATE class SET state = 'finished'").await;
        assert_eq!((may_return().await, refused().await.as_str()), (json!(false), "wrong-state"));
        mark(&class.tutor, &path, &[500, 500], "").await.expect(200);
        assert_eq!(class.gate().await, "open", "the task point is not lost");
    }

    async fn a_learner_of_two_classes_hands_in_where_it_is_not_over_and_each_sees_its_own(app) {
        let class = Class::open(&app).await;
        class.join_another(&app).await;
        let school = Place::Provider { id: class.provider, division: "330502".to_owned() };
        let teacher = app.person("teacher", &[RoleAt { role: Role::Teacher, place: school }]).await;
        let first = class.handed_in("在原来的班").await;
        give_back(&class.tutor, &first, "R").await.expect(200);
        execute(&app, "UPDATE class SET state = 'finished' WHERE name = 'Class'").await;
        app.clock.advance_s(1);
        let second = class.handed_in("在后来的班").await;
        let sheet = teacher.get(&second).await.expect(200);
        assert_eq!((&sheet["row"]["class_name"], &sheet["earlier"]), (&json!("Other"), &json!([])));
        assert_eq!(class.tutor.get(&second).await.expect_problem(404), "not-found");
    }

    async fn what_is_handed_in_and_decided_has_its_limits(app) {
        let class = Class::open(&app).await;
        assert_eq!(wrong(&hand_in(&class.learner, " \n", &[]).await.expect(422)), told("/text", "required"));
        let long = "字".repeat(5_001);
        assert_eq!(wrong(&hand_in(&class.learner, &long, &[]).await.expect(422)), told("/text", "too-long"));
        let unknown = [json!(Uuid::from_u128(77))];
        assert_eq!(wrong(&hand_in(&class.learner, "字", &unknown).await.expect(422)), told("/photos", "not-found"));
        let path = class.handed_in("字").await;
        let points = async |points: &[i32]| wrong(&mark(&class.tutor, &path, points, "").await.expect(422));
        assert_eq!(points(&[500]).await, told("/points", "required"));
        assert_eq!(points(&[500, 501]).await, told("/points/1", "out-of-range"));
        assert_eq!(wrong(&give_back(&class.tutor, &path, " ").await.expect(422)), told("/remark", "required"));
        mark(&class.tutor, &path, &[0, 500], "").await.expect(200);
        execute(&app, "UPDATE class SET state = 'finished'").await;
        assert_eq!(hand_in(&class.classmate, "课上完了", &[]).await.expect_problem(409), "wrong-state");
    }

    async fn photos_lie_sealed_and_each_look_of_a_teacher_is_on_record(app) {
        let class = Class::open(&app).await;
        let photo = send_photo(&class.learner, "one").await.expect(201);
        assert_eq!(send_photo(&class.learner, "one").await.expect(201), photo, "a repeat");
        let others = send_photo(&class.classmate, "other").await.expect(201);
        let own = format!("/api/v1/me/assignment_photos/{}", photo["id"].as_str().unwrap());
        let shown = class.learner.get(&own).await;
        assert_eq!((shown.status, &shown.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
        assert_eq!(image::load_from_memory(&shown.bytes).unwrap().width(), 2_000);
        assert_eq!(class.classmate.get(&own).await.expect_problem(404), "not-found");
        assert_eq!(class.tutor.get(&own).await.expect_problem(403), "forbidden");

        let theirs = hand_in(&class.learner, "", std::slice::from_ref(&others["id"])).await.expect(422);
        assert_eq!(wrong(&theirs), told("/photos", "not-found"));
        let receipt = hand_in(&class.learner, "", std::slice::from_ref(&photo["id"])).await.expect(201);
        let handed_in = &receipt["assignment"]["hand_ins"][0];
        assert_eq!(handed_in["photos"], json!([photo["id"]]));
        let at = |id: &Value| {
            format!("{HAND_INS}/{}/photos/{}/look", handed_in["id"].as_str().unwrap(), id.as_str().unwrap())
        };
        let looked = class.tutor.post(&at(&photo["id"]), &json!({})).await;
        assert_eq!((looked.status, &looked.headers["content-type"]), (200, &"image/jpeg".parse().unwrap()));
        assert_eq!(class.tutor.post(&at(&others["id"]), &json!({})).await.expect_problem(404), "not-found");
        assert_eq!(class.classmate.post(&at(&photo["id"]), &json!({})).await.expect_problem(404), "not-found");
        let log = super::log(&app).await;
        assert!(log.contains(photo["id"].as_str().unwrap()), "{log}");
        let no_picture = class.learner.request(Method::POST, &format!("/api/v1/me/assignments/{ASSIGNMENT}/photos"));
        assert_eq!(wrong(&send(no_picture.body("no picture")).await.expect(422)), told("/photo", "not-a-picture"));
    }

    async fn so_many_files_are_kept_for_an_assignment_and_photos_beside_them(app) {
        let class = Class::open(&app).await;
        let mut with_files = assignment();
        let ActivityBody::Assignment { takes, .. } = &mut with_files.body else { unreachable!() };
        takes.files = 1;
        class.publish_again(&app, content(class.unit, with_files)).await;
        for _ in 0..MAX_ASSIGNMENT_FILES {
            send_file(&class.learner, PDF).await.expect(201);
        }
        assert_eq!(send_file(&class.learner, PDF).await.expect_problem(409), "wrong-state");
        send_photo(&class.learner, "one").await.expect(201);
        send_file(&class.classmate, PDF).await.expect(201);
    }

    async fn files_are_told_by_their_content_and_are_given_to_who_marks(app) {
        let class = Class::open(&app).await;
        assert_eq!(wrong(&send_file(&class.learner, PDF).await.expect(422)), told("/file", "too-many"), "it takes none");
        let mut with_files = assignment();
        let ActivityBody::Assignment { takes, .. } = &mut with_files.body else { unreachable!() };
        takes.files = 1;
        class.publish_again(&app, content(class.unit, with_files)).await;
        assert_eq!(wrong(&send_file(&class.learner, b"MZ").await.expect(422)), told("/file", "file-kind"));
        let file = send_file(&class.learner, PDF).await.expect(201);
        assert_eq!(file["kind"], "pdf");
        let others = send_file(&class.classmate, PDF).await.expect(201);

        let path = format!("/api/v1/me/assignments/{ASSIGNMENT}/hand_ins");
        let handed = async |file: &Value| {
            class.learner.post(&path, &json!({ "text": "", "photos": [], "files": [file] })).await
        };
        assert_eq!(wrong(&handed(&others).await.expect(422)), told("/files", "not-found"));
        let lied = json!({ "id": file["id"], "kind": "docx" });
        assert_eq!(wrong(&handed(&lied).await.expect(422)), told("/files", "not-found"));
        let as_photo = hand_in(&class.learner, "", std::slice::from_ref(&file["id"])).await.expect(422);
        assert_eq!(wrong(&as_photo), told("/photos", "not-found"));
        let receipt = handed(&file).await.expect(201);
        let handed_in = &receipt["assignment"]["hand_ins"][0];
        assert_eq!(handed_in["files"], json!([file]));

        let id = file["id"].as_str().unwrap();
        let own = class.learner.get(&format!("/api/v1/me/assignment_photos/{id}")).await;
        assert_eq!((own.status, own.bytes.as_slice()), (200, PDF));
        let look = format!("{HAND_INS}/{}/photos/{id}/look", handed_in["id"].as_str().unwrap());
        let looked = class.tutor.post(&look, &json!({})).await;
        assert_eq!((looked.status, looked.bytes.as_slice()), (200, PDF));
        assert_eq!(looked.headers["content-type"], "application/pdf");
        assert_eq!(looked.headers["content-disposition"], "attachment");
        assert_eq!(class.classmate.post(&look, &json!({})).await.expect_problem(404), "not-found");
        assert_eq!(class.tutor.get(HAND_INS).await.expect(200)["items"][0]["files"], 1);
        assert!(super::log(&app).await.contains(id), "each look is on record");
    }

    async fn nobody_outside_the_class_marks_and_nobody_their_own(app) {
        let class = Class::open(&app).await;
        let path = class.handed_in("字").await;
        let school = Place::Provider { id: class.provider, division: "330502".to_owned() };
        let at = |role, place: &Place| [RoleAt { role, place: place.clone() }];
        let teacher = app.person("teacher", &at(Role::Teacher, &school)).await;
        let other = class_place(app.cx.ids.new_id(), class.provider);
        let neighbour = app.person("neighbour", &at(Role::ClassTutor, &other)).await;
        let office = app.person("office", &at(Role::SchoolOffice, &school)).await;
        let author = app.staff("author", Role::Teacher, "33").await;
        let (_, outsider) = app.learner("outsider").await;
        assert_eq!(teacher.get(HAND_INS).await.expect(200)["items"].as_array().unwrap().len(), 1, "whose school it is");
        assert_eq!(neighbour.get(HAND_INS).await.expect(200)["items"], json!([]));
        for client in [&office, &author, &outsider, &class.classmate] {
            assert_eq!(client.get(HAND_INS).await.expect_problem(403), "forbidden");
        }
        for client in [&neighbour, &office, &author, &outsider, &class.classmate, &class.learner] {
            assert_eq!(client.get(&path).await.expect_problem(404), "not-found");
            assert_eq!(mark(client, &path, &[1, 1], "").await.expect_problem(404), "not-found");
        }
        assert_eq!(hand_in(&outsider, "字", &[]).await.expect_problem(404), "not-found");
        assert_eq!(send_photo(&outsider, "k").await.expect_problem(404), "not-found");
        assert_eq!(hand_in(&class.tutor, "字", &[]).await.expect_problem(403), "forbidden");

        let of_tutor = "(SELECT id FROM account WHERE login_name = 'tutor')";
        execute(&app, &format!("UPDATE assignment_hand_in SET account_id = {of_tutor}")).await;
        assert_eq!(mark(&class.tutor, &path, &[1, 1], "").await.expect_problem(409), "second-person-needed");
        assert_eq!(class.tutor.get(&path).await.expect(200)["is_own"], true);
        assert_eq!(class.tutor.get(HAND_INS).await.expect(200)["items"], json!([]));
        assert_eq!(waiting(&class.tutor, "assignments_to_mark").await, 0);
        assert_eq!(waiting(&teacher, "assignments_to_mark").await, 1);
    }

    async fn who_leaves_a_hand_in_for_later_comes_to_every_other(app) {
        let class = Class::open(&app).await;
        let (account, third) = app.learner("disan").await;
        let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, "third".to_owned());
        app.cx.db.write(&permit, async |tx| learning::join_class(tx, class.id, account).await).await.unwrap();
        let mut ids = Vec::new();
        for learner in [&class.learner, &class.classmate, &third] {
            app.clock.advance_s(1);
            let receipt = hand_in(learner, "字", &[]).await.expect(201);
            ids.push(receipt["assignment"]["hand_ins"][0]["id"].clone());
        }
        for (at, id) in ids.iter().enumerate() {
            let sheet = class.tutor.get(&format!("{HAND_INS}/{}", id.as_str().unwrap())).await.expect(200);
            assert_eq!(sheet["next"], ids[(at + 1) % ids.len()]);
        }
    }

    async fn it_is_handed_in_once_and_decided_once(app) {
        let class = Class::open(&app).await;
        let (one, other) = join(hand_in(&class.learner, "甲", &[]), hand_in(&class.learner, "乙", &[])).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let again = async || {
            let path = format!("/api/v1/me/assignments/{ASSIGNMENT}/hand_ins");
            let request = class.classmate.request(Method::POST, &path).header("idempotency-key", "k");
            send(request.json(&json!({ "text": "同学", "photos": [] }))).await.expect(201)
        };
        assert_eq!(again().await, again().await, "a repeat");
        let listed = class.tutor.get(HAND_INS).await.expect(200)["items"].clone();
        assert_eq!(listed.as_array().unwrap().len(), 2);
        let path = format!("{HAND_INS}/{}", listed[0]["id"].as_str().unwrap());
        let (one, other) = join(mark(&class.tutor, &path, &[1, 1], ""), give_back(&class.tutor, &path, "R")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        execute(&app, "UPDATE class SET state = 'finished'").await;
        let repeated = again().await["assignment"]["hand_ins"].clone();
        assert_eq!(repeated.as_array().unwrap().len(), 1, "a repeat is answered when the class is over, too");
    }

    async fn the_log_says_who_did_what_and_nothing_of_the_words(app) {
        let class = Class::open(&app).await;
        let path = class.handed_in("words-of-the-work").await;
        give_back(&class.tutor, &path, "words-of-the-remark").await.expect(200);
        let log = super::log(&app).await;
        assert!(log.contains("mark_assignment") && log.contains("returned"), "{log}");
        assert!(!log.contains("words-of"), "{log}");
    }

    async fn a_copy_of_a_course_has_assignments_of_its_own(app) {
        let class = Class::open(&app).await;
        let author = app.staff("author", Role::Teacher, "33").await;
        let wanted = json!({ "code": "GYW02", "title": "Copy" });
        let copy = author.post(&format!("/api/v1/courses/{}/copies", class.course), &wanted).await.expect(201);
        let draft = author.get(&format!("/api/v1/courses/{}/draft", copy["id"].as_str().unwrap())).await.expect(200);
        let copied = &draft["content"]["modules"][0]["units"][0]["activities"][0];
        assert_eq!((&copied["title"], &copied["is_required"]), (&json!("请假条"), &json!(true)));
        assert_ne!(copied["id"], json!(ASSIGNMENT));
        assert_eq!(copied["body"], serde_json::to_value(assignment()).unwrap()["body"]);
    }
}
