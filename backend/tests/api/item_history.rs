//! Everything that happened to an item stands in one list, and two of its versions beside each other.

use crate::{
    exam_world::World,
    people::audited,
    support::{Client, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const TEXT: &str = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B";

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

async fn reviewer(app: &TestApp) -> Client {
    app.staff("wei", Role::ItemReviewer, "33").await
}

/// The path of an item that the author has just brought in.
async fn brought(author: &Client, world: &World) -> String {
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": TEXT, "dry_run": false });
    let stored = author.post("/api/v1/items/import", &body).await.expect(200)["stored"][0].clone();
    format!("/api/v1/items/{}", stored.as_str().unwrap())
}

/// A second version with other words in the stem.
async fn revised(author: &Client, path: &str) {
    let mut item = author.post(&format!("{path}/views"), &json!({})).await.expect(200)["item"].clone();
    item["stem"] = json!("中国的首都是（　）");
    let request = author.request(Method::PUT, path).header("if-match", "\"1\"");
    send(request.json(&item)).await.expect(200);
}

/// What happened and who did it, the newest first.
async fn told(client: &Client, path: &str) -> Vec<(String, String)> {
    let page = client.get(&format!("{path}/history")).await.expect(200);
    let text = |event: &Value, name: &str| event[name].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(|event| (text(event, "kind"), text(event, "hand"))).collect()
}

fn pairs(events: &[(&str, &str)]) -> Vec<(String, String)> {
    events.iter().map(|(kind, hand)| ((*kind).to_owned(), (*hand).to_owned())).collect()
}

db_tests! {
    async fn an_item_is_written_once_and_waits_for_a_review(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let path = format!("/api/v1/courses/{}/items", world.course_id);
        let item = json!({ "schema_version": 1, "stem": "地球是圆的。", "explanation": "",
            "body": { "kind": "true_false", "key": true } });
        let mut ids = Vec::new();
        for _ in 0..2 {
            let request = author.request(Method::POST, &path).header("idempotency-key", "k");
            let row = send(request.json(&item)).await.expect(201);
            assert_eq!((&row["state"], &row["is_own"], &row["version"]), (&json!("draft"), &json!(true), &json!(1)));
            ids.push(row["id"].clone());
        }
        assert_eq!(ids[0], ids[1]);
        let wrong = json!({ "schema_version": 1, "stem": " ", "explanation": "", "body": item["body"] });
        assert_eq!(author.post(&path, &wrong).await.expect(422)["errors"][0]["pointer"], "/stem");
        reviewer(&app).await.post(&path, &item).await.expect(403);
        let written = told(&author, &format!("/api/v1/items/{}", ids[0].as_str().unwrap())).await;
        assert_eq!(written, pairs(&[("written", "own")]));
    }

    async fn everything_that_happened_is_told_and_not_by_whom(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let path = brought(&author, &world).await;
        app.clock.advance_s(1);
        reviewer.post(&format!("{path}/views"), &json!({})).await.expect(200);
        app.clock.advance_s(1);
        let asked = json!({ "course_id": world.course_id, "module": "地理", "ability": "recall", "difficulty": 600,
            "items": [{ "item_id": path.rsplit('/').next(), "version": 1, "descriptor_version": 1 }] });
        reviewer.post("/api/v1/items/changes", &asked).await.expect(200);
        app.clock.advance_s(1);
        author.post(&format!("{path}/comments"), &json!({ "text": "请看" })).await.expect(201);
        app.clock.advance_s(1);
        let request = reviewer.request(Method::POST, &format!("{path}/reviews")).header("if-match", "\"1\"");
        send(request.json(&json!({ "decision": "return", "reason": "太浅" }))).await.expect(200);

        let seen = told(&reviewer, &path).await;
        assert_eq!(seen, pairs(&[
            ("returned", "own"), ("commented", "author"), ("changed_together", "own"), ("described", "own"),
            ("looked", "own"), ("imported", "author"), ("written", "author"),
        ]));
        let page = reviewer.get(&format!("{path}/history")).await.expect(200);
        assert_eq!((&page["items"][0]["words"], &page["items"][1]["words"]), (&json!("太浅"), &json!("请看")));
        assert!(!page.to_string().contains("wei") && !page.to_string().contains("_by"), "{page}");
        let own = told(&author, &path).await;
        assert!(own.iter().all(|(kind, _)| kind != "looked"), "who looked is not told to an author: {own:?}");
    }

    async fn pages_of_a_history_are_the_whole(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let path = brought(&author, &world).await;
        revised(&author, &path).await;
        let whole = author.get(&format!("{path}/history")).await.expect(200);
        let (mut events, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = author.get(&format!("{path}/history?limit=2{cursor}")).await.expect(200);
            events.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(json!(events), whole["items"]);
        assert_eq!(events.len(), 4, "brought in, written, looked at, written anew: {whole}");
    }

    async fn a_file_of_items_stands_in_their_history(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let path = brought(&author, &world).await;
        for format in ["gift", "workbook"] {
            app.clock.advance_s(1);
            let asked = json!({ "course_id": world.course_id, "format": format, "only": [path.rsplit('/').next()] });
            author.post("/api/v1/items/exports", &asked).await.expect(200);
        }
        let exported = ("exported".to_owned(), "own".to_owned());
        assert_eq!(told(&author, &path).await.iter().filter(|event| **event == exported).count(), 2);
    }

    async fn two_versions_stand_beside_each_other_and_the_look_is_noted(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, reviewer(&app).await);
        let path = brought(&author, &world).await;
        revised(&author, &path).await;
        let compare = format!("{path}/comparisons");
        let seen = reviewer.post(&compare, &json!({ "older": 1, "newer": 2 })).await.expect(200);
        let stem = json!({ "part": "stem", "lines": [
            { "fate": "gone", "text": "我国的首都是（　）" }, { "fate": "new", "text": "中国的首都是（　）" },
        ] });
        assert_eq!(seen["parts"][0], stem);
        assert_eq!(seen["parts"][1]["lines"][0]["fate"], "kept");
        assert_eq!(audited(&app, "read_item").await, [json!({ "versions": [1, 2] })]);
        for (asked, pointer) in [
            (json!({ "older": 2, "newer": 2 }), "/newer"),
            (json!({ "older": 2, "newer": 3 }), "/newer"),
            (json!({ "older": 0, "newer": 2 }), "/older"),
        ] {
            assert_eq!(reviewer.post(&compare, &asked).await.expect(422)["errors"][0]["pointer"], pointer);
        }
    }

    async fn what_a_sealed_paper_holds_is_compared_by_nobody_who_may_not_see_it(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let path = format!("/api/v1/items/{}/comparisons", world.items[0]);
        let refused = reviewer.post(&path, &json!({ "older": 1, "newer": 2 })).await;
        assert_eq!(refused.expect(422)["errors"][0]["pointer"], "/newer");
        assert_eq!(audited(&app, "read_item").await, Vec::<Value>::new());
    }

    async fn who_only_writes_items_learns_nothing_of_others(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let path = format!("/api/v1/items/{}", world.items[0]);
        author.get(&format!("{path}/history")).await.expect(404);
        author.post(&format!("{path}/comparisons"), &json!({ "older": 1, "newer": 2 })).await.expect(404);
        world.marker.get(&format!("{path}/history")).await.expect(403);
        world.marker.post(&format!("{path}/comparisons"), &json!({ "older": 1, "newer": 2 })).await.expect(403);
    }
}
