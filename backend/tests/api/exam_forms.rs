//! A test has several forms that are worth the same: neighbours sit different ones, and each is scored by their own.

use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World, seal},
    support::{Reply, TestApp, db_tests, send},
};
use backend::{access::Actor, identity, sittings};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::SittingId,
    rights::{Place, Role, RoleAt},
    sittings::SeatPlanView,
};
use std::collections::HashMap;

/// Another sealed paper of the same items, with these points.
pub(crate) async fn form(world: &World, points: [i64; 4]) -> Value {
    let items = world.items.iter().zip(points);
    let items: Vec<_> = items.map(|(item, points)| json!({ "item_id": item, "points": points })).collect();
    let paper = json!({ "course_id": world.course_id, "title": "Form B", "items": items });
    let paper = world.administrators[0].post("/api/v1/papers", &paper).await;
    assert!([200, 201].contains(&paper.status), "{}", String::from_utf8_lossy(&paper.bytes));
    let status = paper.status;
    let id = paper.expect(status)["id"].clone();
    seal(&world.administrators, &format!("/api/v1/papers/{}", id.as_str().unwrap())).await;
    id
}

async fn replan(app: &TestApp, world: &World, others: &[&Value]) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
    let version = world.exam_session().await["version"].clone();
    let plan = json!({ "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id,
        "other_paper_ids": others, "starts_at": app.began.plus_s(STARTS_AFTER_S), "duration_min": DURATION_MIN });
    let request = world.administrators[0].request(Method::PUT, &path).header("if-match", format!("\"{version}\""));
    send(request.json(&plan)).await
}

/// Enters a site with one room in the world's county; the site.
async fn add_room(world: &World) -> Value {
    let site = json!({ "name": "考点", "division": "330502", "address": "1 号", "capacity": 120, "is_accessible": true,
        "contact_name": "甲", "contact_phone": "0572-0000001", "state": "open" });
    let client = &world.administrators[0];
    let site = client.post("/api/v1/exam_sites", &site).await.expect(201)["id"].clone();
    let room = json!({ "number": 1, "name": "A101", "rows": 2, "columns": 3, "capacity": 6, "accessible_seats": [],
        "has_extra_time": false, "state": "open" });
    client.post(&format!("/api/v1/exam_sites/{}/rooms", site.as_str().unwrap()), &room).await.expect(201);
    site
}

/// Who plans tests.
async fn planner(app: &TestApp) -> Actor {
    let account_id = identity::find_by_name(&app.cx, "kaowu-one").await.unwrap().unwrap();
    let roles = vec![RoleAt { role: Role::ExamAdministrator, place: Place::division("33") }];
    Actor { account_id, login_id: app.cx.ids.new_id(), roles, request_id: String::new() }
}

db_tests! {
    async fn forms_that_cannot_be_sat_beside_each_other_are_refused(app) {
        let world = World::draft(&app, 1).await;
        let (same, less) = (form(&world, [400, 200, 200, 200]).await, form(&world, [100, 100, 100, 100]).await);
        for (others, field, code) in [
            (vec![&same, &same], "/other_paper_ids/1", "duplicate"),
            (vec![&world.paper_id], "/other_paper_ids/0", "duplicate"),
            (vec![&same, &less], "/other_paper_ids/1", "other-points"),
        ] {
            let refused = replan(&app, &world, &others).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(field), &json!(code)));
        }
        assert_eq!(replan(&app, &world, &[&same]).await.expect(200)["other_paper_ids"], json!([same]));
    }

    async fn each_sits_the_form_that_lies_on_their_seat(app) {
        let world = World::draft(&app, 4).await;
        let other = form(&world, [400, 200, 200, 200]).await;
        replan(&app, &world, &[&other]).await.expect(200);
        let world = world.into_armed().await;
        let mut sat = Vec::new();
        for candidate in 0..4 {
            sat.push(world.view(candidate).await["paper_id"].clone());
        }
        let of = |paper: &Value| sat.iter().filter(|sat| *sat == paper).count();
        assert_eq!((of(&world.paper_id), of(&other)), (2, 2), "in turn, as long as nobody has a seat");
    }

    async fn a_plan_of_seats_says_who_sits_which_form(app) {
        let world = World::draft(&app, 4).await;
        let other = form(&world, [400, 200, 200, 200]).await;
        replan(&app, &world, &[&other]).await.expect(200);
        let world = world.into_arranged().await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        let site = add_room(&world).await;
        let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
        let wanted = json!({ "sites": [{ "exam_site_id": site, "serves": ["330502"] }], "accessible": [], "seed": 7 });
        let plan = world.administrators[0].post(&path, &wanted).await.expect(201);
        let confirm = format!("/api/v1/seat_plans/{}/confirm", plan["id"].as_str().unwrap());
        world.administrators[0].post(&confirm, &json!({})).await.expect(200);
        let forms = [world.paper_id.clone(), other];
        let seats = plan["outcome"]["sites"][0]["rooms"][0]["seats"].as_array().unwrap();
        assert_eq!(seats.len(), 4);
        for seat in seats {
            let candidate = (0..4).find(|candidate| json!(world.sitting(*candidate)) == seat["sitting_id"]).unwrap();
            let form = usize::try_from(seat["form"].as_u64().unwrap()).unwrap();
            assert_eq!(world.view(candidate).await["paper_id"], forms[form], "seat {}", seat["seat"]);
        }
    }

    async fn a_plan_that_comes_to_hold_after_the_key_is_armed_tells_what_each_has(app) {
        let world = World::draft(&app, 4).await;
        let other = form(&world, [400, 200, 200, 200]).await;
        replan(&app, &world, &[&other]).await.expect(200);
        let world = world.into_arranged().await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        let site = add_room(&world).await;
        let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
        let wanted =
            |seed: u8| json!({ "sites": [{ "exam_site_id": site, "serves": ["330502"] }], "accessible": [], "seed": seed });
        // Of neither is a form handed out: one is drawn before the key is armed, the other one afterwards.
        let early = world.administrators[0].post(&path, &wanted(7)).await.expect(201);
        for person in [0, 1] {
            world.step("arm", person).await.expect(200);
        }
        let late = world.administrators[0].post(&path, &wanted(8)).await.expect(201);
        let (mut given, forms) = (HashMap::new(), [world.paper_id.clone(), other]);
        for candidate in 0..4 {
            let view = world.view(candidate).await;
            let form = u8::try_from(forms.iter().position(|form| *form == view["paper_id"]).unwrap()).unwrap();
            given.insert(view["ticket_number"].as_str().unwrap().to_owned(), (world.sitting(candidate), form));
        }
        let office = planner(&app).await;
        for plan in [&early, &late] {
            let path = format!("/api/v1/seat_plans/{}", plan["id"].as_str().unwrap());
            world.administrators[0].post(&format!("{path}/confirm"), &json!({})).await.expect(200);
            let seen: SeatPlanView = serde_json::from_value(world.administrators[0].get(&path).await.expect(200)).unwrap();
            let shown: HashMap<SittingId, u8> =
                seen.outcome.sites[0].rooms[0].seats.iter().map(|seat| (seat.sitting_id, seat.form)).collect();
            assert_eq!(shown, given.values().copied().collect::<HashMap<_, _>>());
            let site_id = serde_json::from_value(site.clone()).unwrap();
            let (_, sheets) = sittings::seat_sheets(&app.cx, &office, seen.id, site_id).await.unwrap();
            for seat in &sheets.rooms[0].seats {
                assert_eq!(seat.form, Some(given[&seat.ticket_number].1), "on the sheet of seat {}", seat.seat);
            }
        }
    }

    async fn each_is_scored_by_their_own_form(app) {
        let world = World::draft(&app, 2).await;
        let other = form(&world, [400, 200, 200, 200]).await;
        replan(&app, &world, &[&other]).await.expect(200);
        let mut world = world.into_armed().await.started(&app).await;
        let mut expected = Vec::new();
        for candidate in 0..2 {
            let is_other = world.view(candidate).await["paper_id"] == other;
            expected.push(json!(if is_other { 400 } else { 200 }));
            let mut device = Device::open(&world, candidate, 1, false).await;
            let entry = device.answer(&world, 0, 0);
            device.send(&world, &[entry]).await.expect(200);
            device.submit(&world).await.expect(200);
        }
        assert_ne!(expected[0], expected[1], "they sit different forms");
        world.later(&app, i64::from(DURATION_MIN) * 60 + 631).await;
        world.settle(&app).await;
        for person in [0, 1] {
            world.step("release", person).await.expect(200);
        }
        for (candidate, expected) in world.candidates.iter().zip(expected) {
            let results = candidate.client.get("/api/v1/me/results").await.expect(200);
            assert_eq!(results[0]["score"], expected);
        }
    }
}
