//! Each test has its rules: who is too late, who leaves too early, and how long the server waits.

use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    support::{Reply, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};

/// Late by five minutes at most, away ten minutes before the end at the soonest, and a minute for each wait.
fn rules() -> Value {
    json!({ "late_limit_min": 5, "leave_before_end_min": 10, "grace_s": 60, "late_window_min": 1,
        "asks_entry_code": false, "needs_admission": false, "needs_safe_browser": false, "focus_policy": "warn" })
}

async fn replan(app: &TestApp, world: &World, rules: &Value) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
    let version = world.exam_session().await["version"].clone();
    let plan = json!({ "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id,
        "starts_at": app.began.plus_s(STARTS_AFTER_S), "duration_min": DURATION_MIN, "rules": rules });
    let request = world.administrators[0].request(Method::PUT, &path).header("if-match", format!("\"{version}\""));
    send(request.json(&plan)).await
}

/// A test with rules has begun.
async fn begun(app: &TestApp, candidates: usize) -> World {
    let world = World::draft(app, candidates).await;
    assert_eq!(replan(app, &world, &rules()).await.expect(200)["rules"], rules());
    world.into_armed().await.started(app).await
}

db_tests! {
    async fn rules_that_cannot_be_kept_are_refused_by_their_fields(app) {
        let world = World::draft(&app, 1).await;
        let lenient = world.exam_session().await["rules"].clone();
        let expected = json!({ "late_limit_min": null, "leave_before_end_min": null, "grace_s": 30, "late_window_min": 10,
            "asks_entry_code": false, "needs_admission": false, "needs_safe_browser": false, "focus_policy": "record" });
        assert_eq!(lenient, expected, "of a test of which nothing was said");
        for (field, wrong) in
            [("late_limit_min", 61), ("leave_before_end_min", 61), ("grace_s", 301), ("late_window_min", 2_881)]
        {
            let mut rules = rules();
            rules[field] = json!(wrong);
            let refused = replan(&app, &world, &rules).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(format!("/rules/{field}")), &json!("out-of-range")));
        }
    }

    async fn who_comes_too_late_is_not_let_in_and_who_is_in_goes_on(app) {
        let mut world = begun(&app, 2).await;
        let view = world.view(0).await;
        assert_eq!((&view["leave_before_end_min"], &view["focus_policy"]), (&json!(10), &json!("warn")));
        world.later(&app, 5 * 60).await;
        Device::open(&world, 0, 1, false).await;
        world.later(&app, 1).await;
        let late = Device::opened(&world, 1, 1, false).await.expect(409);
        assert_eq!((&late["code"], &late["params"]["time"]), (&json!("exam-too-late"), &json!("09:06")));
        Device::opened(&world, 0, 1, false).await.expect(200);
        Device::opened(&world, 0, 2, true).await.expect(200);
    }

    async fn nobody_hands_in_before_the_end_is_near(app) {
        let mut world = begun(&app, 1).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 0);
        device.send(&world, &[entry]).await.expect(200);
        let early = device.submit(&world).await.expect(409);
        assert_eq!((&early["code"], &early["params"]["time"]), (&json!("wrong-state"), &json!("09:51")));
        assert!(early["detail"].as_str().unwrap().contains("09:51"), "{early}");
        world.later(&app, i64::from(DURATION_MIN - 10) * 60).await;
        device.submit(&world).await.expect(200);
    }

    async fn the_server_waits_as_long_as_the_test_says(app) {
        let mut world = begun(&app, 1).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 59).await;
        world.settle(&app).await;
        let entry = device.answer(&world, 0, 0);
        device.send(&world, &[entry]).await.expect(200);
        assert_eq!(world.verdicts(&app, 0).await, ["store"]);
        world.later(&app, 6).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["counts"]["closed"], 1);
        assert_eq!(world.exam_session().await["state"], "marking", "no late answer can come any more");
    }
}
