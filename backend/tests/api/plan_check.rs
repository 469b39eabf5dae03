//! The check of a plan: what is shown while one plans, and what opening and arming refuse.

use crate::{
    accommodations::{Bureaus, needs},
    classes::school::course,
    exam_world::{DURATION_MIN, STARTS_AFTER_S, World},
    support::{TestApp, db_tests, execute},
};
use serde_json::{Value, json};
use shared::time::Timestamp;

async fn check(world: &World) -> Value {
    world.administrators[0].get(&format!("/api/v1/exam_sessions/{}/check", world.exam_session_id)).await.expect(200)
}

/// What is found, and whether it stops the plan.
async fn faults(world: &World) -> Vec<(String, bool, u64)> {
    let check = check(world).await;
    let found = check["findings"].as_array().unwrap().iter();
    found
        .map(|finding| {
            let fault = finding["fault"].as_str().unwrap().to_owned();
            (fault, finding["is_stopping"].as_bool().unwrap(), finding["count"].as_u64().unwrap())
        })
        .collect()
}

fn start(app: &TestApp) -> Timestamp {
    app.began.plus_s(STARTS_AFTER_S)
}

/// The plan of the world, with another moment at which the rooms are closed.
fn closing(app: &TestApp, world: &World, hard_stop_at: Timestamp) -> Value {
    json!({ "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id, "starts_at": start(app),
        "duration_min": DURATION_MIN, "hard_stop_at": hard_stop_at })
}

async fn replan(world: &World, plan: &Value) {
    let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
    let version = world.exam_session().await["version"].clone();
    let request =
        world.administrators[0].request(reqwest::Method::PUT, &path).header("if-match", format!("\"{version}\""));
    crate::support::send(request.json(plan)).await.expect(200);
}

/// Enters a site without rooms in the world's county.
async fn add_site(world: &World, name: &str) -> Value {
    let site = json!({ "name": name, "division": "330502", "address": "1 号", "capacity": 120, "is_accessible": true,
        "contact_name": "甲", "contact_phone": "0572-0000001", "state": "open" });
    world.administrators[0].post("/api/v1/exam_sites", &site).await.expect(201)["id"].clone()
}

/// Enters a site with one room in the world's county.
async fn add_room(world: &World, capacity: u8, has_extra_time: bool) -> Value {
    let client = &world.administrators[0];
    let site = add_site(world, &format!("考点{capacity}")).await;
    let room = json!({ "number": 1, "name": "A101", "rows": 2, "columns": 3, "capacity": capacity,
        "accessible_seats": [6], "has_extra_time": has_extra_time, "state": "open" });
    client.post(&format!("/api/v1/exam_sites/{}/rooms", site.as_str().unwrap()), &room).await.expect(201);
    site
}

/// Draws a plan of seats at a site, and makes it hold.
async fn seat(world: &World, site: &Value) {
    let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
    let wanted = json!({ "sites": [{ "exam_site_id": site, "serves": ["330502"] }], "accessible": [], "seed": 7 });
    let plan = world.administrators[0].post(&path, &wanted).await.expect(201);
    let confirm = format!("/api/v1/seat_plans/{}/confirm", plan["id"].as_str().unwrap());
    world.administrators[0].post(&confirm, &json!({})).await.expect(200);
}

db_tests! {
    async fn rooms_that_close_too_early_stop_the_plan_before_learners_hear_of_it(app) {
        let world = World::draft(&app, 1).await;
        // Half of the time more for who may be granted it, half an hour given back, and 30 seconds for the network.
        let last = start(&app).plus_s(i64::from(DURATION_MIN) * 90 + 1_800 + 30);
        replan(&world, &closing(&app, &world, last.plus_s(-1))).await;
        let found = check(&world).await;
        assert_eq!((&found["findings"][0]["fault"], &found["findings"][0]["right_at"]), (&json!("hard_stop"), &json!(last)));
        assert_eq!(world.step("open_registration", 0).await.expect_problem(409), "wrong-state");
        replan(&world, &closing(&app, &world, last)).await;
        assert_eq!(world.exam_session().await["hard_stop_at"], json!(last));
        assert!(faults(&world).await.iter().all(|(_, is_stopping, _)| !is_stopping));
        world.open_registration().await;
    }

    async fn the_rehearsal_ends_when_the_sittings_do(app) {
        let world = World::arranged(&app, 1).await;
        let rehearsal = check(&world).await["rehearsal"].clone();
        let end = |nth: usize| rehearsal[nth]["ends_at"].clone();
        assert_eq!(world.view(0).await["deadline"], end(0));
        let bureaus = Bureaus::of(&app, "learner-0").await;
        bureaus.give(&world.candidates[0].client, &needs(30, &[])).await;
        assert_eq!((world.view(0).await["deadline"].clone(), &rehearsal[1]["extra_pct"]), (end(1), &json!(30)));
        bureaus.give(&world.candidates[0].client, &needs(50, &[])).await;
        assert_eq!(world.view(0).await["deadline"], end(2));
    }

    async fn a_test_is_not_armed_over_another_of_the_same_candidates(app) {
        let mut world = World::arranged(&app, 2).await;
        let first = world.exam_session_id;
        let plan = |starts_at: Timestamp| json!({ "title": "Other", "course_id": world.course_id,
            "paper_id": world.paper_id, "starts_at": starts_at, "duration_min": DURATION_MIN });
        let [at_once, afterwards] = [30, 60].map(|minutes| plan(start(&app).plus_s(minutes * 60)));
        let other = world.administrators[0].post("/api/v1/exam_sessions", &at_once).await.expect(201);
        world.exam_session_id = other["id"].as_str().unwrap().parse().unwrap();
        assert!(faults(&world).await.contains(&("same_course".to_owned(), false, 1)));
        replan(&world, &afterwards).await;
        world.open_registration().await;
        let register = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        world.candidates[1].client.post(&register, &json!({})).await.expect(200);
        world.step("arrange", 0).await.expect(200);
        assert!(faults(&world).await.iter().all(|(_, is_stopping, _)| !is_stopping), "one begins when the other ends");
        Bureaus::of(&app, "learner-1").await.give(&world.candidates[1].client, &needs(30, &[])).await;
        assert!(faults(&world).await.contains(&("overlap".to_owned(), true, 1)), "but not for who works longer");
        let refused = world.step("arm", 0).await.expect(409);
        assert_eq!((&refused["code"], &refused["params"]["count"]), (&json!("wrong-state"), &json!(1)));
        world.exam_session_id = first;
        let cancel = format!("/api/v1/exam_sessions/{first}/cancel");
        world.administrators[0].post(&cancel, &json!({ "reason": "时间冲突" })).await.expect(200);
        world.exam_session_id = other["id"].as_str().unwrap().parse().unwrap();
        world.step("arm", 0).await.expect(200);
    }

    async fn a_site_whose_rooms_nobody_entered_may_hold_who_finds_no_seat_elsewhere(app) {
        let world = World::arranged(&app, 3).await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        add_room(&world, 2, false).await;
        assert!(faults(&world).await.contains(&("seats_missing".to_owned(), true, 1)));
        add_site(&world, "另一考点").await;
        assert!(faults(&world).await.iter().all(|(_, is_stopping, _)| !is_stopping));
        world.step("arm", 0).await.expect(200);
    }

    async fn a_test_of_another_course_at_that_time_is_pointed_out(app) {
        let world = World::draft(&app, 1).await;
        course(&app, "GYW02").await;
        let plan = json!({ "title": "Beside", "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": start(&app).plus_s(1_800), "duration_min": DURATION_MIN });
        world.administrators[0].post("/api/v1/exam_sessions", &plan).await.expect(201);
        let of_other_course = "UPDATE exam_session SET course_id = (SELECT id FROM course WHERE code = 'GYW02') WHERE title = 'Beside'";
        execute(&app, of_other_course).await;
        assert!(faults(&world).await.contains(&("same_time".to_owned(), false, 1)), "a draft, too");
    }

    async fn seats_that_are_missing_or_not_as_granted_stop_the_arming(app) {
        let world = World::arranged(&app, 3).await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        assert!(faults(&world).await.contains(&("no_rooms".to_owned(), false, 0)));
        add_room(&world, 2, false).await;
        assert!(faults(&world).await.contains(&("seats_missing".to_owned(), true, 1)));
        assert_eq!(world.step("arm", 0).await.expect_problem(409), "wrong-state");
        let site = add_room(&world, 4, false).await;
        assert!(faults(&world).await.contains(&("no_seat_plan".to_owned(), false, 0)));
        seat(&world, &site).await;
        assert_eq!(faults(&world).await, []);
        Bureaus::of(&app, "learner-0").await.give(&world.candidates[0].client, &needs(30, &[])).await;
        assert_eq!(faults(&world).await, [("needs_unmet".to_owned(), true, 1)]);
        assert_eq!(world.step("arm", 0).await.expect_problem(409), "wrong-state");
    }

    async fn rooms_that_another_test_has_since_it_was_put_off_stop_the_arming(app) {
        let mut world = World::draft(&app, 2).await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        let site = add_room(&world, 4, false).await;
        let first = world.exam_session_id;
        let next_day = start(&app).plus_s(86_400);
        let plan = json!({ "title": "Next day", "course_id": world.course_id, "paper_id": world.paper_id,
            "starts_at": next_day, "duration_min": DURATION_MIN });
        let other = world.administrators[0].post("/api/v1/exam_sessions", &plan).await.expect(201);
        for (id, candidate) in [(other["id"].as_str().unwrap().parse().unwrap(), 1), (first, 0)] {
            world.exam_session_id = id;
            world.open_registration().await;
            let register = format!("/api/v1/exam_sessions/{id}/registrations");
            world.candidates[candidate].client.post(&register, &json!({})).await.expect(200);
            world.step("arrange", 0).await.expect(200);
            seat(&world, &site).await;
            assert!(!faults(&world).await.iter().any(|(_, is_stopping, _)| *is_stopping));
        }
        let path = format!("/api/v1/exam_sessions/{first}/postpone");
        let version = world.exam_session().await["version"].clone();
        let request = world.administrators[0].request(reqwest::Method::POST, &path);
        let body = json!({ "starts_at": next_day, "reason": "台风停考" });
        let request = request.header("if-match", format!("\"{version}\"")).json(&body);
        crate::support::send(request).await.expect(200);
        assert!(faults(&world).await.contains(&("crowded".to_owned(), true, 1)));
        assert_eq!(world.step("arm", 0).await.expect_problem(409), "wrong-state");
    }
}
