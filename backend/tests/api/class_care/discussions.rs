//! 班级讨论: opened by teachers, written in by the class, and kept in order; nothing that was written is lost.

use super::{Class, class_place, keeper};
use crate::{
    exam_world::World,
    people::audited,
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::{waiting, work},
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const OWN: &str = "/api/v1/me/discussions";
const TOPICS: &str = "/api/v1/discussions";
const REPORTS: &str = "/api/v1/discussion_reports";

/// A class in which three learners talk about one topic.
struct Talk {
    class: Class,
    world: World,
    one: Client,
    other: Client,
    third: Client,
    topic: String,
}

impl Talk {
    async fn open(app: &TestApp) -> Self {
        let world = World::draft(app, 3).await;
        let [one, other, third] = [0, 1, 2].map(|nth: usize| world.candidates[nth].client.clone());
        let class = Class::of(app, &one).await;
        let topic = opened(&class, "签合同").await;
        Self { class, world, one, other, third, topic }
    }

    async fn write(&self, learner: &Client, text: &str) -> Reply {
        learner.post(&format!("{OWN}/{}/posts", self.topic), &json!({ "text": text })).await
    }

    /// Writes; the post's id.
    async fn written(&self, learner: &Client, text: &str) -> String {
        id(&self.write(learner, text).await.expect(201))
    }

    async fn reply(&self, learner: &Client, to: &str, text: &str) -> Reply {
        learner.post(&format!("{OWN}/{}/posts", self.topic), &json!({ "text": text, "reply_to": to })).await
    }

    /// What a learner reads in the topic.
    async fn read_by(&self, learner: &Client) -> Value {
        learner.get(&format!("{OWN}/{}/posts", self.topic)).await.expect(200)["items"].clone()
    }

    /// What the tutor reads there.
    async fn read_by_tutor(&self) -> Value {
        self.class.tutor.get(&format!("{TOPICS}/{}/posts", self.topic)).await.expect(200)["items"].clone()
    }

    async fn step(&self, step: &str) -> Reply {
        self.class.tutor.post(&format!("{TOPICS}/{}/steps", self.topic), &json!({ "step": step })).await
    }

    async fn moderate(&self, post: &str, step: &str, reason: &str) -> Reply {
        let path = format!("/api/v1/discussion_posts/{post}/steps");
        self.class.tutor.post(&path, &json!({ "step": step, "reason": reason })).await
    }
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

/// Opens a topic to the class; its id.
async fn opened(class: &Class, title: &str) -> String {
    let new = json!({ "title": title, "text": "您签过劳动合同吗？words-of-the-topic" });
    id(&class.tutor.post(&class.path("discussions"), &new).await.expect(201)["topic"])
}

async fn report(learner: &Client, post: &str, reason: &str) -> Reply {
    learner.post(&format!("/api/v1/me/discussion_posts/{post}/reports"), &json!({ "reason": reason })).await
}

async fn take_back(learner: &Client, post: &str) -> Reply {
    learner.post(&format!("/api/v1/me/discussion_posts/{post}/take_back"), &json!({})).await
}

async fn unread(learner: &Client) -> (Value, Value) {
    let news = learner.get(&format!("{OWN}/unread")).await.expect(200);
    (news["topics"].clone(), news["unread"].clone())
}

db_tests! {
    async fn the_class_talks_and_knows_what_is_new(app) {
        let talk = Talk::open(&app).await;
        assert_eq!(unread(&talk.one).await, (json!(1), json!(0)));
        let first = talk.written(&talk.one, " 我没签过。\n").await;
        talk.reply(&talk.other, &first, "我也是").await.expect(201);
        let path = format!("{TOPICS}/{}/posts", talk.topic);
        talk.class.tutor.post(&path, &json!({ "text": "都要签" })).await.expect(201);

        assert_eq!((unread(&talk.one).await.1, unread(&talk.third).await.1), (json!(2), json!(3)), "not one's own");
        let threads = talk.read_by(&talk.third).await;
        let (newest, oldest) = (&threads[0], &threads[1]);
        assert_eq!((&newest["post"]["text"], &newest["post"]["by_name"]), (&json!("都要签"), &json!("tutor")));
        assert_eq!((&newest["post"]["is_teacher"], &newest["post"]["number"]), (&json!(true), &json!(3)));
        assert_eq!((&oldest["post"]["text"], &oldest["replies"][0]["text"]), (&json!("我没签过。"), &json!("我也是")));
        assert_eq!(oldest["post"]["by_name"], "l*******0", "classmates do not see the whole name");
        assert!(!threads.to_string().contains("learner-"), "{threads}");
        let own = &talk.read_by(&talk.one).await[1]["post"];
        assert_eq!((&own["by_name"], &own["is_own"]), (&json!("learner-0"), &json!(true)));
        assert_eq!(talk.read_by_tutor().await[1]["post"]["by_name"], "learner-0", "teachers do");

        let listed = talk.third.get(OWN).await.expect(200)["items"].clone();
        assert_eq!((&listed[0]["unread"], &listed[0]["topic"]["posts"]), (&json!(3), &json!(3)));
        assert_eq!((&listed[0]["topic"]["by_name"], &listed[0]["topic"]["class_name"]), (&json!("tutor"), &json!("Class")));
        let read = async |upto: u32| {
            talk.third.post(&format!("{OWN}/{}/read", talk.topic), &json!({ "upto": upto })).await.expect(200)["unread"].clone()
        };
        assert_eq!((read(2).await, read(1).await), (json!(1), json!(1)), "reading less takes nothing back");
        assert_eq!((read(99).await, unread(&talk.third).await.1), (json!(0), json!(0)));
        talk.written(&talk.one, "还有一点").await;
        assert_eq!(unread(&talk.third).await.1, 1, "what came later is new");
    }

    async fn a_topic_may_be_about_a_unit_and_is_found_there(app) {
        let talk = Talk::open(&app).await;
        let units = talk.class.tutor.get(&talk.class.path("units")).await.expect(200);
        let (course, unit) = (units[0]["course_id"].clone(), units[0]["units"][0]["id"].clone());
        let new = |course: &Value, unit: &Value| json!({ "title": "T", "text": "Q", "course_id": course, "unit_id": unit });
        let open = async |new: Value| talk.class.tutor.post(&talk.class.path("discussions"), &new).await;
        let about = open(new(&course, &unit)).await.expect(201)["topic"].clone();
        assert_eq!((&about["unit_title"], &about["course_title"]), (&json!("U"), &json!("Course")));
        let found = talk.one.get(&format!("{OWN}?unit_id={}", unit.as_str().unwrap())).await.expect(200);
        assert_eq!((found["items"].as_array().unwrap().len(), &found["items"][0]["topic"]["id"]), (1, &about["id"]));
        let pointer = |problem: Value| problem["errors"][0]["pointer"].as_str().unwrap().to_owned();
        let nothing = json!(app.cx.ids.uuid());
        assert_eq!(pointer(open(new(&nothing, &Value::Null)).await.expect(422)), "/course_id");
        assert_eq!(pointer(open(new(&course, &nothing)).await.expect(422)), "/unit_id");
        assert_eq!(pointer(open(new(&Value::Null, &unit)).await.expect(422)), "/course_id");
    }

    async fn a_post_is_reported_hidden_and_shown_again(app) {
        let talk = Talk::open(&app).await;
        let post = talk.written(&talk.one, "words-of-the-post").await;
        assert_eq!(report(&talk.one, &post, "不合适").await.expect_problem(409), "wrong-state");
        assert_eq!(report(&talk.other, &post, "").await.expect_problem(422), "invalid");
        let (now, again) = join(report(&talk.other, &post, "不合适"), report(&talk.other, &post, "不合适")).await;
        assert_eq!((now.expect(200)["is_reported"].clone(), again.status), (json!(true), 200));
        report(&talk.third, &post, "是广告").await.expect(200);
        assert_eq!(work(&talk.class.tutor).await, [("posts_reported".to_owned(), 1)]);
        let reports = talk.class.tutor.get(REPORTS).await.expect(200)["items"].clone();
        let by: Vec<_> = reports[0]["reports"].as_array().unwrap().iter().map(|report| report["by_name"].clone()).collect();
        assert_eq!((by, &reports[0]["post"]["text"]), (vec![json!("learner-1"), json!("learner-2")], &json!("words-of-the-post")));
        assert_eq!(talk.read_by(&talk.one).await[0]["post"]["is_reported"], false, "who wrote it does not learn of it");

        assert_eq!(talk.moderate(&post, "hide", " ").await.expect_problem(422), "invalid");
        talk.moderate(&post, "hide", "与讨论无关").await.expect(200);
        assert_eq!((waiting(&talk.class.tutor, "posts_reported").await, talk.class.tutor.get(REPORTS).await.expect(200)["items"].clone()), (0, json!([])));
        let hidden = talk.read_by(&talk.other).await[0]["post"].clone();
        assert_eq!((&hidden["state"], &hidden["text"], &hidden["hidden_for"]), (&json!("hidden"), &Value::Null, &Value::Null));
        let own = talk.read_by(&talk.one).await[0]["post"].clone();
        assert_eq!((&own["text"], &own["hidden_for"]), (&json!("words-of-the-post"), &json!("与讨论无关")));
        assert_eq!(talk.reply(&talk.other, &post, "回复").await.expect_problem(409), "wrong-state");
        assert_eq!(report(&talk.other, &post, "不合适").await.expect_problem(409), "wrong-state");
        assert_eq!(talk.moderate(&post, "hide", "与讨论无关").await.expect_problem(409), "wrong-state");
        talk.moderate(&post, "show", "").await.expect(200);
        assert_eq!(talk.read_by(&talk.other).await[0]["post"]["text"], "words-of-the-post");

        report(&talk.other, &post, "不合适").await.expect(200);
        assert_eq!(waiting(&talk.class.tutor, "posts_reported").await, 1, "it may be reported anew");
        talk.moderate(&post, "keep", "").await.expect(200);
        assert_eq!(waiting(&talk.class.tutor, "posts_reported").await, 0);
        assert_eq!(talk.moderate(&post, "keep", "").await.expect_problem(409), "wrong-state");
        let log = json!([audited(&app, "lead_discussion").await, audited(&app, "study_own_course").await]).to_string();
        assert!(log.contains("hide") && log.contains(&post), "{log}");
        assert!(!log.contains("words-of") && !log.contains("与讨论无关"), "{log}");
    }

    async fn what_was_taken_back_nobody_reads_and_its_writer_keeps(app) {
        let talk = Talk::open(&app).await;
        let post = talk.written(&talk.one, "说错了").await;
        assert_eq!(take_back(&talk.other, &post).await.expect_problem(404), "not-found");
        assert_eq!(take_back(&talk.one, &post).await.expect(200)["state"], "taken_back");
        assert_eq!(take_back(&talk.one, &post).await.expect_problem(409), "wrong-state");
        for read in [talk.read_by(&talk.one).await, talk.read_by(&talk.other).await, talk.read_by_tutor().await] {
            assert!(!read.to_string().contains("说错了"), "{read}");
        }
        assert_eq!(talk.moderate(&post, "show", "").await.expect_problem(409), "wrong-state");
        let own = talk.one.get("/api/v1/me/data").await.expect(200)["discussion"].clone();
        assert_eq!((&own["posts"][0]["text"], &own["posts"][0]["state"]), (&json!("说错了"), &json!("taken_back")));
        report(&talk.third, &talk.written(&talk.one, "再说").await, "不合适").await.expect(200);
        talk.third.post(&format!("{OWN}/{}/read", talk.topic), &json!({ "upto": 2 })).await.expect(200);
        let own = talk.third.get("/api/v1/me/data").await.expect(200)["discussion"].clone();
        assert_eq!((&own["reports"][0]["reason"], &own["readings"][0]["topic_title"]), (&json!("不合适"), &json!("签合同")));
    }

    async fn a_report_waits_for_a_teacher_also_when_its_post_is_taken_back(app) {
        let talk = Talk::open(&app).await;
        let post = talk.written(&talk.one, "words-of-the-post").await;
        report(&talk.other, &post, "不合适").await.expect(200);
        take_back(&talk.one, &post).await.expect(200);
        assert_eq!(waiting(&talk.class.tutor, "posts_reported").await, 1);
        let waits = talk.class.tutor.get(REPORTS).await.expect(200)["items"][0].clone();
        assert_eq!((&waits["post"]["text"], &waits["post"]["state"]), (&json!("words-of-the-post"), &json!("taken_back")));
        assert_eq!((waits["reports"].as_array().unwrap().len(), &waits["reports"][0]["reason"]), (1, &json!("不合适")));
        for learner in [&talk.one, &talk.other] {
            assert_eq!(talk.read_by(learner).await[0]["post"]["text"], Value::Null);
        }
        assert_eq!(talk.read_by_tutor().await[0]["post"]["text"], "words-of-the-post");
        assert_eq!(talk.moderate(&post, "hide", "与讨论无关").await.expect_problem(409), "wrong-state");
        talk.moderate(&post, "keep", "").await.expect(200);
        assert_eq!(waiting(&talk.class.tutor, "posts_reported").await, 0);
        assert_eq!(talk.read_by_tutor().await[0]["post"]["text"], Value::Null);
        assert_eq!(talk.moderate(&post, "keep", "").await.expect_problem(409), "wrong-state");
    }

    async fn no_teacher_clears_their_own_post(app) {
        let talk = Talk::open(&app).await;
        let path = format!("{TOPICS}/{}/posts", talk.topic);
        let post = id(&talk.class.tutor.post(&path, &json!({ "text": "都要签" })).await.expect(201));
        report(&talk.one, &post, "不合适").await.expect(200);
        assert_eq!(talk.moderate(&post, "keep", "").await.expect_problem(409), "wrong-state");
        talk.moderate(&post, "hide", "先核实一下").await.expect(200);
        assert_eq!(talk.moderate(&post, "show", "").await.expect_problem(409), "wrong-state");
        let teacher = keeper(&app, "teacher", Role::Teacher, &class_place(talk.class.id, talk.class.provider)).await;
        let show = json!({ "step": "show", "reason": "" });
        teacher.post(&format!("/api/v1/discussion_posts/{post}/steps"), &show).await.expect(200);
        assert_eq!(talk.read_by(&talk.one).await[0]["post"]["text"], "都要签");
    }

    async fn what_is_written_has_its_limits(app) {
        let talk = Talk::open(&app).await;
        let code = |problem: Value| problem["errors"][0]["code"].as_str().unwrap().to_owned();
        assert_eq!(code(talk.write(&talk.one, " \n").await.expect(422)), "required");
        assert_eq!(code(talk.write(&talk.one, &"说".repeat(501)).await.expect(422)), "too-long");
        assert_eq!(code(talk.write(&talk.one, "打我电话 199 0000 9137").await.expect(422)), "holds-number");
        let post = talk.written(&talk.one, &"说".repeat(500)).await;
        let reply = id(&talk.reply(&talk.one, &post, "补充").await.expect(201));
        assert_eq!(code(talk.reply(&talk.one, &reply, "再补充").await.expect(422)), "not-found", "one level deep");
        let elsewhere = opened(&talk.class, "别的").await;
        let astray = json!({ "text": "A", "reply_to": post });
        assert_eq!(code(talk.one.post(&format!("{OWN}/{elsewhere}/posts"), &astray).await.expect(422)), "not-found");
        for n in 2..10 {
            talk.written(&talk.one, &format!("第{n}条")).await;
        }
        let refused = talk.write(&talk.one, "太多了").await;
        assert_eq!(refused.headers["retry-after"], "600");
        let refused = refused.expect(429);
        assert!(refused["detail"].as_str().unwrap().contains("10"), "{refused}");
        talk.written(&talk.other, "别人还可以").await;
        app.clock.advance_s(600);
        let one = app.log_in("learner-0").await;
        talk.written(&one, "过了一会儿").await;
        let page = async |cursor: &str| one.get(&format!("{OWN}/{}/posts?limit=6{cursor}", talk.topic)).await.expect(200);
        let first = page("").await;
        let second = page(&format!("&cursor={}", first["next_cursor"].as_str().unwrap())).await;
        let rows = |page: &Value| page["items"].as_array().unwrap().len();
        assert_eq!((rows(&first), rows(&second), &second["next_cursor"]), (6, 5, &Value::Null));
    }

    async fn a_topic_is_closed_and_opened_again(app) {
        let talk = Talk::open(&app).await;
        assert_eq!(talk.step("reopen").await.expect_problem(409), "wrong-state");
        assert_eq!(talk.step("close").await.expect(200)["topic"]["is_closed"], true);
        assert_eq!(talk.step("close").await.expect_problem(409), "wrong-state");
        assert_eq!(talk.write(&talk.one, "还能说吗").await.expect_problem(409), "wrong-state");
        talk.step("reopen").await.expect(200);
        talk.written(&talk.one, "又能说了").await;
        execute(&app, "UPDATE class SET state = 'finished'").await;
        assert_eq!(talk.write(&talk.one, "课上完了").await.expect_problem(409), "wrong-state");
        let new = json!({ "title": "T", "text": "Q" });
        assert_eq!(talk.class.tutor.post(&talk.class.path("discussions"), &new).await.expect_problem(409), "wrong-state");
    }

    async fn a_request_that_is_repeated_writes_once_and_two_at_once_get_two_numbers(app) {
        let talk = Talk::open(&app).await;
        let path = format!("{OWN}/{}/posts", talk.topic);
        let write = async |text: &str| {
            let request = talk.one.request(Method::POST, &path).header("idempotency-key", "k");
            send(request.json(&json!({ "text": text }))).await
        };
        let (first, again) = join(write("一次"), write("一次")).await;
        assert_eq!(first.expect(201)["id"], again.expect(201)["id"]);
        assert_eq!(write("别的").await.expect_problem(422), "idempotency-conflict");
        let (one, other) = join(talk.write(&talk.other, "甲"), talk.write(&talk.third, "乙")).await;
        let mut numbers = [one.expect(201)["number"].as_u64(), other.expect(201)["number"].as_u64()];
        numbers.sort_unstable();
        assert_eq!(numbers, [Some(2), Some(3)]);
        let open = async || {
            let request = talk.class.tutor.request(Method::POST, &talk.class.path("discussions"));
            id(&send(request.header("idempotency-key", "t").json(&json!({ "title": "T", "text": "Q" }))).await.expect(201)["topic"])
        };
        assert_eq!(open().await, open().await);
    }

    async fn nobody_outside_the_class_takes_part_and_the_office_reads(app) {
        let talk = Talk::open(&app).await;
        let post = talk.written(&talk.one, "发言").await;
        let (topic, own) = (format!("{TOPICS}/{}", talk.topic), format!("{OWN}/{}", talk.topic));
        let text = json!({ "text": "P" });
        let office = keeper(&app, "office", Role::SchoolOffice, &talk.class.school()).await;
        assert_eq!(office.get(&talk.class.path("discussions")).await.expect(200)["items"][0]["topic"]["title"], "签合同");
        assert_eq!(office.post(&format!("{topic}/posts"), &text).await.expect_problem(403), "forbidden");
        assert_eq!(office.post(&format!("{topic}/steps"), &json!({ "step": "close" })).await.expect_problem(403), "forbidden");
        assert_eq!(office.get(REPORTS).await.expect_problem(403), "forbidden");
        let mut strangers = talk.class.strangers(&app).await;
        strangers.extend([talk.one.clone(), app.staff("county", Role::CountyBureau, "330502").await]);
        for client in &strangers {
            assert_eq!(client.get(&topic).await.expect_problem(404), "not-found");
            assert_eq!(client.get(&format!("{topic}/posts")).await.expect_problem(404), "not-found");
            assert_eq!(client.post(&format!("{topic}/posts"), &text).await.expect_problem(404), "not-found");
            let hide = json!({ "step": "hide", "reason": "理由" });
            assert_eq!(client.post(&format!("/api/v1/discussion_posts/{post}/steps"), &hide).await.expect_problem(404), "not-found");
        }
        let teacher = keeper(&app, "teacher", Role::Teacher, &class_place(talk.class.id, talk.class.provider)).await;
        teacher.post(&format!("{topic}/posts"), &text).await.expect(201);
        assert_eq!(teacher.get(OWN).await.expect_problem(403), "forbidden");
        let later = talk.world.later_class(&app, "later").await;
        assert_eq!(unread(&later).await, (json!(0), json!(0)));
        assert_eq!(later.get(&own).await.expect_problem(404), "not-found");
        assert_eq!(later.get(&format!("{own}/posts")).await.expect_problem(404), "not-found");
        assert_eq!(talk.write(&later, "P").await.expect_problem(404), "not-found");
        assert_eq!(report(&later, &post, "理由").await.expect_problem(404), "not-found");
        execute(&app, "UPDATE class_member SET left_at = 1").await;
        assert_eq!(talk.one.get(&own).await.expect_problem(404), "not-found", "who has left does not read on");
        take_back(&talk.one, &post).await.expect(200);
    }
}
