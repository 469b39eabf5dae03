//! What one teacher has written another looks at.

use crate::{
    learning::{UNIT, act, content, created, publish, put},
    support::{Client, TestApp, db_tests},
    work::waiting,
};
use serde_json::{Value, json};
use shared::rights::Role;

/// Somebody writes a course, and somebody else does not.
struct Desk {
    author: Client,
    reviewer: Client,
    course: String,
}

impl Desk {
    /// A finished draft at version 2.
    async fn open(app: &TestApp) -> Self {
        let author = app.staff("wang", Role::Teacher, "33").await;
        let reviewer = app.staff("luo", Role::Teacher, "33").await;
        let course = created(&author, "GYW01").await;
        put(&author, &course, "\"1\"", &content(UNIT)).await.expect(200);
        Self { author, reviewer, course }
    }

    async fn submit(&self) -> Value {
        act(&self.author, &self.course, "submit", "\"2\"", &json!({})).await.expect(200)
    }

    async fn draft(&self, reader: &Client) -> Value {
        reader.get(&format!("/api/v1/courses/{}/draft", self.course)).await.expect(200)
    }
}

fn remarks() -> Value {
    json!({ "note": "总体不错", "remarks": [{ "unit_id": UNIT, "text": "例题少了一步" }] })
}

db_tests! {
    async fn nobody_publishes_what_they_have_written(app) {
        let desk = Desk::open(&app).await;
        assert_eq!(act(&desk.reviewer, &desk.course, "publish", "\"2\"", &json!({})).await.expect_problem(409), "wrong-state");
        assert_eq!(waiting(&desk.reviewer, "courses_to_review").await, 0);
        let submitted = desk.submit().await;
        assert_eq!((&submitted["review"]["state"], &submitted["is_own"]), (&json!("waiting"), &json!(true)));
        for verb in ["publish", "return"] {
            let own = act(&desk.author, &desk.course, verb, "\"2\"", &remarks()).await;
            assert_eq!(own.expect_problem(409), "second-person-needed", "{verb}");
        }
        assert_eq!((waiting(&desk.author, "courses_to_review").await, waiting(&desk.reviewer, "courses_to_review").await), (0, 1));
        let listed = desk.reviewer.get("/api/v1/course_reviews").await.expect(200);
        assert_eq!((&listed[0]["code"], &listed[0]["submitted_by_name"], &listed[0]["is_own"]), (&json!("GYW01"), &json!("wang"), &json!(false)));
        assert_eq!(desk.author.get("/api/v1/course_reviews").await.expect(200)[0]["is_own"], true);

        let published = act(&desk.reviewer, &desk.course, "publish", "\"2\"", &json!({})).await.expect(200);
        assert_eq!(published["published_version"], 1);
        assert_eq!(desk.reviewer.get("/api/v1/course_reviews").await.expect(200), json!([]));
        let next = desk.draft(&desk.author).await;
        assert_eq!((&next["review"], &next["is_own"], &next["version"]), (&json!(null), &json!(false), &json!(1)));
        assert_eq!(act(&desk.author, &desk.course, "submit", "\"1\"", &json!({})).await.expect_problem(409), "wrong-state");
    }

    async fn who_has_changed_a_word_of_it_is_no_second_person(app) {
        let desk = Desk::open(&app).await;
        put(&desk.reviewer, &desk.course, "\"2\"", &content(UNIT)).await.expect(200);
        act(&desk.author, &desk.course, "submit", "\"3\"", &json!({})).await.expect(200);
        let helped = act(&desk.reviewer, &desk.course, "publish", "\"3\"", &json!({})).await;
        assert_eq!(helped.expect_problem(409), "second-person-needed");
        let third = app.staff("third", Role::Teacher, "33").await;
        act(&third, &desk.course, "publish", "\"3\"", &json!({})).await.expect(200);
    }

    async fn who_submits_what_others_have_written_does_not_publish_it(app) {
        let desk = Desk::open(&app).await;
        act(&desk.reviewer, &desk.course, "submit", "\"2\"", &json!({})).await.expect(200);
        let own = act(&desk.reviewer, &desk.course, "publish", "\"2\"", &json!({})).await;
        assert_eq!(own.expect_problem(409), "second-person-needed");
    }

    async fn a_draft_in_review_is_locked_until_it_is_taken_back(app) {
        let desk = Desk::open(&app).await;
        assert_eq!(act(&desk.author, &desk.course, "take_back", "\"2\"", &json!({})).await.expect_problem(409), "wrong-state");
        desk.submit().await;
        // What was saved before is only said again.
        assert_eq!(put(&desk.author, &desk.course, "\"1\"", &content(UNIT)).await.expect(200)["version"], 2);
        for client in [&desk.author, &desk.reviewer] {
            assert_eq!(put(client, &desk.course, "\"2\"", &content(UNIT)).await.expect_problem(409), "wrong-state");
            assert_eq!(act(client, &desk.course, "submit", "\"2\"", &json!({})).await.expect_problem(409), "wrong-state");
        }
        let back = act(&desk.author, &desk.course, "take_back", "\"2\"", &json!({})).await.expect(200);
        assert_eq!((&back["review"]["state"], &back["review"]["decided_by_name"]), (&json!("taken_back"), &json!("wang")));
        put(&desk.author, &desk.course, "\"2\"", &content(UNIT)).await.expect(200);
        // What the reviewer looked at is not what is submitted now.
        act(&desk.author, &desk.course, "submit", "\"3\"", &json!({})).await.expect(200);
        assert_eq!(act(&desk.reviewer, &desk.course, "publish", "\"2\"", &json!({})).await.expect_problem(412), "stale");
        act(&desk.reviewer, &desk.course, "publish", "\"3\"", &json!({})).await.expect(200);
    }

    async fn a_draft_comes_back_with_remarks_on_its_units(app) {
        let desk = Desk::open(&app).await;
        desk.submit().await;
        let wrong = json!({ "note": "", "remarks": [] });
        let problem = act(&desk.reviewer, &desk.course, "return", "\"2\"", &wrong).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/note");
        act(&desk.reviewer, &desk.course, "return", "\"2\"", &remarks()).await.expect(200);
        let draft = desk.draft(&desk.author).await;
        assert_eq!((&draft["review"]["state"], &draft["review"]["note"]), (&json!("returned"), &json!("总体不错")));
        assert_eq!(draft["review"]["remarks"], remarks()["remarks"]);
        assert_eq!((&draft["review"]["decided_by_name"], &draft["course"]["published_version"]), (&json!("luo"), &json!(null)));
        put(&desk.author, &desk.course, "\"2\"", &content(UNIT)).await.expect(200);
        assert_eq!(publish(&desk.author, &desk.reviewer, &desk.course).await["published_version"], 1);
    }

    async fn two_who_decide_at_once_decide_once(app) {
        let desk = Desk::open(&app).await;
        desk.submit().await;
        let nothing = json!({});
        let remarks = remarks();
        let (published, returned) = futures::future::join(
            act(&desk.reviewer, &desk.course, "publish", "\"2\"", &nothing),
            act(&desk.reviewer, &desk.course, "return", "\"2\"", &remarks),
        )
        .await;
        assert_eq!([published.status, returned.status].iter().filter(|status| **status == 200).count(), 1);
    }

    async fn nobody_else_reviews(app) {
        let desk = Desk::open(&app).await;
        desk.submit().await;
        let (_, learner) = app.learner("zhang").await;
        let elsewhere = app.staff("county", Role::Teacher, "330502").await;
        for client in [&learner, &elsewhere] {
            for verb in ["submit", "take_back", "publish", "return"] {
                assert_eq!(act(client, &desk.course, verb, "\"2\"", &remarks()).await.expect_problem(403), "forbidden");
            }
            assert_eq!(client.get("/api/v1/course_reviews").await.expect_problem(403), "forbidden");
        }
    }
}
