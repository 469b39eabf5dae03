//! How items did in a test is measured once its results are out, and stands beside each version.

use crate::{
    exam_world::{DURATION_MIN, Device, World},
    support::{Client, TestApp, db_tests},
};
use serde_json::{Value, json};
use shared::{ids::ItemId, rights::Role};

/// What three candidates chose for the first items; the first option is right.
const CHOSEN: [&[u16]; 3] = [&[0, 0, 0], &[0, 2], &[1]];

/// The test is over and scored.
async fn sat(app: &TestApp) -> World {
    let mut world = World::armed(app, CHOSEN.len()).await.started(app).await;
    for (candidate, chosen) in CHOSEN.iter().enumerate() {
        let mut device = Device::open(&world, candidate, 1, false).await;
        let entries: Vec<_> =
            chosen.iter().enumerate().map(|(item, option)| device.answer(&world, item, *option)).collect();
        device.send(&world, &entries).await.expect(200);
        device.submit(&world).await.expect(200);
    }
    world.later(app, i64::from(DURATION_MIN) * 60 + 31).await;
    world.settle(app).await;
    world.later(app, 600).await;
    world.settle(app).await;
    world
}

async fn release(app: &TestApp, world: &World) {
    for administrator in 0..2 {
        world.step("release", administrator).await.expect(200);
    }
    world.settle(app).await;
}

async fn measured(client: &Client, item: ItemId) -> Value {
    client.get(&format!("/api/v1/items/{item}/statistics")).await.expect(200)
}

db_tests! {
    async fn each_item_is_measured_when_the_results_are_out_and_not_before(app) {
        let world = sat(&app).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        assert_eq!(measured(&reviewer, world.items[0]).await, json!([]));
        release(&app, &world).await;
        // Of 600, 200 and 0 points: each item beside the rest of the paper.
        for (item, difficulty, discrimination, options, unanswered) in [
            (0, 667, json!(500), json!([2, 1, 0, 0]), 0),
            (1, 333, json!(866), json!([1, 0, 1, 0]), 1),
            (2, 333, json!(866), json!([1, 0, 0, 0]), 2),
            (3, 0, Value::Null, json!([]), 3),
        ] {
            let found = measured(&reviewer, world.items[item]).await;
            let expected = json!([{
                "version": 1, "held_at": found[0]["held_at"], "candidates": 3, "difficulty": difficulty,
                "discrimination": discrimination, "options": options, "unanswered": unanswered,
            }]);
            assert_eq!(found, expected, "item {item}");
        }
    }

    async fn what_was_measured_counts_from_a_hundred_candidates_on(app) {
        let world = sat(&app).await;
        release(&app, &world).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let path = format!("/api/v1/items?course_id={}", world.course_id);
        let told = async || {
            let page = reviewer.get(&path).await.expect(200);
            let row = page["items"].as_array().unwrap().iter().find(|row| row["id"] == json!(world.items[0]));
            row.unwrap()["measured"].clone()
        };
        let expected = |candidates: u32, is_in_force: bool| {
            json!({ "candidates": candidates, "difficulty": 667, "discrimination": 500, "is_in_force": is_in_force })
        };
        assert_eq!(told().await, expected(3, false));
        for (candidates, is_in_force) in [(99, false), (100, true)] {
            crate::support::execute(&app, &format!("UPDATE item SET measured_candidates = {candidates}")).await;
            assert_eq!(told().await, expected(candidates, is_in_force));
        }
    }

    async fn what_candidates_saw_is_counted_once_the_test_is_over(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let path = format!("/api/v1/items?course_id={}", world.course_id);
        let used = async |reviewer: &Client| {
            let page = reviewer.get(&path).await.expect(200);
            let rows = page["items"].as_array().unwrap().iter();
            rows.map(|row| (row["uses"].clone(), row["last_used_at"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(used(&reviewer).await, vec![(json!(0), Value::Null); 4]);
        let starts_at = world.exam_session().await["starts_at"].clone();
        Device::open(&world, 0, 1, false).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        world.later(&app, 600).await;
        world.settle(&app).await;
        let reviewer = app.log_in("wei").await;
        assert_eq!(used(&reviewer).await, vec![(json!(1), starts_at); 4]);
    }

    async fn a_test_that_nobody_came_to_shows_no_item(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        world.later(&app, 600).await;
        world.settle(&app).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let page = reviewer.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
        assert_eq!((&page["items"][0]["uses"], &page["items"][0]["last_used_at"]), (&json!(0), &Value::Null));
    }

    async fn a_job_that_runs_again_measures_nothing_twice(app) {
        let world = sat(&app).await;
        release(&app, &world).await;
        let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
        let before = measured(&reviewer, world.items[0]).await;
        let again = "UPDATE outbox_event SET sent_at = NULL WHERE topic = 'results.released'";
        crate::support::execute(&app, again).await;
        world.settle(&app).await;
        assert_eq!(measured(&reviewer, world.items[0]).await, before);
    }

    async fn who_only_writes_items_learns_nothing_of_others(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        author.get(&format!("/api/v1/items/{}/statistics", world.items[0])).await.expect(404);
        world.marker.get(&format!("/api/v1/items/{}/statistics", world.items[0])).await.expect(403);
    }
}
