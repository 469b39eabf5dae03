//! Importing items, looking at them, composing and sealing papers.

use crate::{
    exam_world::{SECRET, STEM, World},
    support::{Client, db_tests},
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::{ids::CourseId, rights::Role};

const TWO_ITEMS: &str = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B\n\n2. （判断）地球是圆的。\n答案：正确";
const ONE_BROKEN: &str = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B\n\n2. 没有答案的题（　）\nA. 一\nB. 二\n";

async fn import(author: &Client, course_id: CourseId, format: &str, text: &str, dry_run: bool) -> Value {
    let body = json!({ "course_id": course_id, "format": format, "text": text, "dry_run": dry_run });
    author.post("/api/v1/items/import", &body).await.expect(200)
}

async fn count(author: &Client, course_id: CourseId) -> usize {
    let page = author.get(&format!("/api/v1/items?course_id={course_id}")).await.expect(200);
    page["items"].as_array().unwrap().len()
}

db_tests! {
    async fn items_come_in_as_a_whole_or_not_at_all(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let before = count(&author, world.course_id).await;

        let looked = import(&author, world.course_id, "chinese_text", TWO_ITEMS, true).await;
        assert_eq!((looked["items"].as_array().unwrap().len(), &looked["stored"]), (2, &json!([])));
        let broken = import(&author, world.course_id, "chinese_text", ONE_BROKEN, false).await;
        assert_eq!(broken["errors"][0]["line"], 6);
        assert_eq!((&broken["errors"][0]["code"], &broken["errors"][0]["detail"]), (&json!("no_key"), &json!("没有找到答案")));
        let gift = import(&author, world.course_id, "gift", "::a:: What { =yes ~no", false).await;
        assert_eq!(gift["errors"][0]["code"], "unclosed");
        assert_eq!(count(&author, world.course_id).await, before, "nothing is stored by half");

        let stored = import(&author, world.course_id, "chinese_text", TWO_ITEMS, false).await;
        assert_eq!(stored["stored"].as_array().unwrap().len(), 2);
        assert_eq!(count(&author, world.course_id).await, before + 2);
    }

    async fn a_repeated_import_stores_once(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let before = count(&author, world.course_id).await;
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": TWO_ITEMS, "dry_run": false });
        for _ in 0..2 {
            let request = author.request(reqwest::Method::POST, "/api/v1/items/import").header("idempotency-key", "k");
            crate::support::send(request.json(&body)).await.expect(200);
        }
        assert_eq!(count(&author, world.course_id).await, before + 2);
    }

    async fn every_look_at_a_key_is_in_the_audit_log(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let list = author.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
        assert!(!list.to_string().contains(SECRET), "a list holds no keys");
        let item = world.items[3];
        let seen = author.post(&format!("/api/v1/items/{item}/views"), &json!({})).await.expect(200);
        assert!(seen.to_string().contains(SECRET));
        let conn = app.cx.db.read();
        let sql = "SELECT COUNT(*) FROM audit_entry WHERE target = $1 AND \"right\" = 'read_item'";
        let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [item.to_string().into()]);
        let looks: i64 = conn.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        assert_eq!(looks, 1);
    }

    async fn learners_and_markers_see_no_items(app) {
        let world = World::draft(&app, 1).await;
        let items = format!("/api/v1/items?course_id={}", world.course_id);
        for client in [&world.candidates[0].client, &world.marker] {
            client.get(&items).await.expect(403);
            client.post(&format!("/api/v1/items/{}/views", world.items[0]), &json!({})).await.expect(403);
            client.get(&format!("/api/v1/papers?course_id={}", world.course_id)).await.expect(403);
        }
    }

    async fn a_wrong_paper_is_refused_by_its_field(app) {
        let world = World::draft(&app, 1).await;
        let item = world.items[0];
        let compose = |items: Value| json!({ "course_id": world.course_id, "title": "Paper", "items": items });
        let unknown = "019ab000-0000-7000-8000-000000000001";
        for (items, pointer, code) in [
            (json!([]), "/items", "required"),
            (json!([{ "item_id": item, "points": 0 }]), "/items/0/points", "out-of-range"),
            (json!([{ "item_id": unknown, "points": 100 }]), "/items/0/item_id", "not-found"),
            (json!([{ "item_id": item, "points": 100 }, { "item_id": item, "points": 100 }]), "/items/1/item_id", "duplicate"),
        ] {
            let problem = world.administrators[0].post("/api/v1/papers", &compose(items)).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((error["pointer"].clone(), error["code"].clone()), (json!(pointer), json!(code)));
        }
    }

    async fn a_sealed_paper_is_the_same_for_ever_and_tells_nothing(app) {
        let world = World::draft(&app, 1).await;
        let id = world.paper_id.as_str().unwrap();
        let package = format!("/api/v1/papers/{id}/package");
        let first = app.stranger().get(&package).await;
        assert_eq!(first.status, 200);
        let text = String::from_utf8_lossy(&first.bytes).into_owned();
        assert!(!text.contains(STEM) && !text.contains(SECRET), "a sealed package is not readable");
        let sealed = world.administrators[0].post(&format!("/api/v1/papers/{id}/seal"), &json!({})).await.expect(200);
        assert_eq!(app.stranger().get(&package).await.bytes, first.bytes, "sealing again changes nothing");
        use sha2::{Digest, Sha256};
        assert_eq!(sealed["package_sha256"], hex::encode(Sha256::digest(&first.bytes)));
    }
}
