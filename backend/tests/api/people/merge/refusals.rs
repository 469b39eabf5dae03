//! What forbids a merge, who may not decide one, and what it may not skip.

use super::{wealth::*, *};
use crate::{
    enrolment::Desk,
    exam_world::{Device, World, school},
    people::{FAR, enter},
    support::execute,
};
use shared::{ids::ProviderId, rights::Place};

/// Somebody with two records, each with an account.
struct Twice {
    offices: Offices,
    kept: Value,
    ended: Value,
}

impl Twice {
    /// The accounts are those of the world's first two candidates.
    async fn of(app: &TestApp, world: &World) -> Self {
        let offices = Offices::open(app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let provider: ProviderId = enter(app, &school("330502")).await;
        let ground = Ground::lay(app, provider, world.course_id.0).await;
        for (candidate, person) in [&kept, &ended].into_iter().enumerate() {
            let me = world.candidates[candidate].client.get("/api/v1/me").await.expect(200);
            ground.enrol(app, uuid(&person["id"]), Some(uuid(&me["account_id"]))).await;
        }
        Self { offices, kept, ended }
    }

    async fn obstacles(&self) -> Value {
        self.offices.preview(&self.kept, &self.ended).await["obstacles"].clone()
    }

    async fn propose(&self) -> Reply {
        self.offices.propose(&self.kept, &self.ended).await
    }
}

db_tests! {
    async fn a_transfer_that_waits_comes_first(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let transfer = json!({ "division": NEXT_DOOR, "reason": "迁居" });
        let waiting = offices.clerk.post(&format!("{}/transfers", path(&ended)), &transfer).await.expect(201);
        assert_eq!(offices.preview(&kept, &ended).await["obstacles"], json!(["open_transfer"]));
        refused(offices.propose(&kept, &ended).await, "merge-open-transfer");
        let withdraw = format!("/api/v1/person_transfers/{}/withdraw", waiting["id"].as_str().unwrap());
        offices.clerk.post(&withdraw, &json!({})).await.expect(200);
        let proposed = offices.propose(&kept, &ended).await.expect(201);
        let approved = step(&offices.first, &proposed, "approve").await.expect(200);
        offices.clerk.post(&format!("{}/transfers", path(&kept)), &transfer).await.expect(201);
        refused(step(&offices.second, &approved, "approve").await, "merge-open-transfer");
        assert_eq!(listed(&offices.clerk, "").await.len(), 2, "and nothing has changed");
    }

    async fn who_has_gone_elsewhere_since_is_proposed_anew(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let proposed = offices.propose(&kept, &ended).await.expect(201);
        let approved = step(&offices.first, &proposed, "approve").await.expect(200);
        let transfer = json!({ "division": NEXT_DOOR, "reason": "迁居" });
        let transfer = offices.clerk.post(&format!("{}/transfers", path(&ended)), &transfer).await.expect(201);
        let accept = format!("/api/v1/person_transfers/{}/accept", transfer["id"].as_str().unwrap());
        office(&app, "li", NEXT_DOOR).await.post(&accept, &json!({})).await.expect(200);
        refused(step(&offices.second, &approved, "approve").await, "merge-moved");
    }

    async fn one_person_has_one_running_record(app) {
        let desk = Desk::open(&app).await;
        let offices = Offices::of(&app).await;
        let (one, other) = (desk.enrol(2).await, desk.enrol(4).await);
        let person = |record: &Value| json!({ "id": record["record"]["person_id"] });
        let (kept, ended) = (person(&one), person(&other));
        assert_eq!(offices.preview(&kept, &ended).await["obstacles"], json!(["running_records"]));
        refused(offices.propose(&kept, &ended).await, "merge-running-records");
        crate::enrolment::step(&desk.clerk, &one, "withdraw", "重复报名").await.expect(200);
        let done = offices.merge(&kept, &ended).await;
        let record = format!("/api/v1/enrolments/{}", other["record"]["id"].as_str().unwrap());
        assert_eq!(offices.clerk.get(&record).await.expect(200)["record"]["person_id"], kept["id"]);
        let again = json!({ "provider_id": desk.school, "level": "senior", "education_level": "71",
            "applicant": { "kind": "known", "person_id": ended["id"] } });
        let again = desk.clerk.post("/api/v1/enrolments", &again).await.expect(422);
        assert_eq!(again["errors"][0]["pointer"], "/applicant/person_id", "nobody enrols who is merged");
        step(&offices.first, &done, "undo").await.expect(200);
        assert_eq!(offices.clerk.get(&record).await.expect(200)["record"]["person_id"], ended["id"]);
    }

    async fn two_who_sat_the_same_test_are_two(app) {
        let world = World::arranged(&app, 2).await;
        let twice = Twice::of(&app, &world).await;
        // Both study in the class of the test, too.
        assert_eq!(twice.obstacles().await, json!(["same_class", "same_exam_session"]));
        refused(twice.propose().await, "merge-same-class");
        execute(&app, "UPDATE class_member SET left_at = 1").await;
        refused(twice.propose().await, "merge-same-exam-session");
    }

    async fn who_sits_a_test_is_left_in_peace(app) {
        let world = World::armed(&app, 2).await.started(&app).await;
        let twice = Twice::of(&app, &world).await;
        Device::open(&world, 1, 1, false).await;
        execute(&app, "UPDATE class_member SET left_at = 1").await;
        assert_eq!(twice.obstacles().await, json!(["same_exam_session", "open_sitting"]));
    }

    async fn a_person_is_in_one_merge_at_a_time(app) {
        let offices = Offices::open(&app).await;
        let mut people = Vec::new();
        for n in [2, 4, 6] {
            people.push(add(&offices.clerk, n, HERE).await);
        }
        let first = offices.propose(&people[0], &people[1]).await.expect(201);
        for (kept, ended) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)] {
            let (kept, ended) = (&people[kept], &people[ended]);
            assert_eq!(offices.preview(kept, ended).await["obstacles"], json!(["open_merge"]));
            refused(offices.propose(kept, ended).await, "merge-open-merge");
        }
        let approved = step(&offices.first, &first, "approve").await.expect(200);
        let done = step(&offices.second, &approved, "approve").await.expect(200);
        // The survivor goes on into a third; then the first merge cannot be undone before the second.
        let next = offices.merge(&people[2], &people[0]).await;
        refused(step(&offices.first, &done, "undo").await, "merge-built-upon");
        step(&offices.first, &next, "undo").await.expect(200);
        step(&offices.first, &done, "undo").await.expect(200);
        assert_eq!(listed(&offices.clerk, "").await.len(), 3);
    }

    async fn what_is_stated_is_checked(app) {
        let offices = Offices::open(&app).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&offices.clerk, 4, HERE).await);
        let far = add(&office(&app, "zhao", FAR).await, 6, FAR).await;
        let merges = format!("{}/merges", path(&kept));
        for (merged, ground, reason, pointer, code) in [
            (&kept, "wrong_number", "同一个人", "/merged_id", "same-person"),
            (&far, "wrong_number", "同一个人", "/merged_id", "not-found"),
            (&ended, "other_document", "同一个人", "/ground", "other-ground"),
            (&ended, "wrong_number", " ", "/reason", "required"),
            (&ended, "wrong_number", "号码330199198503140022", "/reason", "holds-number"),
        ] {
            let body = json!({ "merged_id": merged["id"], "ground": ground, "reason": reason });
            let error = offices.clerk.post(&merges, &body).await.expect(422)["errors"][0].clone();
            assert_eq!((error["pointer"].as_str(), error["code"].as_str()), (Some(pointer), Some(code)), "{error}");
            assert!(!error["detail"].as_str().unwrap().is_empty() && error["detail"] != error["code"], "{error}");
        }
        let unseen = offices.propose(&kept, &ended).await.expect(201);
        let path = format!("{MERGES}/{}/approve", unseen["id"].as_str().unwrap());
        assert_eq!(offices.first.post(&path, &json!({})).await.expect_problem(428), "precondition-required");
        let mut stale = unseen.clone();
        stale["version"] = json!(7);
        assert_eq!(step(&offices.first, &stale, "approve").await.expect_problem(412), "stale");
    }

    async fn across_townships_it_is_the_countys(app) {
        let offices = Offices::open(&app).await;
        let next_door = office(&app, "li", NEXT_DOOR).await;
        let (kept, ended) = (add(&offices.clerk, 2, HERE).await, add(&next_door, 4, NEXT_DOOR).await);
        for clerk in [&offices.clerk, &next_door] {
            let refused = propose(clerk, &kept, &ended, "wrong_number").await;
            assert!([404, 422].contains(&refused.status), "{}", refused.status);
        }
        let proposed = propose(&offices.first, &kept, &ended, "wrong_number").await.expect(201);
        refused(step(&offices.first, &proposed, "approve").await, "merge");
        for clerk in [&offices.clerk, &next_door] {
            assert_eq!(step(clerk, &proposed, "withdraw").await.expect_problem(404), "not-found");
            assert_eq!(clerk.get(MERGES).await.expect(200)["items"], json!([]));
        }
        let third = app.staff("county-three", Role::CountyBureau, "330502").await;
        let far = app.staff("far", Role::CountyBureau, "330503").await;
        assert_eq!(step(&far, &proposed, "approve").await.expect_problem(404), "not-found");
        let approved = step(&offices.second, &proposed, "approve").await.expect(200);
        let done = step(&third, &approved, "approve").await.expect(200);
        assert_eq!(next_door.get(PEOPLE).await.expect(200)["items"], json!([]), "who went is listed nowhere");
        step(&third, &done, "undo").await.expect(200);
        assert_eq!(next_door.get(PEOPLE).await.expect(200)["items"][0]["id"], ended["id"]);
    }

    async fn nobody_decides_on_their_own_record(app) {
        let world = World::draft(&app, 2).await;
        let twice = Twice::of(&app, &world).await;
        execute(&app, "UPDATE class_member SET left_at = 1").await;
        let proposed = twice.propose().await.expect(201);
        // A learner of the two who works at the county bureau.
        let of_learner = "account_id = (SELECT id FROM account WHERE login_name = 'learner-1')";
        let place = serde_json::to_string(&Place::division("330502")).unwrap();
        execute(&app, &format!("UPDATE role_grant SET role = 'county_bureau', place = '{place}' WHERE {of_learner}")).await;
        let own = &world.candidates[1].client;
        refused(step(own, &proposed, "approve").await, "merge-own");
        refused(propose(own, &twice.kept, &twice.ended, "wrong_number").await, "merge-open-merge");
        let withdrawn = step(&twice.offices.clerk, &proposed, "withdraw").await.expect(200);
        assert_eq!(withdrawn["state"], "withdrawn");
        refused(propose(own, &twice.kept, &twice.ended, "wrong_number").await, "merge-own");
    }
}
