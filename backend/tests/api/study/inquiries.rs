//! 提问: asked at a unit, answered inside the class, and shown to it without a name.

use crate::{
    exam_world::World,
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::{waiting, work},
};
use backend::learning;
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ClassId, ProviderId},
    rights::{Place, Role, RoleAt},
};

const INQUIRIES: &str = "/api/v1/inquiries";
const OWN: &str = "/api/v1/me/inquiries";

/// A class with two learners and its tutor.
struct Class {
    asker: Client,
    classmate: Client,
    tutor: Client,
    id: ClassId,
    provider: ProviderId,
    unit: String,
    world: World,
}

impl Class {
    async fn open(app: &TestApp) -> Self {
        let world = World::draft(app, 2).await;
        let [asker, classmate] = [0, 1].map(|nth: usize| world.candidates[nth].client.clone());
        let account: AccountId = parsed(&asker.get("/api/v1/me").await.expect(200)["account_id"]);
        let mine = asker.get("/api/v1/me/courses").await.expect(200);
        let id: ClassId = parsed(&mine[0]["class_id"]);
        let map = asker.get(&format!("/api/v1/me/courses/{}", world.course_id)).await.expect(200);
        let unit = map["modules"][0]["units"][0]["id"].as_str().unwrap().to_owned();
        let provider = learning::provider_of(&app.cx, account, world.course_id).await.unwrap().unwrap();
        let tutor = keeper(app, "tutor", Role::ClassTutor, &class_place(id, provider)).await;
        Self { asker, classmate, tutor, id, provider, unit, world }
    }

    fn at_unit(&self) -> String {
        format!("/api/v1/me/units/{}/inquiries", self.unit)
    }

    async fn ask(&self, text: &str) -> Reply {
        self.asker.post(&self.at_unit(), &json!({ "text": text })).await
    }

    /// Asks; the path of the question for its teachers.
    async fn asked(&self, text: &str) -> String {
        let asked = self.ask(text).await.expect(201);
        format!("{INQUIRIES}/{}", asked["id"].as_str().unwrap())
    }

    /// What a learner sees at the unit.
    async fn seen_by(&self, learner: &Client) -> Value {
        learner.get(&self.at_unit()).await.expect(200)
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    value.as_str().unwrap().parse().unwrap()
}

fn class_place(id: ClassId, provider: ProviderId) -> Place {
    Place::Class { id, provider, division: "330502".to_owned() }
}

async fn keeper(app: &TestApp, name: &str, role: Role, place: &Place) -> Client {
    app.person(name, &[RoleAt { role, place: place.clone() }]).await
}

async fn answer(teacher: &Client, path: &str, text: &str) -> Reply {
    teacher.post(&format!("{path}/answer"), &json!({ "text": text })).await
}

async fn publish(teacher: &Client, path: &str, is_public: bool) -> Reply {
    teacher.post(&format!("{path}/publication"), &json!({ "is_public": is_public })).await
}

async fn close(learner: &Client, path: &str) -> Reply {
    learner.post(&format!("{}/close", path.replace(INQUIRIES, OWN)), &json!({})).await
}

fn texts(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["text"].as_str().unwrap()).collect()
}

db_tests! {
    async fn a_question_is_asked_answered_and_read(app) {
        let class = Class::open(&app).await;
        assert_eq!(work(&class.tutor).await, []);
        let path = class.asked(" 这里为什么是 2？\n").await;
        assert_eq!(work(&class.tutor).await, [("inquiries_to_answer".to_owned(), 1)]);
        let listed = class.tutor.get(&format!("{INQUIRIES}?state=open")).await.expect(200)["items"].clone();
        let row = &listed[0];
        assert_eq!((&row["learner_name"], &row["class_name"]), (&json!("learner-0"), &json!("Class")));
        assert_eq!((&row["inquiry"]["text"], &row["inquiry"]["unit_title"]), (&json!("这里为什么是 2？"), &json!("U")));

        let home = async || class.asker.get("/api/v1/me/courses").await.expect(200)[0]["answers"].clone();
        assert_eq!(home().await, 0);
        let answered = answer(&class.tutor, &path, "因为 1 + 1 = 2。").await.expect(200);
        assert_eq!((&answered["inquiry"]["state"], &answered["inquiry"]["answer"]["by_name"]), (&json!("answered"), &json!("tutor")));
        assert_eq!((waiting(&class.tutor, "inquiries_to_answer").await, home().await), (0, json!(1)));
        let own = class.asker.get(&format!("{OWN}?state=answered")).await.expect(200);
        assert_eq!((own[0]["answer"]["text"].as_str(), &own[0]["course_title"]), (Some("因为 1 + 1 = 2。"), &json!("Course")));
        assert_eq!(class.seen_by(&class.asker).await["own"], own);
        assert_eq!(class.asker.get("/api/v1/me/data").await.expect(200)["inquiries"], own, "it is among one's own data");

        assert_eq!(close(&class.asker, &path).await.expect(200)["state"], "closed");
        assert_eq!(home().await, 0);
        assert_eq!(class.asker.get(&format!("{OWN}?state=answered")).await.expect(200), json!([]));
        assert_eq!(texts(&class.asker.get(OWN).await.expect(200)), ["这里为什么是 2？"]);
    }

    async fn the_class_sees_what_was_published_and_not_who_asked(app) {
        let class = Class::open(&app).await;
        let path = class.asked("不好意思问的问题").await;
        assert_eq!(publish(&class.tutor, &path, true).await.expect_problem(409), "wrong-state");
        answer(&class.tutor, &path, "问得好。").await.expect(200);
        assert_eq!(class.seen_by(&class.classmate).await, json!({ "own": [], "public": [] }));
        publish(&class.tutor, &path, true).await.expect(200);
        let seen = class.seen_by(&class.classmate).await;
        assert_eq!((&seen["public"][0]["text"], &seen["public"][0]["answer"]["text"]), (&json!("不好意思问的问题"), &json!("问得好。")));
        assert!(!seen.to_string().contains("learner-0") && seen["public"][0].as_object().unwrap().len() == 3, "{seen}");
        let own = class.seen_by(&class.asker).await;
        assert_eq!((own["own"][0]["is_public"].clone(), &own["public"]), (json!(true), &json!([])));
        let other_class = class.world.later_class(&app, "later").await;
        assert_eq!(other_class.get(&class.at_unit()).await.expect(200)["public"], json!([]));
        publish(&class.tutor, &path, false).await.expect(200);
        assert_eq!(class.seen_by(&class.classmate).await["public"], json!([]));
    }

    async fn nobody_outside_the_class_takes_part(app) {
        let class = Class::open(&app).await;
        let path = class.asked("问题").await;
        let other = class_place(app.cx.ids.new_id(), class.provider);
        let school = Place::Provider { id: class.provider, division: "330502".to_owned() };
        let teacher = keeper(&app, "teacher", Role::Teacher, &school).await;
        let neighbour = keeper(&app, "neighbour", Role::ClassTutor, &other).await;
        let author = app.staff("author", Role::Teacher, "33").await;
        let office = keeper(&app, "office", Role::SchoolOffice, &school).await;
        let (_, outsider) = app.learner("outsider").await;
        assert_eq!(teacher.get(INQUIRIES).await.expect(200)["items"].as_array().unwrap().len(), 1, "whose school it is");
        assert_eq!(neighbour.get(INQUIRIES).await.expect(200)["items"], json!([]));
        assert_eq!(neighbour.get(&format!("{INQUIRIES}?class_id={}", class.id)).await.expect(200)["items"], json!([]));
        for client in [&author, &office, &outsider, &class.classmate] {
            assert_eq!(client.get(INQUIRIES).await.expect_problem(403), "forbidden");
        }
        for client in [&neighbour, &author, &office, &outsider, &class.classmate, &class.asker] {
            assert_eq!(answer(client, &path, "A").await.expect_problem(404), "not-found");
            assert_eq!(publish(client, &path, true).await.expect_problem(404), "not-found");
        }
        assert_eq!(outsider.post(&class.at_unit(), &json!({ "text": "Q" })).await.expect_problem(404), "not-found");
        assert_eq!(close(&class.classmate, &path).await.expect_problem(404), "not-found");
        assert_eq!(class.tutor.post(&class.at_unit(), &json!({ "text": "Q" })).await.expect_problem(403), "forbidden");
    }

    async fn it_is_answered_once_and_ended_once(app) {
        let class = Class::open(&app).await;
        let path = class.asked("问题").await;
        let (one, other) = join(answer(&class.tutor, &path, "甲"), answer(&class.tutor, &path, "乙")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        close(&class.asker, &path).await.expect(200);
        assert_eq!(close(&class.asker, &path).await.expect_problem(409), "wrong-state");
        publish(&class.tutor, &path, true).await.expect(200);
        let withdrawn = class.asked("不用问了").await;
        close(&class.asker, &withdrawn).await.expect(200);
        assert_eq!(answer(&class.tutor, &withdrawn, "A").await.expect_problem(409), "wrong-state");
        assert_eq!(publish(&class.tutor, &withdrawn, true).await.expect_problem(409), "wrong-state");
        assert_eq!(work(&class.tutor).await, []);
    }

    async fn what_is_asked_and_answered_has_its_limits(app) {
        let class = Class::open(&app).await;
        let code = |problem: Value| problem["errors"][0]["code"].as_str().unwrap().to_owned();
        assert_eq!(code(class.ask(" \n").await.expect(422)), "required");
        assert_eq!(code(class.ask(&"问".repeat(501)).await.expect(422)), "too-long");
        let path = class.asked(&"问".repeat(500)).await;
        assert_eq!(code(answer(&class.tutor, &path, "").await.expect(422)), "required");
        assert_eq!(code(answer(&class.tutor, &path, &"答".repeat(2_001)).await.expect(422)), "too-long");
        for n in 1..20 {
            class.ask(&format!("第{n}个")).await.expect(201);
        }
        let refused = class.ask("再问一个").await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("20"), "{refused}");
        close(&class.asker, &path).await.expect(200);
        class.ask("再问一个").await.expect(201);
        let first = class.tutor.get(&format!("{INQUIRIES}?state=open&limit=15")).await.expect(200);
        let next = first["next_cursor"].as_str().unwrap();
        let second = class.tutor.get(&format!("{INQUIRIES}?state=open&limit=15&cursor={next}")).await.expect(200);
        let rows = |page: &Value| page["items"].as_array().unwrap().len();
        assert_eq!((rows(&first), rows(&second), &second["next_cursor"]), (15, 5, &Value::Null));
        execute(&app, "UPDATE class SET state = 'finished'").await;
        assert_eq!(class.ask("课上完了").await.expect_problem(409), "wrong-state");
    }

    async fn a_request_that_is_repeated_asks_once(app) {
        let class = Class::open(&app).await;
        let ask = async |text: &str| {
            let request = class.asker.request(Method::POST, &class.at_unit()).header("idempotency-key", "k");
            send(request.json(&json!({ "text": text }))).await
        };
        let first = ask("问题").await.expect(201);
        assert_eq!(ask("问题").await.expect(201)["id"], first["id"]);
        assert_eq!(ask("别的").await.expect_problem(422), "idempotency-conflict");
        assert_eq!(waiting(&class.tutor, "inquiries_to_answer").await, 1);
    }

    async fn the_log_says_who_did_what_and_nothing_of_the_words(app) {
        let class = Class::open(&app).await;
        let path = class.asked("words-of-the-question").await;
        answer(&class.tutor, &path, "words-of-the-answer").await.expect(200);
        publish(&class.tutor, &path, true).await.expect(200);
        let log = super::log(&app).await;
        assert!(log.contains("answer_inquiry") && log.contains("is_public"), "{log}");
        assert!(!log.contains("words-of"), "{log}");
    }
}
