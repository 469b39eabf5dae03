//! A mock test: the same player and the same server, by lighter rules. One person runs it, whoever studies the course sits
//! it at a time of their own, and nothing rests on it.

use crate::{
    exam_world::{Candidate, DURATION_MIN, Device, STARTS_AFTER_S, World},
    support::{TestApp, db_tests},
};
use serde_json::{Value, json};
use shared::time::Timestamp;

/// It is open so long, in seconds.
const OPEN_S: i64 = 2 * 3_600;

fn starts_at(app: &TestApp) -> Timestamp {
    app.began.plus_s(STARTS_AFTER_S)
}

fn plan(app: &TestApp, world: &World, kind: &str) -> Value {
    json!({ "title": "Mock", "kind": kind, "course_id": world.course_id, "paper_id": world.paper_id,
        "starts_at": starts_at(app), "duration_min": DURATION_MIN, "closes_at": starts_at(app).plus_s(OPEN_S) })
}

/// A test of the world's paper, on which something rests or not, as a draft: its path.
async fn planned(app: &TestApp, world: &World, kind: &str) -> String {
    let mut new = plan(app, world, kind);
    if kind == "unified" {
        new.as_object_mut().unwrap().remove("closes_at");
    }
    let made = world.administrators[0].post("/api/v1/exam_sessions", &new).await.expect(201);
    format!("/api/v1/exam_sessions/{}", made["id"].as_str().unwrap())
}

/// A mock test that one person has armed, with two candidates: one has completed the course, the other has not.
async fn armed(app: &TestApp) -> World {
    let mut world = World::draft(app, 1).await;
    let lazy = world.newcomer(app, "lazy").await;
    world.candidates.push(Candidate { name: "lazy".to_owned(), client: lazy, sitting_id: None });
    let made = world.administrators[0].post("/api/v1/exam_sessions", &plan(app, &world, "mock")).await.expect(201);
    world.exam_session_id = made["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(world.step("open_registration", 0).await.expect(200)["state"], "registering");
    let register = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
    for candidate in &world.candidates {
        candidate.client.post(&register, &json!({})).await.expect(200);
    }
    world.step("arrange", 0).await.expect(200);
    assert_eq!(world.step("arm", 0).await.expect(200)["state"], "armed");
    for candidate in &mut world.candidates {
        let exams = candidate.client.get("/api/v1/me/exams").await.expect(200);
        assert_eq!((&exams[0]["kind"], &exams[0]["own_time_min"]), (&json!("mock"), &json!(DURATION_MIN)));
        candidate.sitting_id = Some(exams[0]["sitting"]["id"].as_str().unwrap().parse().unwrap());
    }
    world
}

db_tests! {
    async fn only_a_mock_test_is_open_for_a_while(app) {
        let world = World::draft(&app, 1).await;
        let refused = world.administrators[0].post("/api/v1/exam_sessions", &plan(&app, &world, "unified")).await.expect(422);
        let error = &refused["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/closes_at"), &json!("only-mock")));
        let mut short = plan(&app, &world, "mock");
        short["closes_at"] = json!(starts_at(&app).plus_s(i64::from(DURATION_MIN) * 60 - 1));
        let refused = world.administrators[0].post("/api/v1/exam_sessions", &short).await.expect(422);
        assert_eq!(refused["errors"][0]["code"], "out-of-range");
    }

    async fn each_works_from_their_own_beginning_and_the_server_closes_each_in_time(app) {
        let mut world = armed(&app).await.started(&app).await;
        let closes_at = starts_at(&app).plus_s(OPEN_S);
        assert_eq!(world.view(0).await["deadline"], json!(closes_at), "so long anybody may begin");
        world.later(&app, 1_800).await;
        let opened = Device::opened(&world, 0, 1, false).await.expect(200);
        let own = starts_at(&app).plus_s(1_800 + i64::from(DURATION_MIN) * 60);
        assert_eq!((&opened["deadline"], &world.view(0).await["deadline"]), (&json!(own), &json!(own)));
        assert_eq!(world.view(1).await["deadline"], json!(closes_at));

        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["counts"]["closed"], 1, "whose time is over");
        let opened = Device::opened(&world, 1, 1, false).await.expect(200);
        assert_eq!(opened["deadline"], json!(closes_at), "nobody works after it closes");
        world.later(&app, OPEN_S).await;
        world.settle(&app).await;
        let session = world.exam_session().await;
        assert_eq!((&session["counts"]["closed"], &session["state"]), (&json!(2), &json!("marking")));
    }

    async fn it_stays_open_for_those_who_have_not_begun(app) {
        let mut world = armed(&app).await.started(&app).await;
        Device::opened(&world, 0, 1, false).await.expect(200);
        world.later(&app, i64::from(DURATION_MIN) * 60 + 11 * 60).await;
        world.settle(&app).await;
        let session = world.exam_session().await;
        assert_eq!((&session["counts"]["closed"], &session["state"]), (&json!(1), &json!("armed")));
        let opened = Device::opened(&world, 1, 1, false).await.expect(200);
        assert_eq!(opened["epoch"], 1);
    }

    async fn its_results_are_released_by_one_person_and_nothing_rests_on_them(app) {
        let mut world = armed(&app).await.started(&app).await;
        let mut device = Device::open(&world, 0, 1, false).await;
        let entries: Vec<_> = (0..3).map(|item| device.answer(&world, item, 0)).collect();
        device.send(&world, &entries).await.expect(200);
        device.submit(&world).await.expect(200);
        world.later(&app, OPEN_S + 631).await;
        world.settle(&app).await;
        assert_eq!(world.step("release", 0).await.expect(200)["state"], "published");

        let learner = &world.candidates[0].client;
        let results = learner.get("/api/v1/me/results").await.expect(200);
        assert_eq!((&results[0]["kind"], &results[0]["score"]), (&json!("mock"), &json!(600)));
        assert_eq!(results[0]["has_passed"], false, "60 of 100 points pass a test that counts");
        let released = backend::results::released_in(&app.cx, world.exam_session_id).await.unwrap();
        assert!(released.iter().all(|result| !result.has_passed), "so no certificate is issued");
        let progress = learner.get("/api/v1/me/graduation").await.expect(200);
        let course = progress["courses"].as_array().unwrap().iter().find(|course| course["course_id"] == json!(world.course_id));
        assert_eq!(course.unwrap()["best_score"], Value::Null);
        let items = format!("/api/v1/items?course_id={}", world.course_id);
        let seen = world.administrators[0].get(&items).await.expect(200);
        let seen = seen["items"].as_array().unwrap();
        assert!(!seen.is_empty() && seen.iter().all(|row| row["uses"] == 1), "candidates have seen its items: {seen:?}");
    }

    /// One person runs a mock test: with the paper of a test to come, one person would open what two are to arm.
    async fn nobody_practises_with_the_paper_of_a_test_to_come(app) {
        let world = World::draft(&app, 1).await;
        let (early, late) = (planned(&app, &world, "mock").await, planned(&app, &world, "mock").await);
        let one = &world.administrators[0];
        let (open, arrange, arm) =
            (format!("{early}/open_registration"), format!("{early}/arrange"), format!("{early}/arm"));
        one.post(&open, &json!({})).await.expect(200);
        world.open_registration().await;
        let found = one.get(&format!("{late}/check")).await.expect(200);
        assert_eq!(found["findings"][0]["fault"], "paper_practised");
        let refused = one.post(&format!("{late}/open_registration"), &json!({})).await;
        assert_eq!(refused.expect_problem(409), "wrong-state");
        one.post(&arrange, &json!({})).await.expect(200);
        assert_eq!(one.post(&arm, &json!({})).await.expect_problem(409), "wrong-state", "its key stays where it is");
    }

    async fn what_was_practised_tests_nobody(app) {
        let world = armed(&app).await;
        let unified = planned(&app, &world, "unified").await;
        let refused = world.administrators[0].post(&format!("{unified}/open_registration"), &json!({})).await;
        assert_eq!(refused.expect_problem(409), "wrong-state");
        let found = world.administrators[0].get(&format!("{unified}/check")).await.expect(200);
        assert_eq!(found["findings"][0]["fault"], "paper_practised");
    }

    async fn who_practises_is_free_for_a_test_that_counts_at_that_time(app) {
        let world = World::draft(&app, 1).await;
        let mock = planned(&app, &world, "mock").await;
        let path = |verb: &str| format!("{mock}/{verb}");
        world.administrators[0].post(&path("open_registration"), &json!({})).await.expect(200);
        world.open_registration().await;
        let counting = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
        let learner = &world.candidates[0].client;
        learner.post(&path("registrations"), &json!({})).await.expect(200);
        learner.post(&counting, &json!({})).await.expect(200);
        learner.post(&path("registrations/withdraw"), &json!({})).await.expect(200);
        learner.post(&path("registrations"), &json!({})).await.expect(200);
    }
}
