//! Authors and reviewers speak about an item without learning who the other is.

use crate::{
    exam_world::World,
    support::{Client, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

async fn author(app: &TestApp) -> Client {
    app.staff("zhou", Role::ItemAuthor, "33").await
}

async fn draft(author: &Client, world: &World) -> String {
    let text = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B";
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
    let stored = author.post("/api/v1/items/import", &body).await.expect(200)["stored"][0].clone();
    format!("/api/v1/items/{}/comments", stored.as_str().unwrap())
}

/// What was said, whether by the item's author, and whether by the reader.
fn told(comments: &Value) -> Vec<(&str, bool, bool)> {
    let mut all = Vec::new();
    for comment in comments.as_array().unwrap() {
        let is = |name: &str| comment[name].as_bool().unwrap();
        all.push((comment["text"].as_str().unwrap(), is("is_of_author"), is("is_own")));
    }
    all
}

db_tests! {
    async fn both_read_what_was_said_and_not_by_whom(app) {
        let world = World::draft(&app, 1).await;
        let (author, reviewer) = (author(&app).await, app.staff("wei", Role::ItemReviewer, "33").await);
        let path = draft(&author, &world).await;
        assert_eq!(author.get(&path).await.expect(200), json!([]));
        reviewer.post(&path, &json!({ "text": " A 也说得通？ " })).await.expect(201);
        app.clock.advance_s(1);
        let said = author.post(&path, &json!({ "text": "题干里写的是首都" })).await.expect(201);
        assert_eq!(told(&said), [("A 也说得通？", false, false), ("题干里写的是首都", true, true)]);
        let read = reviewer.get(&path).await.expect(200);
        assert_eq!(told(&read), [("A 也说得通？", false, true), ("题干里写的是首都", true, false)]);
        assert_eq!(read[0]["version"], 1);
        assert!(!read.to_string().contains("zhou") && !read.to_string().contains("written_by"), "{read}");
    }

    async fn a_repeat_is_said_once_and_nothing_is_said_of_nothing(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let path = draft(&author, &world).await;
        for _ in 0..2 {
            let request = author.request(Method::POST, &path).header("idempotency-key", "k");
            send(request.json(&json!({ "text": "请看选项" }))).await.expect(201);
        }
        assert_eq!(author.get(&path).await.expect(200).as_array().unwrap().len(), 1);
        for text in [" ".to_owned(), "长".repeat(1_001)] {
            let refused = author.post(&path, &json!({ "text": text })).await.expect(422);
            assert_eq!(refused["errors"][0]["pointer"], "/text");
        }
    }

    async fn who_only_writes_items_says_nothing_of_others(app) {
        let world = World::draft(&app, 1).await;
        let author = author(&app).await;
        let path = format!("/api/v1/items/{}/comments", world.items[0]);
        author.get(&path).await.expect(404);
        author.post(&path, &json!({ "text": "好题" })).await.expect(404);
        world.marker.get(&path).await.expect(403);
        world.marker.post(&path, &json!({ "text": "好题" })).await.expect(403);
    }
}
