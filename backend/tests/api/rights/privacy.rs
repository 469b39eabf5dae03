//! Separate consents, and one's own data as a file.

use super::pointer;
use crate::{
    people::audited,
    support::{Client, db_tests},
};
use serde_json::{Value, json};
use shared::rights::Role;

const CONSENTS: &str = "/api/v1/me/consents";

fn given(view: &Value) -> Vec<bool> {
    view["consents"].as_array().unwrap().iter().map(|consent| consent["is_given"].as_bool().unwrap()).collect()
}

async fn state(client: &Client, purpose: &str, is_given: bool) -> Value {
    client.post(CONSENTS, &json!({ "purpose": purpose, "is_given": is_given, "notice_version": 1 })).await.expect(200)
}

db_tests! {
    async fn each_consent_stands_for_itself_and_can_be_withdrawn(app) {
        let (_, learner) = app.learner("zhang").await;
        let view = learner.get(CONSENTS).await.expect(200);
        assert_eq!((&view["notice_version"], given(&view)), (&json!(1), vec![false, false, false]));
        assert_eq!(given(&state(&learner, "general", true).await), [true, false, false]);
        assert_eq!(given(&state(&learner, "credit_bank", true).await), [true, false, true]);
        assert_eq!(given(&state(&learner, "credit_bank", true).await), [true, false, true]);
        assert_eq!(given(&state(&learner, "credit_bank", false).await), [true, false, false]);
        let notes = audited(&app, "keep_own_consents").await;
        let said: Vec<_> = notes.iter().filter(|note| note["purpose"] == "credit_bank").map(|note| note["is_given"].clone()).collect();
        assert_eq!(said, [json!(true), json!(false)], "a repeat adds nothing");
        let (_, other) = app.learner("li").await;
        assert_eq!(given(&other.get(CONSENTS).await.expect(200)), [false, false, false]);
    }

    async fn nobody_agrees_to_a_notice_that_they_did_not_see(app) {
        let (_, learner) = app.learner("zhang").await;
        let unseen = json!({ "purpose": "general", "is_given": true, "notice_version": 2 });
        let problem = learner.post(CONSENTS, &unseen).await.expect(422);
        assert_eq!(pointer(&problem), ("/notice_version".to_owned(), "unknown-version".to_owned()));
        learner.post(CONSENTS, &json!({ "purpose": "x", "is_given": true, "notice_version": 1 })).await.expect(422);
    }

    async fn ones_own_data_are_ones_own(app) {
        let (id, learner) = app.learner("zhang").await;
        state(&learner, "general", true).await;
        app.learner("li").await;
        let reply = learner.get("/api/v1/me/data").await;
        assert!(reply.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!(reply.headers["cache-control"], "no-store");
        let data = reply.expect(200);
        assert_eq!((&data["account"]["account_id"], data["logins"].as_array().unwrap().len()), (&json!(id), 1));
        assert_eq!(data["privacy"]["consents"][0]["is_given"], true);
        for part in ["courses", "results", "certificates", "skill_trainings", "skill_certificates", "roster"] {
            assert_eq!(data[part], json!([]), "{part}");
        }
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        assert_eq!(teacher.get("/api/v1/me/data").await.expect(200)["account"]["login_name"], "wang");
    }
}
