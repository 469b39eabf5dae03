//! 学习提醒: who is away is reminded in the app and by text, once in three days, or called.

use super::{Class, class_place, keeper, parsed};
use crate::{
    classes::school::{CLASSES, course, step as class_step},
    enrolment::Desk,
    exam_world::World,
    learning::{UNIT, studying},
    people::audited,
    support::{Client, Reply, TestApp, db_tests, execute, send},
};
use backend::{learning, platform::config::SmsConfig};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, ClassId},
    rights::Role,
};
use std::{fs, path::PathBuf};

const OWN: &str = "/api/v1/me/reminders";

/// The same system, whose messages are lines of a file.
fn texting(app: TestApp) -> (TestApp, PathBuf) {
    let file = app.store.folder().join("texts.jsonl");
    let carrier = Some(SmsConfig::File(file.clone()));
    (app.configured(|config| config.sms = carrier), file)
}

async fn remind(tutor: &Client, class: &Class, body: &Value) -> Reply {
    tutor.post(&class.path("reminders"), body).await
}

/// A class with a learner who completed everything, and one who has not begun, after so many days.
async fn after(app: &TestApp, days: i64) -> (Class, AccountId) {
    let world = World::draft(app, 1).await;
    world.newcomer(app, "newcomer").await;
    let mut class = Class::of(app, &world.candidates[0].client).await;
    class.later(app, days).await;
    let newcomer = app.log_in("newcomer").await.get("/api/v1/me").await.expect(200);
    (class, parsed(&newcomer["account_id"]))
}

/// A class with a registered learner who has a phone, and its tutor.
async fn registered(app: &TestApp) -> (Class, Value) {
    let desk = Desk::open(app).await;
    let record = desk.register(&desk.enrol(2).await).await;
    let course = json!(course(app, "GYW01").await);
    let entry = json!({ "provider_id": desk.school, "name": "夜校一班", "form": "evening", "capacity": 9,
        "courses": [{ "course_id": course }] });
    let plan = desk.clerk.post(CLASSES, &entry).await.expect(201);
    let id: ClassId = parsed(&plan["class"]["id"]);
    let path = format!("{CLASSES}/{id}");
    let county = app.staff("county-of-class", Role::CountyBureau, "330502").await;
    class_step(&county, &path, "approved").await.expect(200);
    class_step(&desk.clerk, &path, "enrolling").await.expect(200);
    let learners = json!({ "learners": [record["account_id"]] });
    desk.clerk.post(&format!("{path}/members"), &learners).await.expect(201);
    let provider = learning::class(&app.cx, id).await.unwrap().provider_id;
    let tutor = keeper(app, "tutor", Role::ClassTutor, &learning::class(&app.cx, id).await.unwrap().place()).await;
    (Class { id, provider, tutor }, record)
}

db_tests! {
    async fn who_is_away_is_reminded_and_reads_it(app) {
        let (class, newcomer) = after(&app, 20).await;
        let sent = remind(&class.tutor, &class, &json!({})).await.expect(201);
        assert_eq!(sent, json!({ "reminded": 1, "texted": 0, "lately": 0 }));
        let learner = app.log_in("newcomer").await;
        let own = learner.get(OWN).await.expect(200);
        assert_eq!((&own[0]["by_name"], &own[0]["class_name"], &own[0]["days"]), (&json!("tutor"), &json!("Class"), &json!(20)));
        assert_eq!(own[0]["unit_title"], Value::Null);
        assert_eq!((own.as_array().unwrap().len(), &own[0]["read_at"]), (1, &Value::Null));
        let path = format!("{OWN}/{}/read", own[0]["id"].as_str().unwrap());
        let other = app.log_in("learner-0").await;
        assert_eq!(other.get(OWN).await.expect(200), json!([]), "who has completed everything is left alone");
        assert_eq!(other.post(&path, &json!({})).await.expect_problem(404), "not-found");
        let read = learner.post(&path, &json!({})).await.expect(200);
        assert_eq!(read[0]["read_at"], "2026-12-13T01:00:00.000Z");
        app.clock.advance_s(60);
        assert_eq!(learner.post(&path, &json!({})).await.expect(200), read, "the first time counts");
        assert_eq!(learner.get("/api/v1/me/data").await.expect(200)["reminders"], read, "it is among one's own data");
        let row = class.tutor.get(&class.path("study?state=away")).await.expect(200)[0].clone();
        assert_eq!((&row["account_id"], &row["last_reminder"]["by_name"]), (&json!(newcomer), &json!("tutor")));
        assert_eq!(row["last_reminder"]["at"], own[0]["sent_at"]);
        let noted = audited(&app, "address_class").await;
        assert_eq!((noted.len(), &noted[0]["learners"]), (1, &json!([newcomer])));
    }

    async fn nobody_is_reminded_twice_within_three_days_by_mistake(app) {
        let (mut class, newcomer) = after(&app, 20).await;
        let one = json!({ "learner": newcomer });
        let teacher = keeper(&app, "teacher", Role::Teacher, &class_place(class.id, class.provider)).await;
        let (first, second) = join(remind(&class.tutor, &class, &one), remind(&teacher, &class, &one)).await;
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let refused = remind(&class.tutor, &class, &one).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains('3'), "{refused}");
        let all = remind(&class.tutor, &class, &json!({})).await.expect(201);
        assert_eq!(all, json!({ "reminded": 0, "texted": 0, "lately": 1 }));
        class.later(&app, 3).await;
        assert_eq!(remind(&class.tutor, &class, &one).await.expect(201)["reminded"], 1);
        assert_eq!(app.log_in("newcomer").await.get(OWN).await.expect(200).as_array().unwrap().len(), 2);
    }

    async fn only_who_is_away_and_in_the_class_is_reminded(app) {
        let (class, newcomer) = after(&app, 13).await;
        assert_eq!(remind(&class.tutor, &class, &json!({})).await.expect(201)["reminded"], 0);
        let refused = remind(&class.tutor, &class, &json!({ "learner": newcomer })).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("近期"), "{refused}");
        let nobody = remind(&class.tutor, &class, &json!({ "learner": app.cx.ids.uuid() })).await.expect(422);
        assert_eq!((&nobody["errors"][0]["pointer"], &nobody["errors"][0]["code"]), (&json!("/learner"), &json!("not-in-class")));
    }

    async fn who_is_stuck_is_asked_by_who_has_looked_and_not_with_all(app) {
        let learner = studying(&app).await;
        let mut class = Class::of(&app, &learner).await;
        let one = json!({ "learner": learner.get("/api/v1/me").await.expect(200)["account_id"] });
        let beat = json!({ "stream": app.cx.ids.uuid(), "read_pct": 10 });
        learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &beat).await.expect(200);
        assert_eq!(remind(&class.tutor, &class, &one).await.expect_problem(409), "wrong-state", "they go on");
        class.later(&app, 7).await;
        let all = remind(&class.tutor, &class, &json!({})).await.expect(201);
        assert_eq!(all, json!({ "reminded": 0, "texted": 0, "lately": 0 }), "nobody is away");
        // Who has come by since they were seen is stuck all the same.
        let learner = app.log_in("late").await;
        learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &beat).await.expect(200);
        assert_eq!(remind(&class.tutor, &class, &one).await.expect(201)["reminded"], 1);
        let own = learner.get(OWN).await.expect(200);
        assert_eq!((&own[0]["unit_title"], &own[0]["days"], &own[0]["by_name"]), (&json!("U"), &json!(0), &json!("tutor")));
        let refused = remind(&class.tutor, &class, &one).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains('3'), "nor twice by mistake: {refused}");
        let row = class.tutor.get(&class.path("study?state=stuck")).await.expect(200)[0].clone();
        assert_eq!(row["last_reminder"]["at"], own[0]["sent_at"]);
    }

    async fn a_request_that_is_repeated_reminds_once(app) {
        let (class, newcomer) = after(&app, 20).await;
        let once = async || {
            let request = class.tutor.request(Method::POST, &class.path("reminders")).header("idempotency-key", "k");
            send(request.json(&json!({ "learner": newcomer }))).await.expect(201)
        };
        let first = once().await;
        assert_eq!(once().await, first);
        execute(&app, "UPDATE class_member SET left_at = joined_at").await;
        assert_eq!(once().await, first, "whatever has become of the learner");
        let anew = remind(&class.tutor, &class, &json!({ "learner": newcomer })).await.expect(422);
        assert_eq!(anew["errors"][0]["code"], "not-in-class");
        assert_eq!(remind(&class.tutor, &class, &json!({})).await.expect(201)["reminded"], 0);
        assert_eq!(app.log_in("newcomer").await.get(OWN).await.expect(200).as_array().unwrap().len(), 1);
    }

    async fn a_text_goes_to_the_phone_as_well(app) {
        let (app, file) = texting(app);
        let (mut class, _) = registered(&app).await;
        class.later(&app, 15).await;
        let sent = remind(&class.tutor, &class, &json!({})).await.expect(201);
        assert_eq!(sent, json!({ "reminded": 1, "texted": 1, "lately": 0 }));
        app.jobs.run_due().await.unwrap();
        let texts = fs::read_to_string(&file).unwrap();
        let text: Value = serde_json::from_str(texts.trim()).unwrap();
        assert_eq!((&text["template"], &text["phone"]), (&json!("study_reminder"), &json!("19900009137")));
        let words = text["text"].as_str().unwrap();
        assert!(words.contains("15 天") && words.contains("夜校一班") && words.contains("/learn") && !words.contains('{'), "{words}");
    }

    async fn whom_to_call_is_listed_with_masked_phones_and_a_whole_one_leaves_a_trace(app) {
        let (mut class, record) = registered(&app).await;
        class.later(&app, 15).await;
        let called = class.tutor.get(&class.path("call_list?state=away")).await.expect(200);
        assert_eq!((&called[0]["display_name"], &called[0]["phone_masked"]), (&json!("张秀英2"), &json!("199****9137")));
        assert_eq!((&called[0]["state"], &called[0]["reason"]["days"]), (&json!("away"), &json!(15)));
        assert_eq!(class.tutor.get(&class.path("call_list?state=complete")).await.expect(200), json!([]));
        let path = class.path(&format!("learners/{}/phone_reveals", record["account_id"].as_str().unwrap()));
        let without = class.tutor.post(&path, &json!({ "note": " " })).await.expect(422);
        assert_eq!((&without["errors"][0]["pointer"], &without["errors"][0]["code"]), (&json!("/note"), &json!("required")));
        assert_eq!(audited(&app, "address_class").await, [] as [Value; 0]);
        let shown = class.tutor.post(&path, &json!({ "note": "问问近况" })).await.expect(200);
        assert_eq!(shown, json!({ "phone": "19900009137" }));
        assert_eq!(audited(&app, "address_class").await, [json!({ "purpose": "call_person", "note": "问问近况" })]);
        let office = keeper(&app, "reader", Role::SchoolOffice, &class.school()).await;
        assert_eq!(office.get(&class.path("call_list")).await.expect(200).as_array().unwrap().len(), 1);
        assert_eq!(office.post(&path, &json!({ "note": "问问近况" })).await.expect_problem(403), "forbidden");
        let stranger = class.path(&format!("learners/{}/phone_reveals", app.cx.ids.uuid()));
        assert_eq!(class.tutor.post(&stranger, &json!({ "note": "问问近况" })).await.expect_problem(404), "not-found");
    }

    async fn nobody_but_who_keeps_or_teaches_the_class_reminds(app) {
        let (class, newcomer) = after(&app, 20).await;
        let office = keeper(&app, "office", Role::SchoolOffice, &class.school()).await;
        assert_eq!(remind(&office, &class, &json!({})).await.expect_problem(403), "forbidden");
        let no_phone = class.path(&format!("learners/{newcomer}/phone_reveals"));
        assert_eq!(class.tutor.post(&no_phone, &json!({ "note": "联系" })).await.expect_problem(409), "wrong-state");
        for client in class.strangers(&app).await {
            assert_eq!(remind(&client, &class, &json!({})).await.expect_problem(404), "not-found");
            assert_eq!(client.get(&class.path("call_list")).await.expect_problem(404), "not-found");
            assert_eq!(client.post(&no_phone, &json!({ "note": "联系" })).await.expect_problem(404), "not-found");
        }
        execute(&app, "UPDATE class SET state = 'finished'").await;
        assert_eq!(remind(&class.tutor, &class, &json!({})).await.expect_problem(409), "wrong-state");
    }
}
