//! The province runs a test for everybody, a city for those who come from there.

use crate::{
    exam_world::{DURATION_MIN, STARTS_AFTER_S, World},
    support::{TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const EXAMS: &str = "/api/v1/exam_sessions";

fn plan(app: &TestApp, world: &World, division: &Value) -> Value {
    json!({ "title": "Of a city", "division": division, "course_id": world.course_id, "paper_id": world.paper_id,
        "starts_at": app.began.plus_s(STARTS_AFTER_S), "duration_min": DURATION_MIN })
}

/// A test that a division runs, planned by the province, whose registration is open.
async fn opened(app: &TestApp, division: &str) -> World {
    let mut world = World::draft(app, 1).await;
    backend::organisation::load_divisions(&app.cx).await.unwrap();
    let made = world.administrators[0].post(EXAMS, &plan(app, &world, &json!(division))).await.expect(201);
    assert_eq!(made["division"], division);
    world.exam_session_id = made["id"].as_str().unwrap().parse().unwrap();
    world.open_registration().await;
    world
}

/// The titles of the tests that the candidate may know of.
async fn told(world: &World) -> Vec<Value> {
    let exams = world.candidates[0].client.get("/api/v1/me/exams").await.expect(200);
    exams.as_array().unwrap().iter().map(|exam| exam["title"].clone()).collect()
}

db_tests! {
    async fn a_city_runs_a_test_for_those_who_come_from_there(app) {
        let world = opened(&app, "3305").await;
        assert_eq!(told(&world).await, [json!("Of a city")]);
        let path = format!("{EXAMS}/{}", world.exam_session_id);
        world.candidates[0].client.post(&format!("{path}/registrations"), &json!({})).await.expect(200);
        let city = app.staff("huzhou", Role::ExamAdministrator, "3305").await;
        let other = app.staff("hangzhou", Role::ExamAdministrator, "3301").await;
        let seen = city.get(&path).await.expect(200);
        assert!(seen["division_name"].as_str().unwrap().contains("湖州"), "{seen}");
        assert_eq!(other.get(&path).await.expect_problem(404), "not-found");
    }

    async fn others_are_not_offered_it_and_cannot_register(app) {
        let world = opened(&app, "3301").await;
        assert_eq!(told(&world).await, [] as [Value; 0]);
        let path = format!("{EXAMS}/{}/registrations", world.exam_session_id);
        let refused = world.candidates[0].client.post(&path, &json!({})).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("不面向您学习的地区"), "{refused}");
    }

    async fn only_who_plans_there_names_a_division_and_a_county_runs_no_test(app) {
        let world = World::draft(&app, 1).await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        let city = app.staff("huzhou", Role::ExamAdministrator, "3305").await;
        for (client, division) in [(&world.administrators[0], "330502"), (&city, "3301"), (&city, "33")] {
            let refused = client.post(EXAMS, &plan(&app, &world, &json!(division))).await.expect(422);
            assert_eq!(refused["errors"][0]["pointer"], "/division", "{division}");
        }
        let own = city.post(EXAMS, &plan(&app, &world, &Value::Null)).await.expect(201);
        assert_eq!(own["division"], "3305");
    }

    async fn a_draft_is_given_to_a_city_and_stays_there(app) {
        let world = World::draft(&app, 1).await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        let path = format!("{EXAMS}/{}", world.exam_session_id);
        for (seen, division) in [(1, json!("3305")), (2, Value::Null)] {
            let request = world.administrators[0].request(Method::PUT, &path).header("if-match", format!("\"{seen}\""));
            let changed = send(request.json(&plan(&app, &world, &division))).await.expect(200);
            assert_eq!(changed["division"], "3305");
        }
    }
}
