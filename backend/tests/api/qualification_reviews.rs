//! Who has registered is looked at by the school, the county and the city, as far as the test says.

use crate::{
    accommodations::Bureaus,
    exam_world::{DURATION_MIN, STARTS_AFTER_S, World},
    people::texts,
    support::{Client, Reply, TestApp, db_tests, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::collections::BTreeSet;

const REVIEWS: &str = "/api/v1/qualification_reviews";
const HERE: &str = "330502";

/// Registration is open to these candidates for a test that is reviewed up to an office.
pub(crate) async fn opened(app: &TestApp, candidates: usize, up_to: &str) -> World {
    opened_for(app, candidates, up_to, &json!([])).await
}

/// The same, with as many places as quotas say.
async fn opened_for(app: &TestApp, candidates: usize, up_to: &str, quotas: &Value) -> World {
    let world = World::draft(app, candidates).await;
    let path = format!("/api/v1/exam_sessions/{}", world.exam_session_id);
    let plan = json!({ "title": "Test", "course_id": world.course_id, "paper_id": world.paper_id,
        "starts_at": app.began.plus_s(STARTS_AFTER_S), "duration_min": DURATION_MIN, "reviewed_up_to": up_to,
        "quotas": quotas });
    let request = world.administrators[0].request(Method::PUT, &path).header("if-match", "\"1\"");
    assert_eq!(send(request.json(&plan)).await.expect(200)["reviewed_up_to"], up_to);
    world.open_registration().await;
    world
}

pub(crate) async fn register(world: &World, candidate: usize) {
    let path = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
    world.candidates[candidate].client.post(&path, &json!({})).await.expect(200);
}

/// Who waits for somebody, by name, and for which office.
async fn list(client: &Client) -> Vec<(Value, Value)> {
    let listed = client.get(REVIEWS).await.expect(200);
    let rows = listed["items"].as_array().unwrap().iter();
    rows.map(|row| (row["candidate_name"].clone(), row["office"].clone())).collect()
}

/// Somebody decides all that waits for a client, whoever that is.
pub(crate) async fn decide(seen_by: &Client, client: &Client, is_approved: bool, reason: &str) -> Reply {
    let listed = seen_by.get(REVIEWS).await.expect(200);
    let key = |row: &Value| json!({ "exam_session_id": row["exam_session_id"], "account_id": row["account_id"] });
    let registrations: Vec<_> = listed["items"].as_array().unwrap().iter().map(key).collect();
    client.post(REVIEWS, &json!({ "registrations": registrations, "is_approved": is_approved, "reason": reason })).await
}

async fn my_exam(world: &World, candidate: usize) -> Value {
    world.candidates[candidate].client.get("/api/v1/me/exams").await.expect(200)[0].clone()
}

db_tests! {
    async fn a_registration_goes_from_office_to_office_before_anybody_is_arranged(app) {
        let world = opened(&app, 1, "city").await;
        let [school, county, city] = [
            app.staff("xuexiao", Role::SchoolOffice, HERE).await,
            app.staff("xianju", Role::CountyBureau, HERE).await,
            app.staff("shiju", Role::CityAuditor, "3305").await,
        ];
        register(&world, 0).await;
        for (office, turn, next) in
            [(&school, "school", "at_county"), (&county, "county", "at_city"), (&city, "city", "approved")]
        {
            assert_eq!(list(office).await, [(json!("learner-0"), json!(turn))]);
            assert_eq!(waiting(office, "registrations_to_review").await, 1);
            assert_eq!(world.exam_session().await["counts"]["to_review"], 1);
            let refused = world.step("arrange", 0).await.expect(409);
            assert!(refused["detail"].as_str().unwrap().contains("1 份报名没有审核完"), "{refused}");
            assert_eq!(decide(office, office, true, "").await.expect(200)["reviewed"], 1);
            assert_eq!(my_exam(&world, 0).await["review"], next);
            assert!(list(office).await.is_empty());
        }
        world.step("arrange", 0).await.expect(200);
        assert_eq!(world.exam_session().await["counts"]["sittings"], 1);
    }

    async fn what_waits_comes_page_by_page_and_what_is_decided_hides_none_of_the_rest(app) {
        let world = opened(&app, 5, "school").await;
        let school = app.staff("xuexiao", Role::SchoolOffice, HERE).await;
        for candidate in 0..5 {
            register(&world, candidate).await;
        }
        let names = |rows: &[Value]| rows.iter().map(|row| row["candidate_name"].clone()).collect::<Vec<_>>();
        let all = names(&school.all(REVIEWS, 2).await);
        assert_eq!(BTreeSet::from_iter(all.iter().map(Value::to_string)).len(), 5, "each once: {all:?}");
        let first = school.get(&format!("{REVIEWS}?limit=2")).await.expect(200);
        assert_eq!(names(first["items"].as_array().unwrap()), all[..2]);
        let keys = first["items"].as_array().unwrap().iter();
        let keys = keys.map(|row| json!({ "exam_session_id": row["exam_session_id"], "account_id": row["account_id"] }));
        let approved = json!({ "registrations": keys.collect::<Vec<_>>(), "is_approved": true, "reason": "" });
        assert_eq!(school.post(REVIEWS, &approved).await.expect(200)["reviewed"], 2);
        let next = format!("{REVIEWS}?limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
        let second = school.get(&next).await.expect(200);
        assert_eq!(names(second["items"].as_array().unwrap()), all[2..4]);
        assert!(second["next_cursor"].is_string());
        assert_eq!(names(&school.all(REVIEWS, 2).await), all[2..]);
        assert_eq!(school.get(&format!("{REVIEWS}?cursor=none")).await.expect_problem(422), "invalid");
    }

    async fn who_is_refused_reads_why_and_gets_no_sitting_and_may_register_again(app) {
        let world = opened(&app, 2, "school").await;
        let school = app.staff("xuexiao", Role::SchoolOffice, HERE).await;
        register(&world, 0).await;
        assert_eq!(decide(&school, &school, false, "").await.expect_problem(422), "invalid");
        decide(&school, &school, false, " 学籍有误 ").await.expect(200);
        let exam = my_exam(&world, 0).await;
        assert_eq!((&exam["review"], &exam["review_reason"]), (&json!("refused"), &json!("学籍有误")));
        register(&world, 1).await;
        decide(&school, &school, true, "").await.expect(200);
        let path = format!("/api/v1/exam_sessions/{}/registrations/withdraw", world.exam_session_id);
        world.candidates[0].client.post(&path, &json!({})).await.expect(200);
        register(&world, 0).await;
        assert_eq!(my_exam(&world, 0).await["review"], "at_school", "it begins anew");
        decide(&school, &school, false, "学籍有误").await.expect(200);
        world.step("arrange", 0).await.expect(200);
        let counts = world.exam_session().await["counts"].clone();
        assert_eq!((&counts["registered"], &counts["sittings"]), (&json!(2), &json!(1)));
    }

    async fn who_is_refused_holds_no_place_and_is_free_for_another_test(app) {
        let world = opened_for(&app, 2, "school", &json!([{ "division": HERE, "places": 1 }])).await;
        let school = app.staff("xuexiao", Role::SchoolOffice, HERE).await;
        let another = world.another_test(&app, STARTS_AFTER_S).await;
        let elsewhere = format!("/api/v1/exam_sessions/{another}/registrations");
        register(&world, 0).await;
        let refused = &world.candidates[0].client;
        assert_eq!(refused.post(&elsewhere, &json!({})).await.expect_problem(409), "wrong-state", "at that time");
        decide(&school, &school, false, "学籍有误").await.expect(200);
        register(&world, 1).await;
        assert_eq!(world.exam_session().await["quotas"][0]["taken"], 1);
        refused.post(&elsewhere, &json!({})).await.expect(200);
    }

    async fn who_was_refused_by_mistake_is_added_by_the_exam_office(app) {
        let world = opened(&app, 1, "school").await;
        let school = app.staff("xuexiao", Role::SchoolOffice, HERE).await;
        register(&world, 0).await;
        decide(&school, &school, false, "学籍有误").await.expect(200);
        world.step("arrange", 0).await.expect(200);
        Bureaus::of(&app, "learner-0").await;
        let number = texts(&app, "SELECT learner_number FROM student_record").await.remove(0);
        let path = format!("/api/v1/exam_sessions/{}/late_additions", world.exam_session_id);
        let body = json!({ "learner_number": number, "reason": "学籍已更正" });
        world.administrators[0].post(&path, &body).await.expect(200);
        let exam = my_exam(&world, 0).await;
        assert_eq!((&exam["review"], exam["sitting"].is_object()), (&json!("approved"), true));
        let again = world.administrators[0].post(&path, &body).await.expect(422);
        assert_eq!(again["errors"][0]["code"], "duplicate");
    }

    async fn nothing_waits_of_a_test_that_was_called_off(app) {
        let world = opened(&app, 1, "school").await;
        let school = app.staff("xuexiao", Role::SchoolOffice, HERE).await;
        register(&world, 0).await;
        assert_eq!(waiting(&school, "registrations_to_review").await, 1);
        let path = format!("/api/v1/exam_sessions/{}/cancel", world.exam_session_id);
        world.administrators[0].post(&path, &json!({ "reason": "台风停考" })).await.expect(200);
        assert!(list(&school).await.is_empty());
        assert_eq!(waiting(&school, "registrations_to_review").await, 0);
    }

    async fn what_a_school_registers_it_has_looked_at(app) {
        let world = opened(&app, 1, "county").await;
        let school = app.staff("xuexiao", Role::SchoolOffice, HERE).await;
        let path = format!("/api/v1/classes/{}/exam_registrations", world.class_id);
        school.post(&path, &json!({ "exam_session_id": world.exam_session_id })).await.expect(200);
        assert!(list(&school).await.is_empty());
        assert_eq!(my_exam(&world, 0).await["review"], "at_county");
    }

    async fn nobody_decides_for_another_office_or_elsewhere(app) {
        let world = opened(&app, 1, "city").await;
        register(&world, 0).await;
        let school = app.staff("xuexiao", Role::SchoolOffice, HERE).await;
        let elsewhere = app.staff("linxian", Role::SchoolOffice, "330503").await;
        let county = app.staff("xianju", Role::CountyBureau, HERE).await;
        for stranger in [&elsewhere, &county] {
            assert!(list(stranger).await.is_empty());
            assert_eq!(decide(&school, stranger, true, "").await.expect(200)["reviewed"], 0);
        }
        for nobody in [&world.marker, &world.candidates[0].client] {
            assert_eq!(nobody.get(REVIEWS).await.expect_problem(403), "forbidden");
            assert_eq!(decide(&school, nobody, true, "").await.expect_problem(403), "forbidden");
        }
        assert_eq!(my_exam(&world, 0).await["review"], "at_school");
    }

    async fn a_test_that_nobody_reviews_is_as_before(app) {
        let world = World::arranged(&app, 1).await;
        assert_eq!(my_exam(&world, 0).await["review"], Value::Null);
        assert_eq!(world.exam_session().await["reviewed_up_to"], Value::Null);
    }
}
