//! Authors see in which units learners stop, and never who.

use crate::{
    exam_world::World,
    learning::{UNIT, content, publish, put, version_of},
    support::{Client, db_tests},
};
use serde_json::json;
use shared::rights::Role;
use uuid::Uuid;

const DAY_S: i64 = 24 * 60 * 60;

/// Does both exercises of the unit, as their keys say.
async fn answer(learner: &Client) {
    for exercise in 0..2 {
        let path = format!("/api/v1/me/units/{UNIT}/exercises/{exercise}/answers");
        learner.post(&path, &json!({ "response": { "kind": "single", "value": exercise } })).await.expect(200);
    }
}

db_tests! {
    async fn a_unit_is_named_once_five_learners_have_stopped_in_it(app) {
        let world = World::draft(&app, 1).await;
        app.staff("wang", Role::Teacher, "33").await;
        let path = format!("/api/v1/courses/{}/stops", world.course_id);
        let mut unit = String::new();
        for n in 0..5 {
            let learner = world.newcomer(&app, &format!("newcomer-{n}")).await;
            unit = learner.get("/api/v1/me/courses").await.expect(200)[0]["next_unit"]["id"].as_str().unwrap().to_owned();
            let beat = json!({ "stream": Uuid::from_u128(1), "read_pct": 40 });
            learner.post(&format!("/api/v1/me/units/{unit}/heartbeats"), &beat).await.expect(200);
        }
        assert_eq!(app.log_in("wang").await.get(&path).await.expect(200), json!([]), "they have only just studied");

        // One of them comes back ten days later.
        app.clock.advance_s(10 * DAY_S);
        let beat = json!({ "stream": Uuid::from_u128(2), "read_pct": 50 });
        let learner = app.log_in("newcomer-0").await;
        learner.post(&format!("/api/v1/me/units/{unit}/heartbeats"), &beat).await.expect(200);
        app.clock.advance_s(5 * DAY_S);
        assert_eq!(app.log_in("wang").await.get(&path).await.expect(200), json!([]), "four are too few to be told");
        app.clock.advance_s(10 * DAY_S);
        let stops = app.log_in("wang").await.get(&path).await.expect(200);
        // Who has read the course to its end has not stopped.
        assert_eq!(stops, json!([{ "unit_id": unit, "title": "U", "module_title": "M", "learners": 5 }]));
        let learner = app.log_in("newcomer-0").await;
        assert_eq!(learner.get(&path).await.expect_problem(403), "forbidden");
    }

    async fn who_has_read_the_last_unit_and_left_its_exercises_has_stopped_in_it(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("wang", Role::Teacher, "33").await;
        let reviewer = app.staff("luo", Role::Teacher, "33").await;
        let course = world.course_id.to_string();
        put(&author, &course, &version_of(&author, &course).await, &content(UNIT)).await.expect(200);
        publish(&author, &reviewer, &course).await;
        for n in 0..6 {
            let learner = world.newcomer(&app, &format!("newcomer-{n}")).await;
            let beat = json!({ "stream": Uuid::from_u128(1), "read_pct": 100 });
            learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &beat).await.expect(200);
        }
        answer(&app.log_in("newcomer-0").await).await;
        app.clock.advance_s(15 * DAY_S);
        let path = format!("/api/v1/courses/{course}/stops");
        let stops = app.log_in("wang").await.get(&path).await.expect(200);
        assert_eq!(stops, json!([{ "unit_id": UNIT, "title": "U", "module_title": "M", "learners": 5 }]));
        answer(&app.log_in("newcomer-1").await).await;
        let stops = app.log_in("wang").await.get(&path).await.expect(200);
        assert_eq!(stops, json!([]), "who does them in the end is through, and four are too few to be told");
    }
}
