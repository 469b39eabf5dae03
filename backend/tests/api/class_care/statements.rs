//! What was done, as statements for another system: of a class, by who follows it, and one's own.

use super::Class;
use crate::{
    learning::{UNIT, studying},
    people::audited,
    support::{Client, TestApp, db_tests},
};
use serde_json::{Value, json};
use shared::learning::statement_faults;
use uuid::Uuid;

pub(super) async fn taken(class: &Class) -> Value {
    taken_of(class, "").await
}

/// Those that a query asks for.
async fn taken_of(class: &Class, query: &str) -> Value {
    let reply = class.tutor.post(&class.path(&format!("statements/exports{query}")), &json!({})).await;
    assert_eq!((reply.headers["cache-control"].to_str().unwrap(), reply.status), ("no-store", 200));
    let rows = reply.headers["x-rows"].to_str().unwrap().to_owned();
    let statements = reply.expect(200);
    let all = statements.as_array().unwrap();
    assert_eq!(rows, all.len().to_string());
    assert!(all.iter().all(|one| statement_faults(one).is_empty()), "{statements}");
    statements
}

/// The verbs in order, without where they are defined.
fn verbs(statements: &Value) -> Vec<&str> {
    let all = statements.as_array().unwrap().iter();
    all.map(|one| one["verb"]["id"].as_str().unwrap().rsplit('/').next().unwrap()).collect()
}

/// The learner does both exercises and reads the unit for twenty seconds.
pub(super) async fn study(app: &TestApp, learner: &Client) {
    for exercise in [0, 1] {
        app.clock.advance_s(1);
        let path = format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers");
        learner.post(&path, &json!({ "response": { "kind": "single", "value": exercise } })).await.expect(200);
    }
    for _ in 0..2 {
        app.clock.advance_s(20);
        let beat = json!({ "stream": Uuid::from_u128(1), "read_pct": 100 });
        learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &beat).await.expect(200);
    }
}

db_tests! {
    async fn what_a_class_did_is_handed_over_and_that_is_noted(app) {
        let learner = studying(&app).await;
        let class = Class::of(&app, &learner).await;
        assert_eq!(taken(&class).await, json!([]));
        study(&app, &learner).await;
        let meanwhile = taken(&class).await;
        let begun = ["launched", "initialized", "answered", "answered", "completed", "completed"];
        assert_eq!(verbs(&meanwhile), begun, "the reading may go on");

        app.clock.advance_s(60);
        let statements = taken(&class).await;
        assert_eq!(verbs(&statements), [&begun[..], &["experienced", "terminated"]].concat());
        assert_eq!(statements.as_array().unwrap()[..6], meanwhile.as_array().unwrap()[..], "what was told stays");
        let (answered, read) = (&statements[2], &statements[6]);
        assert_eq!((&answered["result"]["success"], &read["result"]["duration"]), (&json!(true), &json!("PT20.00S")));
        assert_eq!(answered["timestamp"], "2026-11-23T01:00:01.000Z");
        assert_eq!(read["object"]["definition"]["name"], json!({ "zh-CN": "U" }));
        assert_eq!(statements[5]["object"]["definition"]["name"], json!({ "zh-CN": "Course" }));
        let account = learner.get("/api/v1/me").await.expect(200)["account_id"].clone();
        assert_eq!(answered["actor"]["account"]["name"], account);
        assert!(!statements.to_string().contains("\"late\""), "nobody is named");

        let noted = audited(&app, "follow_class").await;
        let asked = json!({ "exported": "class_statements", "filter": { "class": class.id }, "rows": 8 });
        assert!(noted.contains(&asked), "{noted:?}");
        assert_eq!(learner.get("/api/v1/me/statements").await.expect(200), statements, "they have the same of their own");
    }

    async fn one_learner_or_one_course_is_handed_over_alone(app) {
        let learner = studying(&app).await;
        let class = Class::of(&app, &learner).await;
        study(&app, &learner).await;
        app.clock.advance_s(60);
        let everything = taken(&class).await;
        let account = learner.get("/api/v1/me").await.expect(200)["account_id"].clone();
        let course = learner.get("/api/v1/me/courses").await.expect(200)[0]["course"]["id"].clone();
        let (account, course) = (account.as_str().unwrap(), course.as_str().unwrap());
        assert_eq!(taken_of(&class, &format!("?learner={account}")).await, everything);
        assert_eq!(taken_of(&class, &format!("?learner={account}&course={course}")).await, everything);
        let noted = audited(&app, "follow_class").await;
        let filter = json!({ "class": class.id, "learner": account, "course": course });
        assert!(noted.contains(&json!({ "exported": "class_statements", "filter": filter, "rows": 8 })), "{noted:?}");

        for unknown in ["learner", "course"] {
            let query = format!("statements/exports?{unknown}={}", Uuid::from_u128(5));
            let taken = class.tutor.post(&class.path(&query), &json!({})).await;
            assert_eq!(taken.expect_problem(404), "not-found", "{unknown}");
        }
        let broken = class.tutor.post(&class.path("statements/exports?learner=me"), &json!({})).await;
        assert_eq!(broken.expect_problem(422), "invalid");
    }

    async fn nobody_takes_what_a_class_did_but_those_who_follow_it(app) {
        let learner = studying(&app).await;
        let class = Class::of(&app, &learner).await;
        let mut strangers = class.strangers(&app).await;
        strangers.push(learner);
        for client in strangers {
            let taken = client.post(&class.path("statements/exports"), &json!({})).await;
            assert_eq!(taken.expect_problem(404), "not-found");
        }
        assert_eq!(class.tutor.get("/api/v1/me/statements").await.expect_problem(403), "forbidden");
    }
}
