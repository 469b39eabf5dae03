//! A school registers a whole class by one action, and reads who cannot be registered and why.

use crate::{
    exam_world::{STARTS_AFTER_S, World},
    support::{Client, db_tests, send},
};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

/// The county of the class.
const HERE: &str = "330502";

fn path(world: &World, verb: &str) -> String {
    format!("/api/v1/classes/{}/{verb}", world.class_id)
}

async fn register(office: &Client, world: &World) -> Value {
    let body = json!({ "exam_session_id": world.exam_session_id });
    office.post(&path(world, "exam_registrations"), &body).await.expect(200)
}

db_tests! {
    async fn a_class_is_registered_at_once_and_the_rest_is_told_with_reasons(app) {
        let world = World::draft(&app, 3).await;
        world.newcomer(&app, "lazy").await;
        let office = app.staff("bangongshi", Role::SchoolOffice, HERE).await;
        assert_eq!(office.get(&path(&world, "exams")).await.expect(200), json!([]), "nobody is told of a draft");
        let body = json!({ "exam_session_id": world.exam_session_id });
        let refused = office.post(&path(&world, "exam_registrations"), &body).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/exam_session_id");
        world.open_registration().await;

        let own = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        for candidate in &world.candidates[1..] {
            candidate.client.post(&own, &json!({})).await.expect(200);
        }
        world.candidates[2].client.post(&format!("{own}/withdraw"), &json!({})).await.expect(200);
        let exams = office.get(&path(&world, "exams")).await.expect(200);
        assert_eq!((&exams[0]["learners"], &exams[0]["registered"]), (&json!(4), &json!(1)));

        let told = register(&office, &world).await;
        assert_eq!((&told["registered"], &told["already"]), (&json!(1), &json!(1)));
        let because: Vec<_> = told["refused"].as_array().unwrap().iter().map(|one| (&one["name"], &one["because"])).collect();
        assert_eq!(because, [(&json!("lazy"), &json!("task_points_missing")), (&json!("learner-2"), &json!("taken_back"))]);
        assert_eq!(told["refused"][0]["missing"], 1);
        let again = register(&office, &world).await;
        assert_eq!((&again["registered"], &again["already"]), (&json!(0), &json!(2)));
        assert_eq!(world.exam_session().await["counts"]["registered"], 2);

        world.step("arrange", 0).await.expect(200);
        let late = office.post(&path(&world, "exam_registrations"), &body).await;
        assert_eq!(late.expect_problem(409), "wrong-state");
    }

    async fn a_class_that_is_registered_for_two_tests_at_one_moment_sits_one_of_them(app) {
        let world = World::draft(&app, 3).await;
        world.open_registration().await;
        let other = world.another_test(&app, STARTS_AFTER_S + 1_800).await;
        let office = app.staff("bangongshi", Role::SchoolOffice, HERE).await;
        let path = path(&world, "exam_registrations");
        let bodies = [world.exam_session_id, other].map(|id| json!({ "exam_session_id": id }));
        let replies = join_all(bodies.iter().map(|body| office.post(&path, body))).await;
        let registered = replies.into_iter().map(|reply| reply.expect(200)["registered"].as_u64().unwrap());
        assert_eq!(registered.sum::<u64>(), 3);
    }

    async fn who_sits_another_test_at_that_time_is_not_registered_with_the_class(app) {
        let world = World::draft(&app, 2).await;
        world.open_registration().await;
        let other = world.another_test(&app, STARTS_AFTER_S + 1_800).await;
        let own = format!("/api/v1/exam_sessions/{other}/registrations");
        world.candidates[0].client.post(&own, &json!({})).await.expect(200);
        let office = app.staff("bangongshi", Role::SchoolOffice, HERE).await;
        let told = register(&office, &world).await;
        let refused = &told["refused"][0];
        assert_eq!((&told["registered"], &refused["name"]), (&json!(1), &json!("learner-0")));
        assert_eq!(refused["because"], "sits_another");
        world.candidates[0].client.post(&format!("{own}/withdraw"), &json!({})).await.expect(200);
        assert_eq!(register(&office, &world).await["registered"], 1);
    }

    async fn a_repeat_with_its_key_tells_the_same(app) {
        let world = World::draft(&app, 1).await;
        world.open_registration().await;
        let office = app.staff("bangongshi", Role::SchoolOffice, HERE).await;
        let body = json!({ "exam_session_id": world.exam_session_id });
        let request = || office.request(Method::POST, &path(&world, "exam_registrations")).header("idempotency-key", "once");
        let first = send(request().json(&body)).await.expect(200);
        assert_eq!((&first["registered"], send(request().json(&body)).await.expect(200)), (&json!(1), first.clone()));
    }

    async fn who_does_not_keep_the_class_registers_nobody(app) {
        let world = World::draft(&app, 1).await;
        world.open_registration().await;
        let body = json!({ "exam_session_id": world.exam_session_id });
        let elsewhere = app.staff("linxian", Role::SchoolOffice, "330503").await;
        assert_eq!(elsewhere.post(&path(&world, "exam_registrations"), &body).await.expect_problem(404), "not-found");
        let county = app.staff("xianju", Role::CountyBureau, HERE).await;
        assert_eq!(county.post(&path(&world, "exam_registrations"), &body).await.expect_problem(403), "forbidden");
        assert_eq!(world.exam_session().await["counts"]["registered"], 0);
    }
}
