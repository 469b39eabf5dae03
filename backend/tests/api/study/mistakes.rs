//! 错题本: what was answered wrong stays in it until it is put right.

use crate::{
    learning::{UNIT, studying},
    support::{Client, TestApp, db_tests},
};
use futures::future::join;
use serde_json::{Value, json};
use shared::rights::Role;
use uuid::Uuid;

const BOOK: &str = "/api/v1/me/mistakes";

/// Answers an exercise, a second after the answer before.
async fn answer(app: &TestApp, learner: &Client, exercise: u16, option: u16) -> Value {
    app.clock.advance_s(1);
    let body = json!({ "response": { "kind": "single", "value": option } });
    learner.post(&format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers"), &body).await.expect(200)
}

/// Number, wrong tries and right answers since, of each exercise in the book of the only course.
async fn book(learner: &Client) -> Vec<(u64, u64, u64)> {
    let book = learner.get(BOOK).await.expect(200);
    let Some(course) = book.get(0) else { return Vec::new() };
    assert_eq!((&course["course_title"], &course["modules"][0]["title"]), (&json!("Course"), &json!("M")));
    let number = |value: &Value| value.as_u64().unwrap();
    let line = |found: &Value| (number(&found["index"]), number(&found["wrong_tries"]), number(&found["right_since"]));
    course["modules"][0]["mistakes"].as_array().unwrap().iter().map(line).collect()
}

/// How many exercises the home of the learner says are in it.
async fn count(learner: &Client) -> Value {
    learner.get("/api/v1/me/courses").await.expect(200)[0]["mistakes"].clone()
}

db_tests! {
    async fn a_wrong_answer_is_in_the_book_until_two_right_ones_in_a_row(app) {
        let learner = studying(&app).await;
        assert_eq!((book(&learner).await, count(&learner).await), (vec![], json!(0)));
        answer(&app, &learner, 1, 1).await;
        assert_eq!(book(&learner).await, [], "what was right at once is no mistake");
        answer(&app, &learner, 0, 1).await;
        answer(&app, &learner, 1, 0).await;
        assert_eq!(book(&learner).await, [(0, 1, 0), (1, 1, 0)]);
        assert_eq!(count(&learner).await, 2);
        answer(&app, &learner, 0, 0).await;
        answer(&app, &learner, 0, 1).await;
        answer(&app, &learner, 0, 0).await;
        assert_eq!(book(&learner).await, [(0, 2, 1), (1, 1, 0)]);
        let map = learner.get("/api/v1/me/courses").await.expect(200);
        let map = format!("/api/v1/me/courses/{}", map[0]["course"]["id"].as_str().unwrap());
        assert_eq!(learner.get(&map).await.expect(200)["course"]["mistakes"], 2);
        answer(&app, &learner, 0, 0).await;
        assert_eq!(book(&learner).await, [(1, 1, 0)]);
    }

    async fn an_answer_whose_reply_was_lost_counts_once(app) {
        let learner = studying(&app).await;
        answer(&app, &learner, 0, 1).await;
        let sent = |exercise: u16, option: u16| {
            let body = json!({ "id": Uuid::from_u128(7), "response": { "kind": "single", "value": option } });
            let (learner, path) = (&learner, format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers"));
            async move { learner.post(&path, &body).await }
        };
        app.clock.advance_s(1);
        let first = sent(0, 0).await.expect(200);
        let (one, other) = join(sent(0, 0), sent(0, 0)).await;
        assert_eq!((one.expect(200), other.expect(200)), (first.clone(), first));
        assert_eq!(book(&learner).await, [(0, 1, 1)], "it is right once");
        for other in [sent(0, 1).await, sent(1, 0).await] {
            let problem = other.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!("/id"), &json!("answer-id-taken")));
        }
        answer(&app, &learner, 0, 0).await;
        assert_eq!(book(&learner).await, [], "another one is another try");
    }

    async fn the_book_tells_what_is_asked_the_key_and_why(app) {
        let learner = studying(&app).await;
        answer(&app, &learner, 1, 0).await;
        let book = learner.get(BOOK).await.expect(200);
        let mistake = &book[0]["modules"][0]["mistakes"][0];
        assert_eq!((&mistake["unit_id"], &mistake["unit_title"]), (&json!(UNIT), &json!("U")));
        assert_eq!((&mistake["item"]["kind"], &mistake["key_text"]), (&json!("single_choice"), &json!("B")));
        assert!(mistake["explanation_html"].as_str().unwrap().contains("because"), "{mistake}");
    }

    async fn a_book_is_its_learners_alone(app) {
        let learner = studying(&app).await;
        answer(&app, &learner, 0, 1).await;
        let (_, other) = app.learner("other").await;
        assert_eq!(other.get(BOOK).await.expect(200), json!([]));
        app.staff("author", Role::Teacher, "33").await.get(BOOK).await.expect(403);
    }
}
