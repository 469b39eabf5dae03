//! Items on trial: they stand on papers and count nothing, are measured all the same, and are approved by that.

use crate::{
    blueprints::{blueprint, descriptor, descriptor_of, draw, put, write},
    exam_world::{DURATION_MIN, Device, World, approve, open_paper, seal},
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

    async fn forms_try_items_of_their_fields_beside_what_counts(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let text: Vec<_> = (1..=6).map(|n| format!("{n}. （判断）说法{n}成立。\n答案：正确")).collect();
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text.join("\n\n"),
            "dry_run": false });
        let report = author.post("/api/v1/items/import", &body).await.expect(200);
        let stored = report["stored"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().parse().unwrap());
        let items: Vec<ItemId> = stored.collect();
        let (counted, tried) = items.split_at(3);
        approve(&app, counted).await;
        for item in tried {
            decide(&reviewer, *item, "try").await.expect(200);
        }
        for item in &items {
            put(&author, &descriptor_of(*item), 1, &descriptor("集合", 600)).await.expect(200);
        }

        let composer = &world.administrators[0];
        let mut wanted = blueprint(&world, 1);
        wanted["blueprint"]["trial_places"] = json!(2);
        let path = write(composer, &wanted).await;
        let none = draw(composer, &path, 1, 7).await.expect(201);
        let too_few = json!([{ "row": null, "kind": "too_few_on_trial", "wanted": 6, "there": 3 }]);
        assert_eq!((&none["because"], &none["forms"]), (&too_few, &json!([])));
        wanted["blueprint"]["trial_places"] = json!(1);
        let written = put(composer, &path, 1, &wanted).await.expect(200);
        assert_eq!((&written["bank"]["cells"][0]["by_exposure"], &written["bank"]["on_trial"][0]["items"]), (&json!([3]), &json!(3)));
        let drawn = draw(composer, &path, 2, 7).await.expect(201);
        assert_eq!((drawn["forms"].as_array().unwrap().len(), drawn["titles"].as_array().unwrap().len()), (3, 6));
        let (first, assembly) = (&drawn["forms"][0], format!("/api/v1/assemblies/{}", drawn["id"].as_str().unwrap()));
        let id = |form: &Value, what: &str| form[what][0]["item"]["item_id"].clone();
        let instead = format!("{assembly}/substitutes?instead={}", id(first, "trials").as_str().unwrap());
        let offered = composer.get(&instead).await.expect(200);
        assert!(offered.as_array().unwrap().iter().all(|offered| offered["item"]["is_trial"] == true), "{offered}");

        let forms: Vec<_> = drawn["forms"].as_array().unwrap().iter().map(|form| {
            let items = json!([
                { "item_id": id(form, "items"), "points": 200 },
                { "item_id": id(form, "trials"), "points": form["trials"][0]["points"], "is_trial": true },
            ]);
            json!({ "title": "试测卷", "items": items })
        }).collect();
        composer.post(&format!("{assembly}/papers"), &json!({ "forms": forms })).await.expect(201);
        let listed = composer.get(&format!("/api/v1/papers?course_id={}&state=open", world.course_id)).await.expect(200);
        let told = listed["items"].as_array().unwrap().iter().map(|paper| (&paper["trial_items"], &paper["points"]));
        assert_eq!(told.collect::<Vec<_>>(), [(&json!(1), &json!(200)); 3]);
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
