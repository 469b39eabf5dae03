//! What is unusual in the study of a class: shown to who follows it, noted once, and nothing to the learner.

use crate::{
    exam_world::World,
    learning::UNIT,
    support::{Client, Reply, TestApp, db_tests, execute, send},
};
use backend::learning;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ClassId},
    rights::{Place, Role, RoleAt},
};

/// A learner in a class that studies a unit with six exercises, all of which are right, and the tutor of the class.
struct Class {
    learner: Client,
    tutor: Client,
    id: ClassId,
}

impl Class {
    async fn open(app: &TestApp) -> Self {
        let world = World::draft(app, 1).await;
        publish(app, &world.course_id.to_string()).await;
        let learner = world.later_class(app, "late").await;
        let account: AccountId = parsed(&learner.get("/api/v1/me").await.expect(200)["account_id"]);
        let id: ClassId = parsed(&learner.get("/api/v1/me/courses").await.expect(200)[0]["class_id"]);
        let provider = learning::provider_of(&app.cx, account, world.course_id).await.unwrap().unwrap();
        let place = Place::Class { id, provider, division: "330502".to_owned() };
        let tutor = app.person("tutor", &[RoleAt { role: Role::ClassTutor, place }]).await;
        Self { learner, tutor, id }
    }

    fn path(&self) -> String {
        format!("/api/v1/classes/{}/anomalies", self.id)
    }

    /// The learner answers the exercises one after the other, so many seconds apart.
    async fn answer_all(&self, app: &TestApp, pace_s: i64) {
        for exercise in 0..6 {
            app.clock.advance_s(pace_s);
            let path = format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers");
            let body = json!({ "response": { "kind": "true_false", "value": true } });
            self.learner.post(&path, &body).await.expect(200);
        }
    }

    async fn listed(&self) -> Value {
        self.tutor.get(&self.path()).await.expect(200)
    }

    async fn look(&self, fact: &Value, note: &str) -> Reply {
        let body = json!({ "kind": "rapid_right", "fact": fact, "note": note });
        self.tutor.post(&format!("{}/looks", self.path()), &body).await
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    value.as_str().unwrap().parse().unwrap()
}

/// Publishes a version of the course with one unit that has six exercises.
async fn publish(app: &TestApp, course_id: &str) {
    let teacher = app.staff("wang", Role::Teacher, "33").await;
    let path = format!("/api/v1/courses/{course_id}");
    let draft = teacher.get(&format!("{path}/draft")).await.expect(200);
    let exercise = json!({ "schema_version": 1, "stem": "1 + 1 = 2", "explanation": "because",
        "body": { "kind": "true_false", "key": true } });
    let unit = json!({ "id": UNIT, "title": "U", "minutes": 10, "body": "B", "exercises": vec![exercise; 6] });
    let content = json!({ "modules": [{ "title": "M", "units": [unit] }] });
    let save = teacher.request(Method::PUT, &format!("{path}/draft"));
    send(save.header("if-match", format!("\"{}\"", draft["version"])).json(&content)).await.expect(200);
    let colleague = app.staff("luo", Role::Teacher, "33").await;
    crate::learning::publish(&teacher, &colleague, course_id).await;
}

db_tests! {
    async fn what_is_unusual_is_listed_with_its_facts_and_looked_at_once(app) {
        let class = Class::open(&app).await;
        assert_eq!(class.listed().await, json!([]));
        class.answer_all(&app, 2).await;
        let listed = class.listed().await;
        let found = &listed[0];
        assert_eq!((&found["kind"], &found["count"]), (&json!("rapid_right"), &json!(6)));
        assert_eq!((&found["learner_name"], &found["unit_title"]), (&json!("late"), &json!("U")));
        assert_eq!((listed.as_array().unwrap().len(), &found["look"]), (1, &Value::Null));

        let code = |problem: Value| problem["errors"][0]["code"].as_str().unwrap().to_owned();
        assert_eq!(code(class.look(&found["fact"], " ").await.expect(422)), "required");
        assert_eq!(class.look(&json!(UNIT), "看过了").await.expect_problem(404), "not-found");
        let noted = class.look(&found["fact"], "问过本人，以前学过").await.expect(201);
        assert_eq!((&noted["look"]["note"], &noted["look"]["by_name"]), (&json!("问过本人，以前学过"), &json!("tutor")));
        assert_eq!(class.look(&found["fact"], "再看一次").await.expect_problem(409), "wrong-state");
        assert_eq!(class.listed().await, json!([noted]));
    }

    async fn who_takes_their_time_is_not_listed(app) {
        let class = Class::open(&app).await;
        class.answer_all(&app, 10).await;
        assert_eq!(class.listed().await, json!([]));
    }

    async fn who_lets_stand_what_is_asked_while_they_read_is_listed(app) {
        let class = Class::open(&app).await;
        let listed = async || app.log_in("tutor").await.get(&class.path()).await.expect(200);
        super::read(&app, "late", &UNIT.to_string(), 44 * 60).await;
        assert_eq!(listed().await, json!([]));
        super::read(&app, "late", &UNIT.to_string(), 4 * 60).await;
        let found = listed().await;
        assert_eq!((&found[0]["kind"], &found[0]["unit_title"]), (&json!("silent_reading"), &json!("U")));
        assert_eq!((&found[0]["count"], found.as_array().unwrap().len()), (&json!(47), 1));

        // What a phone brings later was asked nothing.
        execute(&app, "UPDATE study_interval SET entry_id = id").await;
        assert_eq!(listed().await, json!([]));
    }

    async fn the_learner_sees_nothing_and_nothing_changes_for_them(app) {
        let class = Class::open(&app).await;
        class.answer_all(&app, 1).await;
        let before = class.learner.get("/api/v1/me/courses").await.expect(200);
        let fact = class.listed().await[0]["fact"].clone();
        class.look(&fact, "words-of-the-note").await.expect(201);
        assert_eq!(class.learner.get("/api/v1/me/courses").await.expect(200), before);
        assert_eq!(class.learner.get(&class.path()).await.expect_problem(404), "not-found");
        let own = class.learner.get("/api/v1/me/data").await.expect(200).to_string();
        assert!(!own.contains("words-of-the-note"), "{own}");
        let log = super::log(&app).await;
        assert!(log.contains("rapid_right") && !log.contains("words-of-the-note"), "{log}");
    }

    async fn a_look_that_is_repeated_is_noted_once(app) {
        let class = Class::open(&app).await;
        class.answer_all(&app, 1).await;
        let fact = class.listed().await[0]["fact"].clone();
        let look = async || {
            let request = class.tutor.request(Method::POST, &format!("{}/looks", class.path()));
            let body = json!({ "kind": "rapid_right", "fact": fact, "note": "看过了" });
            send(request.header("idempotency-key", "k").json(&body)).await.expect(201)
        };
        assert_eq!(look().await, look().await);
    }

    async fn what_is_long_ago_is_not_shown_any_more(app) {
        let class = Class::open(&app).await;
        class.answer_all(&app, 1).await;
        execute(&app, "UPDATE exercise_answer SET answered_at = answered_at - 7862400000").await;
        assert_eq!(class.listed().await, json!([]));
    }
}
