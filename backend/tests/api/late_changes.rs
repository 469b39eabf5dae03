//! After registration has ended, candidates are added and taken out for a reason, until the key is armed or the test begins.

use crate::{
    accommodations::Bureaus,
    exam_world::{DURATION_MIN, STARTS_AFTER_S, World},
    people::texts,
    support::{Reply, TestApp, db_tests, execute},
};
use serde_json::{Value, json};

/// Two of three learners are registered, and arranged.
async fn arranged(app: &TestApp) -> World {
    let world = World::draft(app, 3).await;
    world.open_registration().await;
    let register = format!("/api/v1/exam_sessions/{}/registrations", world.exam_session_id);
    for candidate in &world.candidates[..2] {
        candidate.client.post(&register, &json!({})).await.expect(200);
    }
    world.step("arrange", 0).await.expect(200);
    world
}

/// Gives a learner of the world a record; its number.
async fn number_of(app: &TestApp, learner: &str) -> String {
    Bureaus::of(app, learner).await;
    texts(app, "SELECT learner_number FROM student_record").await.remove(0)
}

async fn change(world: &World, verb: &str, body: &Value) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}/{verb}", world.exam_session_id);
    world.administrators[0].post(&path, body).await
}

async fn add(world: &World, learner_number: &str) -> Reply {
    change(world, "late_additions", &json!({ "learner_number": learner_number, "reason": "学校漏报" })).await
}

async fn take_out(world: &World, ticket_number: &Value) -> Reply {
    change(world, "late_withdrawals", &json!({ "ticket_number": ticket_number, "reason": "住院治疗" })).await
}

async fn own(world: &World, candidate: usize) -> Value {
    world.candidates[candidate].client.get("/api/v1/me/exams").await.expect(200)[0].clone()
}

async fn ticket(world: &World, candidate: usize) -> Value {
    own(world, candidate).await["sitting"]["ticket_number"].clone()
}

async fn sittings(world: &World) -> Value {
    world.exam_session().await["counts"]["sittings"].clone()
}

db_tests! {
    async fn somebody_who_was_forgotten_is_added_for_a_reason(app) {
        let world = arranged(&app).await;
        let number = number_of(&app, "learner-2").await;
        assert_eq!(add(&world, "0").await.expect(422)["errors"][0]["pointer"], "/learner_number");
        let changes = add(&world, &number).await.expect(200);
        assert_eq!((&changes[0]["kind"], &changes[0]["reason"]), (&json!("added"), &json!("学校漏报")));
        assert_eq!((&changes[0]["candidate_name"], &changes[0]["by_name"]), (&json!("learner-2"), &json!("kaowu-one")));
        assert_eq!((sittings(&world).await, ticket(&world, 2).await), (json!(3), changes[0]["ticket_number"].clone()));
        assert_eq!(add(&world, &number).await.expect(422)["errors"][0]["code"], "duplicate");

        world.newcomer(&app, "lazy").await;
        let lazy = "(SELECT id FROM account WHERE login_name = 'lazy')";
        execute(&app, &format!("UPDATE student_record SET account_id = {lazy}")).await;
        assert_eq!(add(&world, &number).await.expect_problem(409), "gate-not-met", "who is late completes the course, too");
        assert_eq!(sittings(&world).await, 3);
    }

    async fn who_is_taken_out_reads_why_and_counts_nowhere(app) {
        let mut world = arranged(&app).await;
        let sitting = own(&world, 0).await["sitting"]["id"].as_str().unwrap().to_owned();
        let changes = take_out(&world, &ticket(&world, 0).await).await.expect(200);
        assert_eq!(changes[0]["kind"], "withdrawn");
        assert_eq!((sittings(&world).await, world.exam_session().await["counts"]["registered"].clone()), (json!(1), json!(1)));
        let told = own(&world, 0).await;
        assert_eq!((&told["withdrawn_because"], &told["sitting"]), (&json!("住院治疗"), &Value::Null));
        let view = world.candidates[0].client.get(&format!("/api/v1/sittings/{sitting}")).await;
        assert_eq!(view.expect_problem(404), "not-found");

        world.step("arm", 0).await.expect(200);
        world.step("arm", 1).await.expect(200);
        world.later(&app, STARTS_AFTER_S + i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["counts"]["closed"], 1, "nobody closes what nobody sits");
        world.later(&app, 600).await;
        world.settle(&app).await;
        assert_eq!(world.exam_session().await["state"], "marking");
    }

    async fn who_was_taken_out_by_mistake_has_the_same_ticket_again(app) {
        let world = arranged(&app).await;
        let number = number_of(&app, "learner-0").await;
        let ticket_number = ticket(&world, 0).await;
        take_out(&world, &ticket_number).await.expect(200);
        assert_eq!(take_out(&world, &ticket_number).await.expect(422)["errors"][0]["pointer"], "/ticket_number");
        let changes = add(&world, &number).await.expect(200);
        assert_eq!(changes.as_array().unwrap().len(), 2, "both stay noted");
        assert_eq!((ticket(&world, 0).await, &own(&world, 0).await["withdrawn_because"]), (ticket_number, &Value::Null));
    }

    async fn who_is_taken_out_again_reads_the_last_reason(app) {
        let world = arranged(&app).await;
        let number = number_of(&app, "learner-0").await;
        let ticket_number = ticket(&world, 0).await;
        take_out(&world, &ticket_number).await.expect(200);
        add(&world, &number).await.expect(200);
        let again = json!({ "ticket_number": ticket_number, "reason": "再次住院" });
        let changes = change(&world, "late_withdrawals", &again).await.expect(200);
        let kinds: Vec<_> = changes.as_array().unwrap().iter().map(|change| change["kind"].clone()).collect();
        assert_eq!(kinds, ["withdrawn", "added", "withdrawn"]);
        assert_eq!((&changes[0]["reason"], &own(&world, 0).await["withdrawn_because"]), (&json!("再次住院"), &json!("再次住院")));
    }

    async fn nobody_from_elsewhere_is_added_and_nobody_learns_that_there_is_such_a_number(app) {
        let world = arranged(&app).await;
        let number = number_of(&app, "learner-2").await;
        execute(&app, "UPDATE exam_session SET division = '3306'").await;
        let error = add(&world, &number).await.expect(422)["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/learner_number"), &json!("not-found")));
        assert_eq!(sittings(&world).await, 2);

        take_out(&world, &ticket(&world, 0).await).await.expect(200);
        let first = "(SELECT id FROM account WHERE login_name = 'learner-0')";
        execute(&app, &format!("UPDATE student_record SET account_id = {first}")).await;
        add(&world, &number).await.expect(200);
        assert_eq!(sittings(&world).await, 2, "who was in it before comes back");
    }

    async fn who_sits_another_test_at_that_time_is_not_added(app) {
        let world = arranged(&app).await;
        let number = number_of(&app, "learner-2").await;
        let other = world.another_test(&app, STARTS_AFTER_S + 1_800).await;
        let path = |verb: &str| format!("/api/v1/exam_sessions/{other}/{verb}");
        let client = &world.candidates[2].client;
        client.post(&path("registrations"), &json!({})).await.expect(200);
        let error = add(&world, &number).await.expect(422)["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/learner_number"), &json!("sits-another")));
        assert_eq!(sittings(&world).await, 2);
        client.post(&path("registrations/withdraw"), &json!({})).await.expect(200);
        add(&world, &number).await.expect(200);
    }

    async fn nobody_is_added_once_the_key_is_armed_nor_taken_out_once_it_begins(app) {
        let mut world = arranged(&app).await;
        let number = number_of(&app, "learner-2").await;
        world.step("arm", 0).await.expect(200);
        world.step("arm", 1).await.expect(200);
        assert_eq!(add(&world, &number).await.expect_problem(409), "wrong-state");
        take_out(&world, &ticket(&world, 0).await).await.expect(200);
        let last = ticket(&world, 1).await;
        world.later(&app, STARTS_AFTER_S).await;
        assert_eq!(take_out(&world, &last).await.expect_problem(409), "wrong-state");
    }
}
