//! Items on trial: they stand on papers and count nothing, are measured all the same, and are approved by that.

use crate::{
    exam_world::{DURATION_MIN, Device, World, open_paper, seal},
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{ids::ItemId, papers::PaperRehearsal, points::Points, rights::Role};

const CAPITAL: &str = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B";
const LETTER: &str = "1.（简答题）请假条写些什么？\n答案：时间和原因";

/// A draft of somebody.
async fn draft(app: &TestApp, world: &World, text: &str) -> ItemId {
    let author = app.staff(&format!("zhou-{}", app.cx.ids.uuid().simple()), Role::ItemAuthor, "33").await;
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
    let report = author.post("/api/v1/items/import", &body).await.expect(200);
    report["stored"][0].as_str().unwrap().parse().unwrap()
}

async fn decide(reviewer: &Client, item: ItemId, decision: &str) -> Reply {
    let request = reviewer.request(Method::POST, &format!("/api/v1/items/{item}/reviews")).header("if-match", "\"1\"");
    send(request.json(&json!({ "decision": decision }))).await
}

/// A paper of one item that counts and another, on trial or not.
fn paper(world: &World, item: ItemId, is_trial: bool) -> Value {
    let items = json!([
        { "item_id": world.items[0], "points": 200 },
        { "item_id": item, "points": 300, "is_trial": is_trial },
    ]);
    json!({ "course_id": world.course_id, "title": "Tried", "items": items })
}

fn code(refused: &Value) -> (&str, &str) {
    let error = &refused["errors"][0];
    (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
}

db_tests! {
    async fn what_is_on_trial_stands_only_where_it_counts_nothing(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let item = draft(&app, &world, CAPITAL).await;
        assert_eq!(decide(&reviewer, item, "try").await.expect(200)["state"], "trial");
        for again in ["try", "approve"] {
            assert_eq!(decide(&reviewer, item, again).await.expect_problem(409), "wrong-state", "{again}");
        }
        let composer = &world.administrators[0];
        let counted = composer.post("/api/v1/papers", &paper(&world, item, false)).await.expect(422);
        assert_eq!(code(&counted), ("/items/1/item_id", "on-trial"));
        let tried = composer.post("/api/v1/papers", &paper(&world, world.items[1], true)).await.expect(422);
        assert_eq!(code(&tried), ("/items/1/item_id", "not-on-trial"));
        let mut all = paper(&world, item, true);
        all["items"].as_array_mut().unwrap().remove(0);
        assert_eq!(code(&composer.post("/api/v1/papers", &all).await.expect(422)), ("/items", "all-on-trial"));

        let composed = composer.post("/api/v1/papers", &paper(&world, item, true)).await.expect(201);
        let told = ["items", "trial_items", "points"].map(|name| composed[name].clone());
        assert_eq!(told, [json!(2), json!(1), json!(200)]);
        let path = format!("/api/v1/papers/{}", composed["id"].as_str().unwrap());
        seal(&world.administrators, &path).await;
        open_paper(&world.administrators, &path).await;
        let rehearsal = composer.post(&format!("{path}/rehearsals"), &json!({})).await.expect(200);
        let rehearsal: PaperRehearsal = serde_json::from_value(rehearsal).unwrap();
        let shown: Vec<_> = rehearsal.package.items.iter().map(|item| item.points).collect();
        assert_eq!(shown, [Points(200), Points(300)], "candidates do not tell it from what counts");
        for sheet in ["paper", "key", "scheme"] {
            let printed = composer.post(&format!("{path}/prints"), &json!({ "sheet": sheet })).await;
            assert!(printed.status == 200 && printed.bytes.starts_with(b"%PDF"), "{sheet}");
        }
        let history = reviewer.get(&format!("/api/v1/items/{item}/history")).await.expect(200);
        assert!(history["items"].as_array().unwrap().iter().any(|event| event["kind"] == "tried"), "{history}");
    }

    async fn what_a_person_marks_is_not_tried(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let item = draft(&app, &world, LETTER).await;
        let refused = decide(&reviewer, item, "try").await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("教师评分"), "{refused}");
        decide(&reviewer, item, "approve").await.expect(200);
    }

    async fn what_was_tried_is_decided_once_enough_have_answered_it(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let item = draft(&app, &world, CAPITAL).await;
        decide(&reviewer, item, "try").await.expect(200);
        for (candidates, waits) in [(99, 0), (100, 1)] {
            execute(&app, &format!("UPDATE item SET measured_candidates = {candidates} WHERE state = 'trial'")).await;
            assert_eq!(waiting(&reviewer, "items_to_review").await, waits, "{candidates}");
            let listed = reviewer.get("/api/v1/items?waits=review").await.expect(200);
            assert_eq!(listed["items"].as_array().unwrap().len(), usize::try_from(waits).unwrap());
        }
        assert_eq!(decide(&reviewer, item, "approve").await.expect(200)["state"], "approved");
        world.administrators[0].post("/api/v1/papers", &paper(&world, item, false)).await.expect(201);
    }

    async fn what_is_tried_changes_no_score_and_is_measured_all_the_same(app) {
        let world = World::armed(&app, 2).await;
        // The paper of the world is sealed: its first item is made one that was on trial when it was.
        execute(&app, "UPDATE paper_item SET trial_points = points, points = 0 WHERE position = 0").await;
        let mut world = world.started(&app).await;
        let [tried, counted] = [world.items[0], world.items[1]];
        for (candidate, option) in [0, 1].into_iter().enumerate() {
            let mut device = Device::open(&world, candidate, 1, false).await;
            let entries = [device.answer(&world, 0, option), device.answer(&world, 1, 0)];
            device.send(&world, &entries).await.expect(200);
            device.submit(&world).await.expect(200);
        }
        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        world.later(&app, 600).await;
        world.settle(&app).await;
        for administrator in 0..2 {
            world.step("release", administrator).await.expect(200);
        }
        world.settle(&app).await;
        for candidate in &world.candidates {
            let results = candidate.client.get("/api/v1/me/results").await.expect(200);
            assert_eq!(results[0]["score"], json!(200), "{results}");
        }
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        for (item, difficulty) in [(tried, 500), (counted, 1_000)] {
            let measured = reviewer.get(&format!("/api/v1/items/{item}/statistics")).await.expect(200);
            assert_eq!((&measured[0]["candidates"], &measured[0]["difficulty"]), (&json!(2), &json!(difficulty)));
        }
    }
}
