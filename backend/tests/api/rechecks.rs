//! Rechecks of results: asked for within the days, settled by one person, and where the result is another, by two.

use crate::{
    accommodations::Bureaus,
    credit_bank::Bank,
    exam_news::{PHONE, texting, told},
    exam_world::World,
    support::{Client, Reply, db_tests, execute},
    work::waiting,
};
use serde_json::{Value, json};

/// More days than there are to ask.
const TOO_LATE_S: i64 = 15 * 24 * 60 * 60;

async fn ask(world: &World, candidate: usize) -> Reply {
    let path = format!("/api/v1/me/results/{}/recheck", world.sitting(candidate));
    world.candidates[candidate].client.post(&path, &json!({})).await
}

/// What a candidate is told.
async fn own(world: &World, candidate: usize) -> Value {
    world.candidates[candidate].client.get("/api/v1/me/rechecks").await.expect(200)[0].clone()
}

async fn result(world: &World, candidate: usize) -> Value {
    world.candidates[candidate].client.get("/api/v1/me/results").await.expect(200)[0].clone()
}

/// The only recheck, as an administrator sees it.
async fn recheck(world: &World) -> Value {
    let all = world.administrators[0].get("/api/v1/rechecks").await.expect(200);
    let path = format!("/api/v1/rechecks/{}", all["items"][0]["id"].as_str().unwrap());
    world.administrators[0].get(&path).await.expect(200)
}

fn path(recheck: &Value, verb: &str) -> String {
    format!("/api/v1/rechecks/{}/{verb}", recheck["head"]["id"].as_str().unwrap())
}

/// Says that the first items of the paper are worth this much.
async fn settle(client: &Client, recheck: &Value, points: &[i32]) -> Reply {
    let items = recheck["items"].as_array().unwrap().iter();
    let corrections: Vec<_> =
        items.zip(points).map(|(item, points)| json!({ "item_id": item["item_id"], "points": points })).collect();
    let finding = json!({ "corrections": corrections, "reason": "第一题漏判" });
    client.post(&path(recheck, "settle"), &finding).await
}

db_tests! {
    async fn a_candidate_asks_once_and_within_the_days(app) {
        let mut bank = Bank::published(&app).await;
        assert!(own(&bank.world, 0).await["ask_until"].is_string());
        for _ in 0..2 {
            let told = ask(&bank.world, 0).await.expect(200);
            assert_eq!((&told[0]["state"], &told[0]["ask_until"]), (&json!("asked"), &Value::Null));
            assert!(told[0]["answer_until"].is_string());
        }
        let all = bank.world.administrators[0].get("/api/v1/rechecks").await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 1, "a repeat asks for nothing more");
        let of_another = format!("/api/v1/me/results/{}/recheck", bank.world.sitting(0));
        let other = &bank.world.candidates[1].client;
        assert_eq!(other.post(&of_another, &json!({})).await.expect_problem(404), "not-found");

        bank.world.later(&app, TOO_LATE_S).await;
        assert_eq!(ask(&bank.world, 1).await.expect_problem(409), "wrong-state");
        assert_eq!(own(&bank.world, 1).await["ask_until"], Value::Null);
    }

    async fn one_person_finds_a_result_right(app) {
        let bank = Bank::published(&app).await;
        let before = result(&bank.world, 0).await;
        ask(&bank.world, 0).await.expect(200);
        let [one, other] = &bank.world.administrators;
        assert_eq!(waiting(one, "rechecks_to_settle").await, 1);
        let seen = recheck(&bank.world).await;
        assert_eq!((&seen["score"], seen["items"].as_array().unwrap().len()), (&json!(600), 4));
        for item in seen["items"].as_array().unwrap() {
            assert_eq!((&item["is_recorded"], &item["by_rule"]), (&json!(true), &item["points"]));
        }
        assert!(!seen.to_string().contains("learner-0"), "the candidate is not named");
        let wordless = json!({ "corrections": [], "reason": " " });
        assert_eq!(one.post(&path(&seen, "settle"), &wordless).await.expect(422)["errors"][0]["pointer"], "/reason");
        let told = settle(one, &seen, &[]).await.expect(200);
        assert_eq!((&told["head"]["state"], &told["open_steps"]), (&json!("unchanged"), &json!([])));
        assert_eq!(result(&bank.world, 0).await, before);
        assert_eq!((&own(&bank.world, 0).await["reason"], waiting(other, "rechecks_to_settle").await), (&json!("第一题漏判"), 0));
        assert_eq!(settle(other, &seen, &[]).await.expect_problem(409), "wrong-state");
    }

    async fn two_persons_correct_a_result_and_what_states_it_is_proposed_to_be_void(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        ask(&bank.world, 0).await.expect(200);
        let [one, other] = &bank.world.administrators;
        let seen = recheck(&bank.world).await;
        let wrong = settle(one, &seen, &[201]).await.expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/corrections/0/points");

        let found = settle(one, &seen, &[0]).await.expect(200);
        assert_eq!((&found["head"]["state"], &found["finding"]["score"]), (&json!("proposed"), &json!(400)));
        assert_eq!((waiting(one, "rechecks_to_settle").await, waiting(other, "rechecks_to_settle").await), (0, 1));
        let told = own(&bank.world, 0).await;
        assert_eq!((&told["state"], &told["reason"]), (&json!("asked"), &Value::Null), "it is not settled");
        assert_eq!(result(&bank.world, 0).await["score"], 600);
        let confirm = path(&seen, "confirm");
        assert_eq!(one.post(&confirm, &json!({})).await.expect_problem(409), "second-person-needed");
        assert_eq!(other.post(&confirm, &json!({})).await.expect(200)["head"]["state"], "corrected");

        let after = result(&bank.world, 0).await;
        assert_eq!((&after["score"], &after["grade"], &after["has_passed"]), (&json!(400), &json!("d"), &json!(false)));
        let told = own(&bank.world, 0).await;
        assert_eq!((&told["state"], &told["score_before"]), (&json!("corrected"), &json!(600)));
        let known = bank.learner().get("/api/v1/me/data").await.expect(200);
        assert_eq!(known["rechecks"], json!([told]), "it belongs to what is known of the learner");
        app.jobs.run_due().await.unwrap();
        let proposed = bank.officer.get("/api/v1/certificates?waits=revocation").await.expect(200);
        assert_eq!(proposed["items"][0]["id"], certificate["id"]);
        assert_eq!(proposed["items"][0]["revocation_because"], "第一题漏判");
        assert_eq!(other.post(&confirm, &json!({})).await.expect_problem(409), "wrong-state");
    }

    async fn who_passes_by_a_recheck_gets_a_certificate(app) {
        let (bank, _) = Bank::issued(&app).await;
        assert_eq!(result(&bank.world, 1).await["has_passed"], false);
        ask(&bank.world, 1).await.expect(200);
        let [one, other] = &bank.world.administrators;
        let seen = recheck(&bank.world).await;
        settle(one, &seen, &[200, 200, 200]).await.expect(200);
        other.post(&path(&seen, "confirm"), &json!({})).await.expect(200);
        assert_eq!(result(&bank.world, 1).await["has_passed"], true);
        app.jobs.run_due().await.unwrap();
        assert_eq!(bank.issue(&app, None).await["issued"], 1);
    }

    async fn what_was_found_may_be_looked_at_once_more(app) {
        let bank = Bank::published(&app).await;
        ask(&bank.world, 0).await.expect(200);
        let [one, other] = &bank.world.administrators;
        let seen = recheck(&bank.world).await;
        settle(one, &seen, &[0]).await.expect(200);
        let back = other.post(&path(&seen, "return"), &json!({})).await.expect(200);
        assert_eq!((&back["head"]["state"], &back["finding"]), (&json!("asked"), &Value::Null));
        settle(other, &seen, &[]).await.expect(200);
        assert_eq!(result(&bank.world, 0).await["score"], 600);
    }

    async fn an_answer_that_was_not_recorded_and_points_that_no_rule_gives_are_seen(app) {
        let bank = Bank::published(&app).await;
        let sitting = "sitting_id IN (SELECT sitting_id FROM score_recheck)";
        ask(&bank.world, 0).await.expect(200);
        execute(&app, &format!("UPDATE scored_response SET response = 'null', points = 0 WHERE {sitting}")).await;
        let seen = recheck(&bank.world).await;
        let first = &seen["items"][0];
        assert_eq!((&first["is_answered"], &first["is_recorded"]), (&json!(true), &json!(false)));
        assert_eq!((&first["points"], &first["by_rule"]), (&json!(0), &json!(200)));
    }

    async fn who_has_a_phone_is_told_by_text_that_there_is_an_answer(app) {
        let (app, file) = texting(app);
        let bank = Bank::published(&app).await;
        Bureaus::of(&app, "learner-0").await;
        ask(&bank.world, 0).await.expect(200);
        let [one, other] = &bank.world.administrators;
        let seen = recheck(&bank.world).await;
        settle(one, &seen, &[0]).await.expect(200);
        assert_eq!(told(&app, &file).await, [] as [Value; 0], "nothing is settled yet");
        other.post(&path(&seen, "confirm"), &json!({})).await.expect(200);
        let told = told(&app, &file).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&told[0]["template"], &told[0]["phone"]), (&json!("recheck_answered"), &json!(PHONE)));
        assert_eq!(told[0]["text"], "您申请的成绩复核有答复了：Test。请登录平台查看。");
    }
}
