//! Tests of several courses are planned at once, all of them or none, and it is shown where they clash.

use crate::{
    classes::school::course,
    exam_forms::form,
    exam_world::{DURATION_MIN, World},
    seat_plans::{COUNTY, Site, confirm, draw, wanted, with_sites},
    support::{TestApp, db_tests, execute, send},
};
use backend::identity;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{ids::ExamSessionId, rights::Role, sittings::ExamCalendar, time::Timestamp};

const WINDOWS: &str = "/api/v1/exam_windows";
/// The tests of a window are sat so long after the world.
const FAR_S: i64 = 60 * 86_400;

/// How many exam sessions there are.
async fn count(world: &World) -> usize {
    world.administrators[0].get("/api/v1/exam_sessions").await.expect(200)["items"].as_array().unwrap().len()
}

/// The window in which a test was planned.
async fn window(world: &World, id: ExamSessionId) -> Value {
    world.administrators[0].get(&format!("/api/v1/exam_sessions/{id}/window")).await.expect(200)
}

/// Plans the seats of the world's test at a site, and sends somebody to watch its room.
async fn seat(app: &TestApp, world: &World, site: &Site) {
    let plan = draw(world, &wanted(&[(site, COUNTY)])).await.expect(201);
    confirm(world, &plan).await.expect(200);
    let watcher = identity::find_by_name(&app.cx, "jiankao").await.unwrap().unwrap();
    let room = site.room.as_str().unwrap();
    let path = format!("/api/v1/exam_sessions/{}/rooms/{room}/invigilators", world.exam_session_id);
    world.administrators[0].post(&path, &json!({ "account_ids": [watcher] })).await.expect(200);
}

db_tests! {
    async fn tests_of_several_courses_are_planned_at_once_or_not_at_all(app) {
        let world = World::draft(&app, 1).await;
        let (other_course, other_paper) = (course(&app, "GYW02").await, form(&world, [200, 200, 200, 400]).await);
        let moved = "UPDATE paper SET course_id = (SELECT id FROM course WHERE code = 'GYW02') WHERE title = 'Form B'";
        execute(&app, moved).await;
        let start: Timestamp = app.began.plus_s(FAR_S);
        let of = |course: Value, paper: &Value, starts_at: Timestamp| {
            json!({ "course_id": course, "paper_id": paper, "starts_at": starts_at, "duration_min": DURATION_MIN })
        };
        // Named first, sat second.
        let tests = |second: &Value| {
            json!([of(json!(world.course_id), &world.paper_id, start.plus_s(5_400)), of(json!(other_course), second, start)])
        };
        let body = |second: &Value| json!({ "title": " 2026年秋季 ", "tests": tests(second) });
        let refused = world.administrators[0].post(WINDOWS, &body(&world.paper_id)).await.expect(422);
        let error = &refused["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/tests/1/paper_id"), &json!("other-course")));
        assert_eq!(count(&world).await, 1, "nothing came of the other one either");
        let asked = || {
            let request = world.administrators[0].request(Method::POST, WINDOWS).header("idempotency-key", "once");
            send(request.json(&body(&other_paper)))
        };
        let made = asked().await.expect(201);
        assert_eq!(asked().await.expect(201), made, "a repeat plans nothing more");
        assert_eq!(count(&world).await, 3);
        let titles = ["2026年秋季 Course GYW02", "2026年秋季 Course"];
        for (nth, title) in titles.into_iter().enumerate() {
            let test = &made["tests"][nth];
            assert_eq!((&test["title"], &test["state"]), (&json!(title), &json!("draft")));
            let usual = serde_json::to_value(ExamCalendar::usual(start.date_in_china())).unwrap();
            assert_eq!(test["calendar"], usual, "all have the days of the first");
        }
        assert_eq!((&made["title"], &made["clashes"]), (&json!("2026年秋季"), &json!([])));
        let alone = window(&world, world.exam_session_id).await;
        assert_eq!((&alone["title"], alone["tests"].as_array().unwrap().len()), (&Value::Null, 1));
        let twice = json!({ "title": "", "tests": [] });
        let refused = world.administrators[0].post(WINDOWS, &twice).await.expect(422);
        assert_eq!(refused["errors"].as_array().unwrap().len(), 2);
    }

    async fn learners_rooms_and_staff_of_two_tests_at_once_are_found(app) {
        let (mut world, [site, _]) = with_sites(&app, 2).await;
        app.staff("jiankao", Role::Invigilator, COUNTY).await;
        seat(&app, &world, &site).await;
        let first = world.exam_session_id;
        // Who registers sits nothing else at that time: it is moved there afterwards.
        let second = world.another_test(&app, FAR_S).await;
        for candidate in &world.candidates {
            let path = format!("/api/v1/exam_sessions/{second}/registrations");
            candidate.client.post(&path, &json!({})).await.expect(200);
        }
        world.exam_session_id = second;
        world.step("arrange", 0).await.expect(200);
        seat(&app, &world, &site).await;
        let planned = json!({ "title": "同批", "tests": [{ "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": app.began.plus_s(2 * FAR_S), "duration_min": DURATION_MIN }] });
        world.administrators[0].post(WINDOWS, &planned).await.expect(201);
        let together = "UPDATE exam_session SET exam_window_id = (SELECT id FROM exam_window)";
        execute(&app, together).await;
        assert_eq!(window(&world, first).await["clashes"], json!([]), "they are sat weeks apart");
        let at_once = format!("UPDATE exam_session SET starts_at = {} WHERE starts_at < {}",
            app.began.plus_s(FAR_S).0, app.began.plus_s(FAR_S + 1).0);
        execute(&app, &at_once).await;
        let found = window(&world, second).await;
        assert_eq!(found["tests"].as_array().unwrap().len(), 3);
        let clashes: Vec<_> = found["clashes"].as_array().unwrap().iter().map(|clash| {
            (clash["kind"].as_str().unwrap(), clash["count"].as_u64().unwrap(), clash["names"].as_array().unwrap().len())
        }).collect();
        assert_eq!(clashes, [("learners", 2, 0), ("rooms", 1, 1), ("staff", 1, 1)]);
        assert!(found["clashes"][1]["names"][0].as_str().unwrap().contains("A101"), "{found}");
    }
}
