//! A course that begins as another.

use crate::{
    learning::{UNIT, act, content, created, put, version_of},
    support::{db_tests, send},
};
use reqwest::Method;
use serde_json::json;
use shared::rights::Role;

db_tests! {
    async fn a_copy_holds_the_same_in_units_of_its_own(app) {
        let author = app.staff("wang", Role::Teacher, "33").await;
        let reviewer = app.staff("luo", Role::Teacher, "33").await;
        let id = created(&author, "GYW01").await;
        put(&author, &id, "\"1\"", &content(UNIT)).await.expect(200);
        let path = format!("/api/v1/courses/{id}/copies");
        let request = || reviewer.request(Method::POST, &path).header("idempotency-key", "k");
        let wanted = json!({ "code": "GYW02", "title": "Copy" });
        let copy = send(request().json(&wanted)).await.expect(201);
        assert_eq!(send(request().json(&wanted)).await.expect(201)["id"], copy["id"], "a repeat");
        assert_eq!((&copy["title"], &copy["class_hours"], &copy["published_version"]), (&json!("Copy"), &json!(100), &json!(null)));

        let copied = copy["id"].as_str().unwrap().to_owned();
        let draft = reviewer.get(&format!("/api/v1/courses/{copied}/draft")).await.expect(200);
        let unit = &draft["content"]["modules"][0]["units"][0];
        let source = &content(UNIT)["modules"][0]["units"][0];
        assert_eq!((&unit["body"], &unit["exercises"]), (&source["body"], &source["exercises"]));
        assert_ne!(unit["id"], source["id"]);
        assert_eq!((&draft["is_own"], &draft["review"]), (&json!(true), &json!(null)));
        // Who wrote what was copied has written the copy, too.
        let version = version_of(&reviewer, &copied).await;
        act(&reviewer, &copied, "submit", &version, &json!({})).await.expect(200);
        assert_eq!(act(&author, &copied, "publish", &version, &json!({})).await.expect_problem(409), "second-person-needed");
        let third = app.staff("zhou", Role::Teacher, "33").await;
        let published = act(&third, &copied, "publish", &version, &json!({})).await.expect(200);
        assert_eq!(published["published_version"], 1);

        let taken = author.post(&path, &wanted).await.expect(422);
        assert_eq!((&taken["errors"][0]["pointer"], &taken["errors"][0]["code"]), (&json!("/code"), &json!("duplicate")));
        let untitled = author.post(&path, &json!({ "code": "GYW03", "title": " " })).await.expect(422);
        assert_eq!(untitled["errors"][0]["pointer"], "/title");
        let (_, learner) = app.learner("zhang").await;
        assert_eq!(learner.post(&path, &json!({ "code": "GYW04", "title": "C" })).await.expect_problem(403), "forbidden");
    }
}
