//! Who writes items, or finds them right, may do so for some courses alone; of others they learn nothing.

use super::{GRANTS, Office, id_of, pointer, step};
use crate::{
    exam_world::World,
    support::{Client, NO_ID, db_tests, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::slice;

fn grant(account: &Value, role: &str, course: &Value) -> Value {
    json!({ "account_id": account, "role": role, "place": { "kind": "course", "id": course } })
}

fn pasted(course: &Value, stem: &str) -> Value {
    let text = format!("1. {stem}（　）\nA. 上海\nB. 北京\n答案：B");
    json!({ "course_id": course, "format": "chinese_text", "text": text, "dry_run": false })
}

async fn import(author: &Client, course: &Value, stem: &str) -> Value {
    author.post("/api/v1/items/import", &pasted(course, stem)).await.expect(200)["stored"][0].clone()
}

/// The items that somebody's list shows.
async fn listed(client: &Client, query: &str) -> Vec<Value> {
    let page = client.get(&format!("/api/v1/items?{query}")).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
}

db_tests! {
    async fn who_writes_and_reviews_for_one_course_learns_nothing_of_others(app) {
        let (office, world) = (Office::of(&app).await, World::draft(&app, 1).await);
        let own = json!(world.course_id);
        let teacher = app.staff("jiaoshi", Role::Teacher, "33").await;
        let copy = json!({ "code": "GYW09", "title": "另一门课" });
        let other = teacher.post(&format!("/api/v1/courses/{}/copies", world.course_id), &copy).await.expect(201);
        let other = &other["id"];

        for (role, course, code) in [("marker", &own, "role-place"), ("item_author", &json!(NO_ID), "not-found")] {
            let refused = office.first.post(GRANTS, &grant(&office.worker_id, role, course)).await.expect(422);
            assert_eq!(pointer(&refused), ("/place".to_owned(), code.to_owned()));
        }
        let granted = office.first.post(GRANTS, &grant(&office.worker_id, "item_author", other)).await.expect(201);
        assert_eq!((&granted["state"], &granted["place_name"]), (&json!("in_force"), &json!("课程: 另一门课")));
        let author = &office.worker;
        let reader = app.staff("shenti", Role::Marker, "33").await;
        let reader_id = id_of(&reader).await;
        office.first.post(GRANTS, &grant(&reader_id, "item_reviewer", other)).await.expect(201);

        // What they write is of that course alone, and so is what they bring along and take away.
        let refused = author.post("/api/v1/items/import", &pasted(&own, "首都是")).await;
        assert_eq!(refused.expect_problem(403), "forbidden");
        let item = import(author, other, "我国的首都是").await;
        let everywhere = app.staff("mingti", Role::ItemAuthor, "33").await;
        let elsewhere = import(&everywhere, &own, "浙江的省会是").await;
        let beside = import(&everywhere, other, "江苏的省会是").await;
        assert_eq!(listed(author, "").await, slice::from_ref(&item));
        assert_eq!(listed(&reader, "").await, [beside.clone(), item.clone()]);
        assert_eq!(listed(&reader, "text=省会").await, slice::from_ref(&beside));
        assert_eq!(listed(&reader, &format!("course_id={}", world.course_id)).await, [] as [Value; 0]);
        assert_eq!(listed(&reader, "waits=review").await.len(), 2);
        assert_eq!(waiting(&reader, "items_to_review").await, 2);
        for (course, status) in [(&own, 403), (other, 200)] {
            let wanted = json!({ "course_id": course, "format": "own" });
            assert_eq!(reader.post("/api/v1/items/exports/preview", &wanted).await.status, status);
            assert_eq!(reader.post("/api/v1/items/exports", &wanted).await.status, status);
        }

        // An item of another course is as if it were not.
        for none in [elsewhere.as_str().unwrap(), NO_ID] {
            let path = |part: &str| format!("/api/v1/items/{none}/{part}");
            for client in [author, &reader] {
                client.post(&path("views"), &json!({})).await.expect(404);
                client.get(&path("history")).await.expect(404);
                client.get(&path("alike")).await.expect(404);
                client.post(&path("retire"), &json!({ "reason": "不用了" })).await.expect(404);
                client.post(&path("comments"), &json!({ "text": "好题" })).await.expect(404);
            }
            let review = reader.request(Method::POST, &path("reviews")).header("if-match", "\"1\"");
            send(review.json(&json!({ "decision": "approve" }))).await.expect(404);
        }
        let path = format!("/api/v1/items/{}/reviews", item.as_str().unwrap());
        let review = reader.request(Method::POST, &path).header("if-match", "\"1\"");
        send(review.json(&json!({ "decision": "approve" }))).await.expect(200);
        author.post(&format!("/api/v1/items/{}/views", beside.as_str().unwrap()), &json!({})).await.expect(404);

        // The role ends as any other, and with it what they could see, their own too.
        office.second.post(&step(&granted, "end"), &json!({ "reason": "不再命题" })).await.expect(200);
        author.get("/api/v1/items").await.expect(403);
        author.post(&format!("/api/v1/items/{}/views", item.as_str().unwrap()), &json!({})).await.expect(403);
    }
}
