//! A test is put off: its candidates stay and read why, what hangs on its start moves along, and its key is armed anew.

use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    support::{Client, Reply, START, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    rights::Role,
    time::{Timestamp, write_date},
};

const DAY_S: i64 = 86_400;

/// Asks to put the test of the world off, over the version that it has.
async fn postpone(client: &Client, world: &World, starts_at: Timestamp, reason: &str) -> Reply {
    let version = world.exam_session().await["version"].clone();
    over(client, world, &version, &json!({ "starts_at": starts_at, "reason": reason })).await
}

async fn over(client: &Client, world: &World, version: &Value, body: &Value) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}/postpone", world.exam_session_id);
    send(client.request(Method::POST, &path).header("if-match", format!("\"{version}\"")).json(body)).await
}

fn start(app: &TestApp) -> Timestamp {
    app.began.plus_s(STARTS_AFTER_S)
}

async fn my_exam(world: &World) -> Value {
    world.candidates[0].client.get("/api/v1/me/exams").await.expect(200)[0].clone()
}

db_tests! {
    async fn candidates_keep_their_sittings_and_read_why_and_the_key_is_armed_anew(app) {
        let mut world = World::armed(&app, 1).await;
        let (was_at, starts_at) = (start(&app), start(&app).plus_s(7 * DAY_S));
        let ticket = my_exam(&world).await["sitting"]["ticket_number"].clone();
        let off = postpone(&world.administrators[0], &world, starts_at, " 台风 改期 ").await.expect(200);
        assert_eq!((&off["state"], &off["awaits_second_person"]), (&json!("arranged"), &json!(false)));
        assert_eq!((&off["starts_at"], &off["ends_at"]), (&json!(starts_at), &json!(starts_at.plus_s(i64::from(DURATION_MIN) * 60))));
        let told = json!({ "was_at": was_at, "because": "台风 改期" });
        let exam = my_exam(&world).await;
        assert_eq!((&exam["postponed"], &exam["starts_at"]), (&told, &json!(starts_at)));
        assert_eq!((&exam["is_registered"], &exam["sitting"]["ticket_number"]), (&json!(true), &ticket));

        world.later(&app, STARTS_AFTER_S).await;
        world.settle(&app).await;
        let key = world.candidates[0].client.get(&world.path(0, "key")).await;
        assert_ne!(key.status, 200, "nobody begins at the time that it was armed for");
        let again = postpone(&world.administrators[1], &world, starts_at.plus_s(DAY_S), "台风 未停").await.expect(200);
        assert_eq!(again["postponed"], json!({ "was_at": starts_at, "because": "台风 未停" }), "the last one is told");
        for person in [0, 1] {
            world.step("arm", person).await.expect(200);
        }
        world.later(&app, 8 * DAY_S).await;
        world.settle(&app).await;
        Device::open(&world, 0, 1, false).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        world.later(&app, 600).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["state"], "marking", "and it ends by itself");
    }

    async fn it_is_put_off_to_a_later_moment_by_who_plans_it_and_before_it_begins(app) {
        let world = World::draft(&app, 1).await;
        let (planner, later) = (&world.administrators[0], start(&app).plus_s(DAY_S));
        assert_eq!(postpone(planner, &world, later, "台风停考").await.expect_problem(409), "wrong-state", "a draft is changed");
        world.open_registration().await;
        for (starts_at, reason, field, code) in [
            (start(&app), "台风停考", "/starts_at", "not-later"),
            (later, "停", "/reason", "required"),
            (later, "联系 19900009137", "/reason", "holds-number"),
        ] {
            let refused = postpone(planner, &world, starts_at, reason).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(field), &json!(code)));
        }
        let body = json!({ "starts_at": later, "reason": "台风停考" });
        assert_eq!(over(planner, &world, &json!(1), &body).await.expect_problem(412), "stale");
        let elsewhere = app.staff("jiangsu", Role::ExamAdministrator, "32").await;
        for stranger in [&elsewhere, &world.candidates[0].client] {
            assert_eq!(over(stranger, &world, &json!(2), &body).await.expect_problem(404), "not-found");
        }
        assert_eq!(over(&world.marker, &world, &json!(2), &body).await.expect_problem(403), "forbidden");
        assert_eq!(postpone(planner, &world, later, "台风停考").await.expect(200)["state"], "registering");
    }

    async fn a_test_that_runs_is_not_put_off(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let refused = postpone(&world.administrators[0], &world, start(&app).plus_s(DAY_S), "台风停考").await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("已经开考"), "{refused}");
    }

    async fn the_rooms_and_the_days_to_come_move_along(app) {
        let mut world = World::draft(&app, 1).await;
        let day = |days: i64| write_date(START.plus_s(days * DAY_S).date_in_china());
        let days = |registration: [i64; 2], rest: [i64; 6]| {
            json!({ "registration_opens_on": day(registration[0]), "registration_closes_on": day(registration[1]),
                "reviewed_by": day(rest[0]), "arranged_by": day(rest[1]), "tickets_by": day(rest[2]),
                "marked_by": day(rest[3]), "released_by": day(rest[4]), "recheck_until": day(rest[5]) })
        };
        let (starts_at, closed) = (START.plus_s(20 * DAY_S), START.plus_s(21 * DAY_S));
        let plan = json!({ "title": "Planned by days", "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": starts_at, "duration_min": DURATION_MIN, "hard_stop_at": closed,
            "calendar": days([-2, 4], [6, 8, 10, 25, 30, 44]) });
        let made = world.administrators[0].post("/api/v1/exam_sessions", &plan).await.expect(201);
        world.exam_session_id = made["id"].as_str().unwrap().parse().unwrap();
        world.open_registration().await;
        let off = postpone(&world.administrators[0], &world, starts_at.plus_s(7 * DAY_S), "台风停考").await.expect(200);
        assert_eq!(off["hard_stop_at"], json!(closed.plus_s(7 * DAY_S)));
        assert_eq!(off["calendar"], days([-2, 11], [13, 15, 17, 32, 37, 51]));
    }
}
