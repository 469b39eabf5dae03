//! A test takes as many candidates from a place as it has places for; the exam office adds beyond that.

use crate::{
    accommodations::Bureaus,
    exam_world::{DURATION_MIN, STARTS_AFTER_S, World},
    people::texts,
    support::{Reply, TestApp, db_tests, send},
};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

async fn replan(app: &TestApp, world: &World, quotas: &Value) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
    let version = world.exam_session().await["version"].clone();
    let plan = json!({ "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id, "quotas": quotas,
        "starts_at": app.began.plus_s(STARTS_AFTER_S), "duration_min": DURATION_MIN });
    let request = world.administrators[0].request(Method::PUT, &path).header("if-match", format!("\"{version}\""));
    send(request.json(&plan)).await
}

/// Registration is open, with two places for the county of the class and one for another.
async fn opened(app: &TestApp, candidates: usize) -> World {
    let world = World::draft(app, candidates).await;
    let quotas = json!([{ "division": "330502", "places": 2 }, { "division": "330503", "places": 1 }]);
    replan(app, &world, &quotas).await.expect(200);
    world.open_registration().await;
    world
}

async fn register(world: &World, candidate: usize, verb: &str) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}/registrations{verb}", world.exam_session_id);
    world.candidates[candidate].client.post(&path, &json!({})).await
}

/// How many of each quota are taken.
async fn taken(world: &World) -> Vec<u64> {
    let quotas = world.exam_session().await["quotas"].clone();
    quotas.as_array().unwrap().iter().map(|quota| quota["taken"].as_u64().unwrap()).collect()
}

db_tests! {
    async fn quotas_that_cannot_be_are_refused_by_their_fields(app) {
        let world = World::draft(&app, 1).await;
        for (quotas, field, code) in [
            (json!([{ "division": "3305", "places": 9 }, { "division": "330502", "places": 9 }]), "/quotas/1/division", "duplicate"),
            (json!([{ "division": "330502", "places": 0 }]), "/quotas/0/places", "out-of-range"),
        ] {
            let refused = replan(&app, &world, &quotas).await.expect(422);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(field), &json!(code)));
        }
    }

    async fn the_last_place_is_taken_and_comes_free_again(app) {
        let world = opened(&app, 3).await;
        for candidate in [0, 1] {
            register(&world, candidate, "").await.expect(200);
        }
        assert_eq!(taken(&world).await, [2, 0]);
        let full = register(&world, 2, "").await.expect(409);
        assert_eq!((&full["code"], &full["params"]["places"]), (&json!("wrong-state"), &json!(2)));
        assert!(full["detail"].as_str().unwrap().contains("名额已满"), "{full}");
        register(&world, 0, "").await.expect(200);
        register(&world, 0, "/withdraw").await.expect(200);
        register(&world, 2, "").await.expect(200);
        assert_eq!(register(&world, 0, "").await.expect_problem(409), "wrong-state", "somebody else has it");
        assert_eq!(taken(&world).await, [2, 0]);
    }

    async fn who_asks_twice_at_one_moment_has_the_last_place(app) {
        let world = opened(&app, 2).await;
        register(&world, 0, "").await.expect(200);
        for reply in join_all([1, 1].map(|candidate| register(&world, candidate, ""))).await {
            reply.expect(200);
        }
        assert_eq!(taken(&world).await, [2, 0]);
    }

    async fn of_a_class_as_many_are_registered_as_there_are_places(app) {
        let world = opened(&app, 3).await;
        let office = app.staff("bangongshi", Role::SchoolOffice, "330502").await;
        let path = format!("/api/v1/classes/{}/exam_registrations", world.class_id);
        let told = office.post(&path, &json!({ "exam_session_id": world.exam_session_id })).await.expect(200);
        assert_eq!((&told["registered"], &told["refused"][0]["because"]), (&json!(2), &json!("quota_full")));
        assert_eq!(taken(&world).await, [2, 0]);
    }

    async fn the_exam_office_adds_beyond_a_quota(app) {
        let world = opened(&app, 3).await;
        for candidate in [0, 1] {
            register(&world, candidate, "").await.expect(200);
        }
        world.step("arrange", 0).await.expect(200);
        Bureaus::of(&app, "learner-2").await;
        let number = texts(&app, "SELECT learner_number FROM student_record").await.remove(0);
        let path = format!("/api/v1/exam_sessions/{}/late_additions", world.exam_session_id);
        let body = json!({ "learner_number": number, "reason": "补报名" });
        world.administrators[0].post(&path, &body).await.expect(200);
        assert_eq!(taken(&world).await, [3, 0]);
    }
}
