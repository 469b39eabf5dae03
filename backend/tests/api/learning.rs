//! Writing, publishing and studying a course.

use crate::{
    exam_world::World,
    support::{Client, TestApp, db_tests, execute},
};
use backend::{
    access::{Action, JobName, Permit},
    learning,
};
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ClassId, CourseId, ProviderId},
    learning::{ClassForm, Gate},
    rights::{Place, Right, Role, RoleAt},
};
use uuid::Uuid;

/// The unit with exercises.
pub(crate) const UNIT: Uuid = Uuid::from_u128(7);

struct SetUp;

impl Action for SetUp {
    type Target = CourseId;
    const RIGHT: Right = Right::AuthorCourse;
}

/// A class of a provider, without learners.
async fn class_of(app: &TestApp, provider: ProviderId, course_id: CourseId) -> ClassId {
    let (cx, permit) = (&app.cx, Permit::<SetUp>::for_job(JobName::SeedDemo, course_id));
    let open = async |tx: &_| learning::open_class(cx, tx, provider, "Other", ClassForm::Factory, &[course_id]).await;
    cx.db.write(&permit, open).await.unwrap()
}

/// A new course, as a teacher fills it in.
pub(crate) fn new_course(code: &str) -> Value {
    json!({
        "code": code, "title": "Course", "level": "senior", "role": "required",
        "class_hours": 100, "face_to_face_hours": 10, "summary": "Summary",
    })
}

/// A content with one unit that has two exercises.
pub(crate) fn content(unit: Uuid) -> Value {
    let exercise = |key: u16| {
        json!({
            "schema_version": 1, "stem": "1 + 1", "explanation": "because",
            "body": { "kind": "single_choice", "options": ["2", "3"], "key": key },
        })
    };
    json!({ "modules": [{ "title": "M", "units": [{
        "id": unit, "title": "U", "minutes": 10, "body": "若 $x^2 = 4$，则", "exercises": [exercise(0), exercise(1)],
    }] }] })
}

/// Saves a content over a version of the draft.
pub(crate) async fn put(client: &Client, id: &str, version: &str, content: &Value) -> crate::support::Reply {
    let path = format!("/api/v1/courses/{id}/draft");
    crate::support::send(client.request(reqwest::Method::PUT, &path).header("if-match", version).json(content)).await
}

/// A new course with an empty draft.
pub(crate) async fn created(teacher: &Client, code: &str) -> String {
    let course = teacher.post("/api/v1/courses", &new_course(code)).await.expect(201);
    course["id"].as_str().unwrap().to_owned()
}

/// What somebody does with the draft of a course at a version.
pub(crate) async fn act(client: &Client, id: &str, verb: &str, version: &str, body: &Value) -> crate::support::Reply {
    let path = format!("/api/v1/courses/{id}/{verb}");
    crate::support::send(client.request(reqwest::Method::POST, &path).header("if-match", version).json(body)).await
}

/// The version that a draft has now, as `If-Match` says it.
pub(crate) async fn version_of(client: &Client, id: &str) -> String {
    format!("\"{}\"", client.get(&format!("/api/v1/courses/{id}/draft")).await.expect(200)["version"])
}

/// One teacher submits the draft as it is, another publishes it.
pub(crate) async fn publish(author: &Client, reviewer: &Client, id: &str) -> Value {
    let version = version_of(author, id).await;
    act(author, id, "submit", &version, &json!({})).await.expect(200);
    act(reviewer, id, "publish", &version, &json!({})).await.expect(200)
}

/// The codes of the courses that somebody sees.
async fn codes_for(client: &Client) -> Vec<String> {
    let courses = client.all("/api/v1/courses", 50).await;
    courses.iter().map(|course| course["code"].as_str().unwrap().to_owned()).collect()
}

db_tests! {
    async fn a_course_is_written_published_and_stays_as_it_was(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let colleague = app.staff("luo", Role::Teacher, "33").await;
        let id = created(&teacher, "GYW01").await;
        let unit = Uuid::from_u128(7);
        assert_eq!(codes_for(&app.stranger()).await, [""; 0], "not published yet");

        let saved = put(&teacher, &id, "\"1\"", &content(unit)).await.expect(200);
        let again = put(&teacher, &id, "\"1\"", &content(unit)).await.expect(200);
        assert_eq!((&again, &again["version"]), (&saved, &json!(2)), "the reply was lost, and nothing else");
        for (author, text) in [(&teacher, content(Uuid::from_u128(8))), (&colleague, content(unit))] {
            assert_eq!(put(author, &id, "\"1\"", &text).await.expect_problem(412), "stale");
        }

        assert_eq!(publish(&teacher, &colleague, &id).await["published_version"], 1);
        act(&colleague, &id, "publish", "\"1\"", &json!({})).await.expect(409);
        let listed = app.stranger().get("/api/v1/courses").await.expect(200)["items"].clone();
        assert_eq!((&listed[0]["code"], &listed[0]["modules"]), (&json!("GYW01"), &json!(["M"])));
        assert!(!listed.to_string().contains("because"), "the catalogue shows no content");
    }

    async fn what_is_missing_is_named(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let id = created(&teacher, "GYW01").await;
        let mut unfinished = content(Uuid::from_u128(7));
        unfinished["modules"][0]["units"][0]["body"] = json!("");
        put(&teacher, &id, "\"1\"", &unfinished).await.expect(200);
        let problem = act(&teacher, &id, "submit", "\"2\"", &json!({})).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/modules/0/units/0/body");
        assert_eq!(problem["errors"][0]["detail"], "必须填写");
    }

    async fn a_course_is_made_once_and_its_code_is_taken(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let request = || teacher.request(reqwest::Method::POST, "/api/v1/courses").header("idempotency-key", "k");
        let first = crate::support::send(request().json(&new_course("GYW01"))).await.expect(201);
        let again = crate::support::send(request().json(&new_course("GYW01"))).await.expect(201);
        assert_eq!(first["id"], again["id"]);
        let problem = teacher.post("/api/v1/courses", &new_course("GYW01")).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/code"), &json!("duplicate")));
    }

    async fn nobody_writes_courses_but_teachers_of_the_province(app) {
        let elsewhere = app.staff("county", Role::Teacher, "330502").await;
        elsewhere.post("/api/v1/courses", &new_course("GYW01")).await.expect(403);
        let (_, learner) = app.learner("zhang").await;
        learner.post("/api/v1/courses", &new_course("GYW01")).await.expect(403);
        learner.post("/api/v1/markdown_previews", &json!({ "markdown": "a" })).await.expect(403);
    }

    async fn who_sends_an_expired_token_is_no_stranger(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        created(&teacher, "GYW01").await;
        assert_eq!(codes_for(&teacher).await, ["GYW01"]);
        app.clock.advance_s(3_600);
        teacher.get("/api/v1/courses").await.expect(401);
    }

    async fn formulas_are_rendered_and_scripts_are_not(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let source = json!({ "markdown": "$x^2$ <script>alert(1)</script>" });
        let html = teacher.post("/api/v1/markdown_previews", &source).await.expect(200)["html"].to_string();
        assert!(html.contains("<math") && !html.contains("script"), "{html}");
    }

    async fn study_opens_the_gate(app) {
        let world = World::draft(&app, 1).await;
        let newcomer = world.newcomer(&app, "newcomer").await;
        let courses = newcomer.get("/api/v1/me/courses").await.expect(200);
        assert_eq!(courses[0]["standing"]["gate"], json!({ "state": "task_points_missing", "missing": 1 }));
        let unit = courses[0]["next_unit"]["id"].as_str().unwrap().to_owned();
        let beat = |read_pct: u8| json!({ "stream": Uuid::from_u128(1), "read_pct": read_pct });
        let path = format!("/api/v1/me/units/{unit}/heartbeats");
        newcomer.post(&path, &beat(50)).await.expect(200);
        app.clock.advance_s(20);
        let receipt = newcomer.post(&path, &beat(95)).await.expect(200);
        assert_eq!(receipt["progress"]["is_complete"], true);
        newcomer.post(&path, &beat(10)).await.expect(200);
        let courses = newcomer.get("/api/v1/me/courses").await.expect(200);
        assert_eq!(courses[0]["standing"]["gate"], json!({ "state": "open" }), "reading less later takes nothing away");
        newcomer.post(&path, &beat(101)).await.expect(422);
        let map = newcomer.get(&format!("/api/v1/me/courses/{}", world.course_id)).await.expect(200);
        assert_eq!(map["modules"][0]["units"][0]["read_pct"], 95);
    }

    async fn a_text_counts_as_read_once_it_can_have_been_and_the_course_with_its_last_fact(app) {
        let world = World::draft(&app, 1).await;
        // Reading takes time from 2026-11-27 on.
        app.clock.advance_s(8 * 86_400);
        let (teacher, colleague) = (app.staff("wang", Role::Teacher, "33").await, app.staff("luo", Role::Teacher, "33").await);
        let id = world.course_id.to_string();
        // 800 characters take 80 s; of these the 20 s between two heartbeats may stay unseen.
        let mut long = content(UNIT);
        long["modules"][0]["units"][0]["body"] = json!("字".repeat(800));
        put(&teacher, &id, &version_of(&teacher, &id).await, &long).await.expect(200);
        publish(&teacher, &colleague, &id).await;
        let learner = world.later_class(&app, "late").await;

        let beat = async |stream: u128| {
            let body = json!({ "stream": Uuid::from_u128(stream), "read_pct": 100 });
            let told = learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &body).await.expect(200);
            told["progress"].clone()
        };
        let opened = beat(1).await;
        assert_eq!((&opened["read_pct"], &opened["reading_left_s"]), (&json!(100), &json!(60)), "seen, not read");
        app.clock.advance_s(40);
        assert_eq!(beat(1).await["reading_left_s"], 20);
        app.clock.advance_s(86_400);
        let learner = app.log_in("late").await;
        let beat = async |stream: u128| {
            let body = json!({ "stream": Uuid::from_u128(stream), "read_pct": 1 });
            learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &body).await.expect(200)
        };
        assert_eq!(beat(2).await["progress"]["reading_left_s"], 20, "another evening goes on where the last one ended");
        app.clock.advance_s(20);
        let told = beat(2).await;
        assert_eq!((&told["progress"]["reading_left_s"], &told["progress"]["read_pct"]), (&json!(0), &json!(100)));
        assert_eq!(told["today"]["counted_minutes"], 0, "of today, not of yesterday");

        let gate = async || learner.get("/api/v1/me/courses").await.expect(200)[0]["standing"]["gate"].clone();
        for (exercise, option) in [(0, 0), (1, 1)] {
            assert_eq!(gate().await, json!({ "state": "task_points_missing", "missing": 1 }));
            let body = json!({ "response": { "kind": "single", "value": option } });
            let path = format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers");
            let told = learner.post(&path, &body).await.expect(200);
            assert_eq!(told["progress"]["is_complete"], exercise == 1, "said with the fact itself");
        }
        assert_eq!(gate().await, json!({ "state": "open" }));
    }

    async fn two_pages_at_once_study_no_longer_than_the_clock(app) {
        let world = World::draft(&app, 1).await;
        let newcomer = world.newcomer(&app, "newcomer").await;
        let courses = newcomer.get("/api/v1/me/courses").await.expect(200);
        let unit = courses[0]["next_unit"]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/me/units/{unit}/heartbeats");
        for _ in 0..13 {
            for page in [1, 2, 3] {
                newcomer.post(&path, &json!({ "stream": Uuid::from_u128(page), "read_pct": 1 })).await.expect(200);
            }
            app.clock.advance_s(10);
        }
        let courses = newcomer.get("/api/v1/me/courses").await.expect(200);
        assert_eq!(courses[0]["standing"]["studied_minutes"], 2);
    }

    async fn of_a_day_no_more_counts_than_the_rule_of_the_region_allows(app) {
        let world = World::draft(&app, 1).await;
        let newcomer = world.newcomer(&app, "newcomer").await;
        execute(&app, "INSERT INTO daily_cap (region, valid_from, minutes) VALUES ('330502', '2022-01-01', 2)").await;
        let courses = newcomer.get("/api/v1/me/courses").await.expect(200);
        let unit = courses[0]["next_unit"]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/me/units/{unit}/heartbeats");
        let mut counted = Vec::new();
        for _ in 0..11 {
            let receipt = newcomer.post(&path, &json!({ "stream": Uuid::from_u128(1), "read_pct": 1 })).await.expect(200);
            assert_eq!(receipt["today"]["cap_minutes"], 2);
            counted.push(receipt["today"]["counted_minutes"].as_u64().unwrap());
            app.clock.advance_s(20);
        }
        assert_eq!(counted, [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2]);
        let minutes = async || {
            newcomer.get("/api/v1/me/courses").await.expect(200)[0]["standing"]["studied_minutes"].clone()
        };
        assert_eq!(minutes().await, 2);
        execute(&app, "INSERT INTO daily_cap (region, valid_from, minutes) VALUES ('330502', '2026-01-01', 480)").await;
        assert_eq!(minutes().await, 3, "the facts are kept, and the rule of the day judges them");
    }

    async fn the_page_that_was_opened_last_counts_and_the_one_before_is_told(app) {
        let world = World::draft(&app, 1).await;
        let newcomer = world.newcomer(&app, "newcomer").await;
        let courses = newcomer.get("/api/v1/me/courses").await.expect(200);
        let unit = courses[0]["next_unit"]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/me/units/{unit}/heartbeats");
        let beat = async |page: u128, read_pct: u8| {
            app.clock.advance_s(10);
            let body = json!({ "stream": Uuid::from_u128(page), "read_pct": read_pct });
            newcomer.post(&path, &body).await.expect(200)
        };
        assert_eq!(beat(1, 5).await["is_elsewhere"], false);
        assert_eq!(beat(2, 5).await["is_elsewhere"], false);
        let told = beat(1, 50).await;
        assert_eq!((&told["is_elsewhere"], &told["progress"]["read_pct"]), (&json!(true), &json!(50)), "what is read is read");
        assert_eq!(beat(2, 5).await["is_elsewhere"], false);
        assert_eq!(beat(3, 5).await["is_elsewhere"], false, "going on is another page");
        assert_eq!(beat(2, 5).await["is_elsewhere"], true);
        app.clock.advance_s(60);
        assert_eq!(beat(1, 5).await["is_elsewhere"], false, "the others have fallen silent");
    }

    async fn a_unit_of_another_class_is_not_there(app) {
        let world = World::draft(&app, 1).await;
        let courses = world.candidates[0].client.get("/api/v1/me/courses").await.expect(200);
        let map = world.candidates[0].client.get(&format!("/api/v1/me/courses/{}", world.course_id)).await.expect(200);
        let unit = map["modules"][0]["units"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(courses[0]["standing"]["gate"], json!({ "state": "open" }));
        let (_, outsider) = app.learner("outsider").await;
        outsider.get(&format!("/api/v1/me/units/{unit}")).await.expect(404);
        let beat = json!({ "stream": Uuid::from_u128(1), "read_pct": 100 });
        outsider.post(&format!("/api/v1/me/units/{unit}/heartbeats"), &beat).await.expect(404);
        outsider.get(&format!("/api/v1/me/courses/{}", world.course_id)).await.expect(404);
    }

    async fn an_exercise_is_answered_until_it_is_right(app) {
        let learner = studying(&app).await;
        let unit = Uuid::from_u128(7);
        let seen = learner.get(&format!("/api/v1/me/units/{unit}")).await.expect(200).to_string();
        assert!(seen.contains("<math") && !seen.contains("because") && !seen.contains("\"key\""), "{seen}");
        let answer = |exercise: u8, option: u16| {
            let path = format!("/api/v1/me/units/{unit}/exercises/{exercise}/answers");
            let body = json!({ "response": { "kind": "single", "value": option } });
            let learner = &learner;
            async move { learner.post(&path, &body).await }
        };
        let wrong = answer(0, 1).await.expect(200);
        assert_eq!((&wrong["is_right"], &wrong["key_text"]), (&json!(false), &json!("A")));
        assert_eq!(wrong["progress"]["exercises_done"], 0);
        assert_eq!(answer(0, 0).await.expect(200)["progress"]["exercises_done"], 1);
        assert_eq!(answer(0, 1).await.expect(200)["progress"]["exercises_done"], 1, "done stays done");
        answer(9, 0).await.expect(404);
        let problem = answer(0, 2).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/response");
    }

    async fn what_was_studied_in_one_class_counts_in_another_version_too(app) {
        let world = World::draft(&app, 1).await;
        let (learner, course_id) = (&world.candidates[0].client, world.course_id);
        let account: AccountId = learner.get("/api/v1/me").await.expect(200)["account_id"].as_str().unwrap().parse().unwrap();
        let own = learner.get("/api/v1/me/courses").await.expect(200)[0]["class_id"].clone();
        let provider = learning::provider_of(&app.cx, account, course_id).await.unwrap().unwrap();
        publish_anew(&app, course_id).await;
        let later = class_of(&app, provider, course_id).await;
        let office = app.staff("office", Role::SchoolOffice, "330502").await;
        office.post(&format!("/api/v1/classes/{later}/members"), &json!({ "learners": [account] })).await.expect(201);
        let departures = format!("/api/v1/classes/{}/departures", own.as_str().unwrap());
        office.post(&departures, &json!({ "learner": account, "reason": "换班" })).await.expect(201);

        let mine = learner.get("/api/v1/me/courses").await.expect(200);
        assert_eq!((mine.as_array().unwrap().len(), &mine[0]["class_id"]), (1, &json!(later)));
        assert_ne!(mine[0]["standing"]["gate"], json!({ "state": "open" }), "there is more to study in the new version");
        let (stranger, _) = app.learner("stranger").await;
        let standings = learning::standings(&app.cx, &[stranger, account], course_id).await.unwrap();
        assert_eq!(standings.get(&account).unwrap().gate, Gate::Open);
        assert!(!standings.contains_key(&stranger));
    }

    async fn a_tutor_follows_their_own_class_and_no_other_of_the_school(app) {
        let world = World::draft(&app, 2).await;
        let learner = &world.candidates[0].client;
        let account_id: AccountId = learner.get("/api/v1/me").await.expect(200)["account_id"].as_str().unwrap().parse().unwrap();
        let own: ClassId = learner.get("/api/v1/me/courses").await.expect(200)[0]["class_id"].as_str().unwrap().parse().unwrap();
        let provider = learning::provider_of(&app.cx, account_id, world.course_id).await.unwrap().unwrap();
        let other = class_of(&app, provider, world.course_id).await;

        let at = |id| Place::Class { id, provider, division: "330502".to_owned() };
        let tutor = app.person("tutor", &[RoleAt { role: Role::ClassTutor, place: at(own) }]).await;
        let neighbour = app.person("neighbour", &[RoleAt { role: Role::ClassTutor, place: at(other) }]).await;
        let school = Place::Provider { id: provider, division: "330502".to_owned() };
        let office = app.person("office", &[RoleAt { role: Role::SchoolOffice, place: school.clone() }]).await;
        let teacher = app.person("teacher", &[RoleAt { role: Role::Teacher, place: school }]).await;

        let path = |id: ClassId| format!("/api/v1/classes/{id}");
        let seen = tutor.get(&path(own)).await.expect(200);
        assert_eq!((&seen["name"], &seen["courses"][0]["code"]), (&json!("Class"), &json!("GYW01")));
        let names: Vec<_> = seen["learners"].as_array().unwrap().iter().map(|learner| &learner["display_name"]).collect();
        assert_eq!(names, ["learner-0", "learner-1"]);
        assert_eq!(seen["learners"][0]["standings"][0]["gate"], json!({ "state": "open" }));
        for above in [&office, &teacher] {
            assert_eq!(above.get(&path(own)).await.expect(200), seen);
            assert_eq!(above.get(&path(other)).await.expect(200)["learners"], json!([]));
        }
        assert_eq!(neighbour.get(&path(other)).await.expect(200)["learners"], json!([]));

        let elsewhere = app.staff("elsewhere", Role::SchoolOffice, "3301").await;
        let author = app.staff("author", Role::Teacher, "33").await;
        assert_eq!(author.get(&path(own)).await.expect_problem(404), "not-found");
        for (client, id) in [(&neighbour, own), (&tutor, other), (&elsewhere, own), (learner, own), (&world.marker, own)] {
            assert_eq!(client.get(&path(id)).await.expect_problem(404), "not-found");
        }
        assert_eq!(app.stranger().get(&path(own)).await.expect_problem(401), "unauthenticated");
    }
}

/// A learner in a class that studies a course with exercises: the unit [`UNIT`], whose first exercise is answered
/// rightly by option 0, the second by option 1.
pub(crate) async fn studying(app: &TestApp) -> Client {
    let world = World::draft(app, 1).await;
    publish_anew(app, world.course_id).await;
    world.later_class(app, "late").await
}

/// Publishes another version of a course, with one unit that has two exercises.
async fn publish_anew(app: &TestApp, course_id: CourseId) {
    let teacher = app.staff("wang", Role::Teacher, "33").await;
    let colleague = app.staff("luo", Role::Teacher, "33").await;
    let id = course_id.to_string();
    put(&teacher, &id, &version_of(&teacher, &id).await, &content(UNIT)).await.expect(200);
    publish(&teacher, &colleague, &id).await;
}
