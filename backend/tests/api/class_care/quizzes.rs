//! 小测: set of the exercises of the class's courses, done by its learners as often as they may; the best counts.

use super::{Class, class_place, keeper};
use crate::{
    exports::{column, taken},
    learning::{UNIT, studying},
    people::audited,
    support::{Client, Reply, TestApp, db_tests, execute, send},
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const OWN: &str = "/api/v1/me/quizzes";
/// The answers that are right, in order.
const RIGHT: [u16; 2] = [0, 1];

struct Set {
    learner: Client,
    class: Class,
    id: String,
}

impl Set {
    /// A quiz of both exercises of the course, of two attempts until a day.
    async fn up(app: &TestApp, feedback: &str) -> Self {
        let learner = studying(app).await;
        let class = Class::of(app, &learner).await;
        let entry = entry(&learner, feedback).await;
        let set = class.tutor.post(&class.path("quizzes"), &entry).await.expect(201);
        assert_eq!((&set["most"], &set["learners"], &set["done"]), (&json!(200), &json!(1), &json!(0)));
        Self { learner, class, id: set["id"].as_str().unwrap().to_owned() }
    }

    fn own(&self) -> String {
        format!("{OWN}/{}", self.id)
    }

    fn path(&self) -> String {
        format!("/api/v1/quizzes/{}", self.id)
    }

    async fn attempt(&self, chosen: &[u16]) -> Reply {
        attempt(&self.learner, &self.own(), chosen).await
    }
}

async fn entry(learner: &Client, feedback: &str) -> Value {
    let course = learner.get("/api/v1/me/courses").await.expect(200)[0]["course"]["id"].clone();
    let picks = [0, 1].map(|exercise| json!({ "unit_id": UNIT, "exercise": exercise }));
    json!({ "course_id": course, "title": " 小测一 ", "picks": picks, "attempts": 2, "feedback": feedback,
        "until": "2026-11-25" })
}

async fn attempt(learner: &Client, own: &str, chosen: &[u16]) -> Reply {
    let responses: Vec<_> = chosen.iter().map(|option| json!({ "kind": "single", "value": option })).collect();
    learner.post(&format!("{own}/attempts"), &json!({ "responses": responses })).await
}

/// Points of the best attempt, and how many were made.
fn reached(quiz: &Value) -> (Value, Value) {
    (quiz["best"].clone(), quiz["used"].clone())
}

db_tests! {
    async fn the_best_of_all_attempts_counts_and_each_is_scored_at_once(app) {
        let set = Set::up(&app, "at_once").await;
        let before = set.learner.get(&set.own()).await.expect(200);
        assert_eq!((&before["quiz"]["title"], &before["review"]), (&json!("小测一"), &json!([])));
        let text = before.to_string();
        assert!(!text.contains("because") && !text.contains("\"key"), "{text}");
        let first = set.attempt(&RIGHT).await.expect(201);
        assert_eq!(reached(&first["quiz"]), (json!(200), json!(1)));
        app.clock.advance_s(1);
        let second = set.attempt(&[0, 0]).await.expect(201);
        assert_eq!(reached(&second["quiz"]), (json!(200), json!(2)), "a worse attempt takes nothing away");
        assert_eq!((&second["review"][0]["is_right"], &second["review"][1]["is_right"]), (&json!(true), &json!(false)));
        assert_eq!((&second["review"][1]["unit_id"], &second["review"][1]["key_text"]), (&json!(UNIT), &json!("B")));
        assert!(second["review"][0]["explanation_html"].as_str().unwrap().contains("because"));
        assert_eq!(set.attempt(&RIGHT).await.expect_problem(409), "wrong-state");
        let sheet = set.class.tutor.get(&set.path()).await.expect(200);
        assert_eq!(reached(&sheet["learners"][0]), (json!(200), json!(2)));
        assert_eq!((&sheet["quiz"]["done"], &sheet["items"][1]["right"]), (&json!(1), &json!(1)), "the first attempt tells");
        let own = set.learner.get("/api/v1/me/data").await.expect(200)["quiz_attempts"].clone();
        assert_eq!((own.as_array().unwrap().len(), &own[0]["points"], &own[1]["points"]), (2, &json!(100), &json!(200)));
        let grades = set.class.tutor.get(&set.class.path("gradebook")).await.expect(200);
        let quizzes = &grades["items"][0]["courses"][0]["quizzes"];
        assert_eq!(quizzes, &json!({ "quizzes": 1, "done": 1, "points": 200, "most": 200 }));
        let [list, _] = taken(&set.class.tutor, &set.class.path("gradebook/exports")).await;
        assert_eq!(column(&list, "Course 小测得分（各次取最好）"), ["2 / 2"]);
        let standing = set.learner.get("/api/v1/me/courses").await.expect(200)[0]["standing"].clone();
        assert_eq!(standing["completed"], 0, "no task point rests on it");
    }

    async fn what_is_right_waits_for_the_last_attempt_or_the_last_day(app) {
        let set = Set::up(&app, "at_end").await;
        let first = set.attempt(&[1, 1]).await.expect(201);
        assert_eq!((reached(&first["quiz"]), &first["review"]), ((json!(100), json!(1)), &json!([])));
        assert!(!first.to_string().contains("because"));
        app.clock.advance_s(3 * 86_400);
        let learner = app.log_in("late").await;
        let over = learner.get(&set.own()).await.expect(200);
        assert_eq!((&over["quiz"]["state"], over["review"].as_array().unwrap().len()), (&json!("over"), 2));
        assert_eq!(attempt(&learner, &set.own(), &RIGHT).await.expect_problem(409), "wrong-state");
    }

    async fn what_is_sent_twice_or_twice_at_once_is_no_attempt_too_many(app) {
        let set = Set::up(&app, "at_once").await;
        let once = async || {
            let request = set.learner.request(Method::POST, &format!("{}/attempts", set.own()));
            let responses = [json!({ "kind": "single", "value": 0 }), json!({ "kind": "cleared" })];
            send(request.header("idempotency-key", "k").json(&json!({ "responses": responses }))).await.expect(201)
        };
        assert_eq!(reached(&once().await["quiz"]), (json!(100), json!(1)));
        assert_eq!(reached(&once().await["quiz"]), (json!(100), json!(1)), "a reply that was lost may be asked for again");
        let (one, other) = join(set.attempt(&RIGHT), set.attempt(&RIGHT)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }

    async fn what_is_wrong_with_an_attempt_or_a_quiz_is_named(app) {
        let set = Set::up(&app, "at_once").await;
        let attempts = format!("{}/attempts", set.own());
        let (single, cleared) = (json!({ "kind": "single", "value": 0 }), json!({ "kind": "cleared" }));
        for (responses, pointer, code) in [
            (json!([single]), "/responses", "wrong-type"),
            (json!([cleared, cleared]), "/responses", "required"),
            (json!([single, { "kind": "single", "value": 2 }]), "/responses/1", "wrong-type"),
            (json!([{ "kind": "true_false", "value": true }, single]), "/responses/0", "wrong-type"),
        ] {
            let problem = set.learner.post(&attempts, &json!({ "responses": responses })).await.expect(422);
            assert_eq!(found(&problem), (json!(pointer), json!(code)), "{responses}");
        }
        for (field, value, code) in [
            ("title", json!(" "), "required"),
            ("picks", json!([]), "required"),
            ("picks", json!([{ "unit_id": UNIT, "exercise": 2 }]), "not-found"),
            ("attempts", json!(11), "out-of-range"),
            ("until", json!("2026-11-22"), "out-of-range"),
            ("course_id", json!(UNIT), "not-found"),
        ] {
            let mut wrong = entry(&set.learner, "at_once").await;
            wrong[field] = value;
            let problem = set.class.tutor.post(&set.class.path("quizzes"), &wrong).await.expect(422);
            assert_eq!(found(&problem), (json!(format!("/{field}")), json!(code)));
        }
        execute(&app, "UPDATE class SET state = 'finished'").await;
        let entry = entry(&set.learner, "at_once").await;
        let over = set.class.tutor.post(&set.class.path("quizzes"), &entry).await;
        assert_eq!(over.expect_problem(409), "wrong-state");
    }

    async fn what_was_withdrawn_is_gone_and_what_was_answered_stays(app) {
        let set = Set::up(&app, "at_once").await;
        set.attempt(&RIGHT).await.expect(201);
        let teacher = keeper(&app, "teacher", Role::Teacher, &class_place(set.class.id, set.class.provider)).await;
        let withdraw = format!("{}/withdraw", set.path());
        assert_eq!(teacher.post(&withdraw, &json!({})).await.expect(200)["state"], "withdrawn");
        assert_eq!(teacher.post(&withdraw, &json!({})).await.expect_problem(409), "wrong-state");
        assert_eq!(set.learner.get(OWN).await.expect(200), json!([]));
        assert_eq!(set.learner.get(&set.own()).await.expect_problem(404), "not-found");
        assert_eq!(set.attempt(&RIGHT).await.expect_problem(409), "wrong-state");
        assert_eq!(reached(&set.class.tutor.get(&set.path()).await.expect(200)["learners"][0]), (json!(200), json!(1)));
        let log = audited(&app, "address_class").await;
        assert_eq!((log.len(), &log[1]["withdrawn"]), (2, &json!(true)));
    }

    async fn nobody_outside_the_class_takes_part_and_the_office_reads(app) {
        let set = Set::up(&app, "at_once").await;
        let office = keeper(&app, "office", Role::SchoolOffice, &set.class.school()).await;
        assert_eq!(office.get(&set.class.path("quizzes")).await.expect(200)[0]["title"], "小测一");
        let exercises = office.get(&set.class.path("quiz_exercises")).await.expect(200);
        assert_eq!(exercises[0]["units"][0]["exercises"][1]["stem"], "1 + 1");
        let entry = entry(&set.learner, "at_once").await;
        assert_eq!(office.post(&set.class.path("quizzes"), &entry).await.expect_problem(403), "forbidden");
        assert_eq!(office.post(&format!("{}/withdraw", set.path()), &json!({})).await.expect_problem(403), "forbidden");
        let mut strangers = set.class.strangers(&app).await;
        strangers.push(set.learner.clone());
        for client in &strangers {
            for path in [set.class.path("quizzes"), set.class.path("quiz_exercises"), set.path()] {
                assert_eq!(client.get(&path).await.expect_problem(404), "not-found");
            }
            assert_eq!(client.post(&format!("{}/withdraw", set.path()), &json!({})).await.expect_problem(404), "not-found");
        }
        let outsider = app.log_in("outsider").await;
        assert_eq!(outsider.get(OWN).await.expect(200), json!([]));
        assert_eq!(attempt(&outsider, &set.own(), &RIGHT).await.expect_problem(404), "not-found");
        execute(&app, "UPDATE class_member SET left_at = 1").await;
        assert_eq!(set.attempt(&RIGHT).await.expect_problem(404), "not-found", "who has left does it no more");
    }
}

fn found(problem: &Value) -> (Value, Value) {
    (problem["errors"][0]["pointer"].clone(), problem["errors"][0]["code"].clone())
}
