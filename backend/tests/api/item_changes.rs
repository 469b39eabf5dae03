//! Many items are changed at once: looked at before, all of them or none, and as one act.

use crate::{
    exam_world::World,
    people::audited,
    support::{Client, Reply, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{ids::ItemId, item_bank::MOST_CHANGED, rights::Role};

const CHANGES: &str = "/api/v1/items/changes";
const PREVIEW: &str = "/api/v1/items/changes/preview";

async fn reviewer(app: &TestApp) -> Client {
    app.staff("wei", Role::ItemReviewer, "33").await
}

fn chosen(items: &[ItemId], descriptor_version: i32) -> Value {
    let one = |id: &ItemId| json!({ "item_id": id, "version": 1, "descriptor_version": descriptor_version });
    items.iter().map(one).collect()
}

/// A change of these items; what is said in `change` is changed.
fn of(world: &World, items: &Value, change: &Value) -> Value {
    let mut asked = json!({ "course_id": world.course_id, "items": items });
    asked.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    asked
}

fn whole(module: &str) -> Value {
    json!({ "module": module, "ability": "recall", "difficulty": 600 })
}

async fn row(client: &Client, world: &World, item: ItemId) -> Value {
    let page = client.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
    page["items"].as_array().unwrap().iter().find(|row| row["id"] == json!(item)).unwrap().clone()
}

#[track_caller]
fn assert_wrong(reply: Reply, pointer: &str, code: &str) {
    let error = reply.expect(422)["errors"][0].clone();
    assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
}

db_tests! {
    async fn what_is_looked_at_is_what_is_done_and_stands_once_in_the_log(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let items = &world.items[..3];
        let asked = of(&world, &chosen(items, 1), &whole("集合"));
        let looked = reviewer.post(PREVIEW, &asked).await.expect(200);
        assert_eq!((&looked["items"][0]["before"], &looked["items"][0]["after"]["module"]), (&Value::Null, &json!("集合")));
        assert_eq!(row(&reviewer, &world, items[0]).await["descriptor"], Value::Null, "a look changes nothing");

        let done = reviewer.post(CHANGES, &asked).await.expect(200);
        assert_eq!(done, looked);
        for item in items {
            assert_eq!(row(&reviewer, &world, *item).await["descriptor"]["module"], "集合");
        }
        let noted = audited(&app, "review_item").await;
        let noted: Vec<_> = noted.iter().filter(|detail| !detail["change"].is_null()).collect();
        assert_eq!(noted.len(), 1);
        assert_eq!(noted[0]["change"]["items"].as_array().unwrap().len(), 3);

        let part = of(&world, &chosen(items, 2), &json!({ "ability": "apply" }));
        reviewer.post(CHANGES, &part).await.expect(200);
        let said = row(&reviewer, &world, items[0]).await["descriptor"].clone();
        assert_eq!((&said["module"], &said["ability"], &said["difficulty"]), (&json!("集合"), &json!("apply"), &json!(600)));
    }

    async fn so_many_that_nobody_may_change_them_are_not_even_looked_for(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let unknown: Vec<ItemId> = (0..=MOST_CHANGED).map(|_| app.cx.ids.new_id()).collect();
        let asked = of(&world, &chosen(&unknown, 1), &whole("集合"));
        for path in [PREVIEW, CHANGES] {
            assert_wrong(reviewer.post(path, &asked).await, "/items", "too-long");
        }
        let asked = of(&world, &chosen(&unknown[1..], 1), &whole("集合"));
        assert_eq!(reviewer.post(CHANGES, &asked).await.expect_problem(404), "not-found");
    }

    async fn while_one_cannot_be_changed_none_is(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let items = &world.items[..2];
        reviewer.post(CHANGES, &of(&world, &chosen(&items[..1], 1), &whole("集合"))).await.expect(200);
        let mixed = json!([chosen(&items[1..], 1)[0], chosen(&items[..1], 1)[0]]);
        let asked = of(&world, &mixed, &whole("函数"));
        let looked = reviewer.post(PREVIEW, &asked).await.expect(200);
        assert_eq!((&looked["items"][0]["refused"], &looked["items"][1]["refused"]), (&Value::Null, &json!("changed-meanwhile")));
        assert_eq!(looked["items"][1]["detail"], "这道题刚才被改过，请刷新后重新选");
        assert_wrong(reviewer.post(CHANGES, &asked).await, "/items/1", "changed-meanwhile");
        assert_eq!(row(&reviewer, &world, items[1]).await["descriptor"], Value::Null);
        let part = of(&world, &chosen(&items[1..], 1), &json!({ "module": "函数" }));
        assert_wrong(reviewer.post(CHANGES, &part).await, "/items/0", "not-described");
        let nothing = of(&world, &json!([]), &whole("函数"));
        assert_wrong(reviewer.post(PREVIEW, &nothing).await, "/items", "required");
    }

    async fn items_are_retired_together_and_a_repeat_is_harmless(app) {
        let world = World::draft(&app, 1).await;
        let reviewer = reviewer(&app).await;
        let asked = of(&world, &chosen(&world.items, 1), &json!({ "retire_because": "教材换了" }));
        let mut replies = Vec::new();
        for _ in 0..2 {
            let request = reviewer.request(Method::POST, CHANGES).header("idempotency-key", "k");
            replies.push(send(request.json(&asked)).await.expect(200));
        }
        assert_eq!(replies[0], replies[1]);
        for item in &world.items {
            let told = row(&reviewer, &world, *item).await["retired_because"].clone();
            assert_eq!(told, "", "that it is retired is told, but not why while a sealed paper holds it");
        }
        assert_wrong(reviewer.post(CHANGES, &asked).await, "/items/0", "retired");
    }

    async fn who_writes_items_changes_their_own_and_learns_nothing_of_others(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let text = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B";
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
        let stored = author.post("/api/v1/items/import", &body).await.expect(200)["stored"][0].clone();
        let own: ItemId = stored.as_str().unwrap().parse().unwrap();
        for path in [PREVIEW, CHANGES] {
            let others = of(&world, &chosen(&[own, world.items[0]], 1), &whole("集合"));
            assert_eq!(author.post(path, &others).await.expect_problem(404), "not-found");
            assert_eq!(world.marker.post(path, &others).await.expect_problem(403), "forbidden");
        }
        author.post(CHANGES, &of(&world, &chosen(&[own], 1), &whole("集合"))).await.expect(200);
        assert_eq!(row(&author, &world, own).await["descriptor"]["module"], "集合");
    }
}
