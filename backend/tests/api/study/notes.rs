//! Notes: written by their learner, over what they have seen, and read by nobody else.

use crate::{
    exam_world::World,
    learning::{UNIT, studying},
    support::{Client, Reply, db_tests, send},
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

fn note(unit: Uuid) -> String {
    format!("/api/v1/me/units/{unit}/note")
}

async fn save(learner: &Client, seen: u32, text: &str) -> Reply {
    let request = learner.request(Method::PUT, &note(UNIT)).header("if-match", format!("\"{seen}\""));
    send(request.json(&json!({ "text": text }))).await
}

async fn notes(learner: &Client) -> Value {
    learner.get("/api/v1/me/notes").await.expect(200)
}

db_tests! {
    async fn a_note_is_written_changed_and_listed(app) {
        let learner = studying(&app).await;
        let empty = learner.get(&note(UNIT)).await;
        assert_eq!(empty.headers["etag"], "\"1\"");
        assert_eq!(empty.expect(200), json!({ "text": "", "version": 1, "edited_at": null }));
        assert_eq!(notes(&learner).await, json!([]));
        assert_eq!(save(&learner, 1, "两行\n笔记").await.expect(200)["version"], 2);
        assert_eq!(save(&learner, 2, "改过").await.expect(200)["version"], 3);
        let listed = notes(&learner).await;
        assert_eq!(listed[0]["course_title"], "Course");
        let line = &listed[0]["notes"][0];
        assert_eq!((&line["unit_id"], &line["unit_title"]), (&json!(UNIT), &json!("U")));
        assert_eq!((&line["text"], &line["is_open"]), (&json!("改过"), &json!(true)));
        assert_eq!(learner.get("/api/v1/me/data").await.expect(200)["notes"], listed, "it is among one's own data");
        save(&learner, 3, " \n").await.expect(200);
        assert_eq!(notes(&learner).await, json!([]), "what was given up is not listed");
    }

    async fn nobody_writes_over_what_another_device_saved(app) {
        let learner = studying(&app).await;
        save(&learner, 1, "手机上写的").await.expect(200);
        assert_eq!(save(&learner, 1, "电脑上写的").await.expect_problem(412), "stale");
        assert_eq!(save(&learner, 7, "电脑上写的").await.expect_problem(412), "stale");
        assert_eq!(save(&learner, 1, "手机上写的").await.expect(200)["version"], 2, "the reply before was lost");
        assert_eq!(learner.get(&note(UNIT)).await.expect(200)["text"], "手机上写的");
    }

    async fn two_devices_that_save_at_once_write_one_note(app) {
        let learner = studying(&app).await;
        let (one, other) = join(save(&learner, 1, "甲"), save(&learner, 1, "乙")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        assert_eq!(notes(&learner).await[0]["notes"].as_array().unwrap().len(), 1);
    }

    async fn a_note_is_not_too_long_and_stands_beside_ones_own_units(app) {
        let learner = studying(&app).await;
        let problem = save(&learner, 1, &"记".repeat(2_001)).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/text"), &json!("too-long")));
        save(&learner, 1, &"记".repeat(2_000)).await.expect(200);
        learner.get(&note(Uuid::from_u128(99))).await.expect(404);
        let (_, other) = app.learner("other").await;
        assert_eq!(other.get(&note(UNIT)).await.expect_problem(404), "not-found");
        assert_eq!(notes(&other).await, json!([]));
        let request = learner.request(Method::PUT, &note(UNIT)).json(&json!({ "text": "N" }));
        assert_eq!(send(request).await.expect_problem(428), "precondition-required");
    }

    async fn the_log_says_that_a_note_was_saved_and_nothing_of_it(app) {
        let learner = studying(&app).await;
        save(&learner, 1, "only-for-me").await.expect(200);
        let log = super::log(&app).await;
        assert!(log.contains(&UNIT.to_string()) && !log.contains("only-for-me"), "{log}");
    }

    async fn who_left_the_class_keeps_the_notes(app) {
        let world = World::draft(&app, 1).await;
        let learner = &world.candidates[0].client;
        let map = learner.get(&format!("/api/v1/me/courses/{}", world.course_id)).await.expect(200);
        let unit: Uuid = map["modules"][0]["units"][0]["id"].as_str().unwrap().parse().unwrap();
        let request = learner.request(Method::PUT, &note(unit)).header("if-match", "\"1\"");
        send(request.json(&json!({ "text": "N" }))).await.expect(200);
        crate::support::execute(&app, "UPDATE class_member SET left_at = 1").await;
        let line = notes(learner).await[0]["notes"][0].clone();
        assert_eq!((&line["text"], &line["unit_title"], &line["is_open"]), (&json!("N"), &json!("U"), &json!(false)));
    }
}
