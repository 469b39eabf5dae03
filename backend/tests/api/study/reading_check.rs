//! 读中小题: who reads for long is asked an exercise of the unit, the same until something is answered.

use super::read;
use crate::{
    exam_world::World,
    learning::{UNIT, studying},
    support::{TestApp, db_tests},
};
use serde_json::{Value, json};

/// What `late` is asked at each heartbeat of so many seconds of reading.
async fn asked(app: &TestApp, seconds: i64) -> Vec<Value> {
    read(app, "late", &UNIT.to_string(), seconds).await.iter().map(|receipt| receipt["check"].clone()).collect()
}

fn is_nothing(asked: &[Value]) -> bool {
    asked.iter().all(Value::is_null)
}

db_tests! {
    async fn who_reads_for_long_is_asked_until_they_answer(app) {
        studying(&app).await;
        assert!(is_nothing(&asked(&app, 600).await), "not before ten minutes");
        let meanwhile = asked(&app, 360).await;
        let exercise = meanwhile.last().unwrap().clone();
        assert!(exercise == 0 || exercise == 1, "{meanwhile:?}");
        assert!(asked(&app, 1_200).await.iter().all(|still| *still == exercise), "it stays the same");

        // A wrong answer is an answer, and any exercise of the unit will do.
        let other = 1 - exercise.as_u64().unwrap();
        let learner = app.log_in("late").await;
        let path = format!("/api/v1/me/units/{UNIT}/exercises/{other}/answers");
        learner.post(&path, &json!({ "response": { "kind": "single", "value": 1 - other } })).await.expect(200);
        assert!(is_nothing(&asked(&app, 560).await));
        assert!(!asked(&app, 400).await.last().unwrap().is_null(), "and again after another quarter of an hour");
    }

    async fn who_pauses_is_not_asked(app) {
        studying(&app).await;
        for _ in 0..3 {
            assert!(is_nothing(&asked(&app, 560).await));
            app.clock.advance_s(60);
        }
    }

    async fn a_unit_without_exercises_asks_nothing(app) {
        let world = World::draft(&app, 1).await;
        let newcomer = world.newcomer(&app, "newcomer").await;
        let courses = newcomer.get("/api/v1/me/courses").await.expect(200);
        let unit = courses[0]["next_unit"]["id"].as_str().unwrap();
        let receipts = read(&app, "newcomer", unit, 1_800).await;
        assert!(receipts.iter().all(|receipt| receipt["check"].is_null()));
    }
}
