//! The days of a test: planned in order, and learners register on those that they were told of and on no others.

use crate::{
    exam_world::{DURATION_MIN, World},
    support::{Client, START, TestApp, db_tests},
    work::waiting,
};
use serde_json::{Value, json};
use shared::{rights::Role, sittings::ExamCalendar, time::write_date};

const DAY_S: i64 = 86_400;
/// The test is sat so many days after the world.
const TEST_DAY: i64 = 20;

/// The day so many days after the world, as it stands on the wire.
fn day(days: i64) -> String {
    write_date(START.plus_s(days * DAY_S).date_in_china())
}

/// A calendar in order: learners register from the second day to the fourth.
fn calendar() -> Value {
    json!({ "registration_opens_on": day(2), "registration_closes_on": day(4), "reviewed_by": day(6),
        "arranged_by": day(8), "tickets_by": day(10), "marked_by": day(25), "released_by": day(30),
        "recheck_until": day(44) })
}

fn plan(world: &World, calendar: &Value) -> Value {
    json!({ "title": "Planned by days", "course_id": world.course_id, "paper_id": world.paper_id,
        "starts_at": START.plus_s(TEST_DAY * DAY_S), "duration_min": DURATION_MIN, "calendar": calendar })
}

/// A world whose test has a calendar, and whose registration two persons have opened.
async fn opened(app: &TestApp, candidates: usize) -> World {
    let mut world = World::draft(app, candidates).await;
    let made = world.administrators[0].post("/api/v1/exam_sessions", &plan(&world, &calendar())).await.expect(201);
    assert_eq!(made["calendar"], calendar());
    world.exam_session_id = made["id"].as_str().unwrap().parse().unwrap();
    world.open_registration().await;
    world
}

fn registrations(world: &World) -> String {
    format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id)
}

db_tests! {
    async fn days_out_of_order_are_refused_by_their_fields(app) {
        let world = World::draft(&app, 1).await;
        for (field, wrong) in [("registration_closes_on", day(1)), ("tickets_by", day(21)), ("marked_by", day(19))] {
            let mut days = calendar();
            days[field] = json!(wrong);
            let refused = world.administrators[0].post("/api/v1/exam_sessions", &plan(&world, &days)).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(format!("/calendar/{field}")), &json!("calendar-order")));
        }
        let usual = ExamCalendar::usual(START.plus_s(TEST_DAY * DAY_S).date_in_china());
        let usual = serde_json::to_value(usual).unwrap();
        let made = world.administrators[0].post("/api/v1/exam_sessions", &plan(&world, &usual)).await.expect(201);
        assert_eq!(made["calendar"], usual);
    }

    async fn a_changed_draft_has_its_new_days(app) {
        let world = World::draft(&app, 1).await;
        let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
        assert_eq!(world.exam_session().await["calendar"], Value::Null);
        for (seen, days) in [(1, calendar()), (2, Value::Null)] {
            let request = world.administrators[0].request(reqwest::Method::PUT, &path);
            let request = request.header("if-match", format!("\"{seen}\"")).json(&plan(&world, &days));
            assert_eq!(crate::support::send(request).await.expect(200)["calendar"], days);
        }
    }

    async fn learners_register_on_the_days_that_they_were_told(app) {
        let mut world = opened(&app, 2).await;
        let (path, withdraw) = (registrations(&world), format!("{}/withdraw", registrations(&world)));
        let exams = world.candidates[0].client.get("/api/v1/me/exams").await.expect(200);
        assert_eq!(exams[0]["registration"], json!({ "opens_on": day(2), "closes_on": day(4) }));
        let early = world.candidates[0].client.post(&path, &json!({})).await.expect(409);
        assert_eq!((&early["code"], &early["params"]["day"]), (&json!("wrong-state"), &json!(day(2))));
        assert!(early["detail"].as_str().unwrap().contains(&day(2)), "{early}");
        assert_eq!(world.step("arrange", 0).await.expect_problem(409), "wrong-state", "others may come yet");

        world.later(&app, 2 * DAY_S).await;
        for learner in &world.candidates {
            learner.client.post(&path, &json!({})).await.expect(200);
        }
        world.candidates[1].client.post(&withdraw, &json!({})).await.expect(200);
        world.later(&app, 2 * DAY_S).await;
        let open = world.step("arrange", 0).await.expect(409);
        assert!(open["detail"].as_str().unwrap().contains(&day(4)), "{open}");

        world.later(&app, DAY_S).await;
        let late = world.candidates[1].client.post(&path, &json!({})).await.expect(409);
        assert!(late["detail"].as_str().unwrap().contains("截止"), "{late}");
        assert_eq!(world.candidates[0].client.post(&withdraw, &json!({})).await.expect_problem(409), "wrong-state");
        world.step("arrange", 0).await.expect(200);
        assert_eq!(world.exam_session().await["counts"]["sittings"], 1);
    }

    async fn the_days_tell_what_waits_for_whom(app) {
        let mut world = opened(&app, 1).await;
        let counts = async |client: &Client| {
            [waiting(client, "exam_sessions_to_advance").await, waiting(client, "exam_sessions_overdue").await]
        };
        // The world has a draft without days, too.
        assert_eq!(counts(&world.administrators[0]).await, [1, 0], "learners still register");
        world.later(&app, 5 * DAY_S).await;
        assert_eq!(counts(&world.administrators[0]).await, [2, 0]);
        world.later(&app, 3 * DAY_S).await;
        assert_eq!(counts(&world.administrators[0]).await, [2, 0], "until the end of its day it is in time");
        world.later(&app, DAY_S).await;
        assert_eq!(counts(&world.administrators[0]).await, [2, 1]);
        let listed = world.administrators[0].get("/api/v1/exam_sessions?waits=overdue").await.expect(200)["items"].clone();
        let listed: Vec<_> = listed.as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        assert_eq!(listed, [json!(world.exam_session_id)]);
        let elsewhere = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        for client in [&elsewhere, &world.candidates[0].client] {
            assert_eq!(counts(client).await, [0, 0]);
        }
        world.step("arrange", 0).await.expect(200);
        assert_eq!(counts(&world.administrators[0]).await, [2, 0], "its key is armed before the day of the test");
    }

    async fn a_class_is_registered_on_these_days_too(app) {
        let mut world = opened(&app, 1).await;
        app.staff("bangongshi", Role::SchoolOffice, "330502").await;
        let (path, body) = (format!("/api/v1/classes/{}", world.class_id), json!({ "exam_session_id": world.exam_session_id }));
        let mut answers = Vec::new();
        for days in [0, 2, 3] {
            world.later(&app, days * DAY_S).await;
            let office = app.log_in("bangongshi").await;
            let exams = office.get(&format!("{path}/exams")).await.expect(200);
            assert_eq!(exams[0]["registration"]["opens_on"], day(2));
            answers.push(office.post(&format!("{path}/exam_registrations"), &body).await.status);
        }
        assert_eq!(answers, [409, 200, 409]);
    }
}
