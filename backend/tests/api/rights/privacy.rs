//! The privacy notice by its version, separate consents, and one's own data as a file.

use super::pointer;
use crate::{
    people::audited,
    support::{Client, PASSWORD, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{identity::NOTICE_VERSION, rights::Role};

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

    async fn every_version_of_the_notice_is_readable_for_anybody(app) {
        let current = app.stranger().get("/api/v1/privacy_notices/current").await.expect(200);
        assert_eq!((&current["version"], &current["is_current"]), (&json!(NOTICE_VERSION), &json!(true)));
        for version in 1..=NOTICE_VERSION {
            let notice = app.stranger().get(&format!("/api/v1/privacy_notices/{version}")).await.expect(200);
            assert_eq!((&notice["version"], &notice["is_current"]), (&json!(version), &json!(version == NOTICE_VERSION)));
        }
        let first = app.stranger().get("/api/v1/privacy_notices/1").await.expect(200);
        assert!(first["paragraphs"][0].as_str().unwrap().starts_with("谁在用"), "{first}");
        let asked = app.stranger().request(Method::GET, "/api/v1/privacy_notices/1").header("accept-language", "en");
        let english = send(asked).await.expect(200);
        assert!(english["paragraphs"][0].as_str().unwrap().starts_with("Who uses it"), "{english}");
        for unknown in [0, NOTICE_VERSION + 1] {
            let reply = app.stranger().get(&format!("/api/v1/privacy_notices/{unknown}")).await;
            assert_eq!(reply.expect_problem(404), "not-found");
        }
        assert_eq!(app.stranger().get("/api/v1/privacy_notices/newest").await.status, 404);
    }

    async fn who_has_not_agreed_is_told_so_and_refused_nothing(app) {
        let (_, learner) = app.learner("zhang").await;
        let is_due = async |client: &Client| client.get("/api/v1/me").await.expect(200)["is_notice_due"].clone();
        assert_eq!(is_due(&learner).await, true);
        learner.get("/api/v1/me/courses").await.expect(200);
        state(&learner, "sensitive", true).await;
        state(&learner, "credit_bank", false).await;
        assert_eq!(is_due(&learner).await, true, "what may be declined does not count");
        state(&learner, "general", true).await;
        assert_eq!(is_due(&learner).await, false);
        let again = json!({ "name": "zhang", "password": PASSWORD });
        let reply = app.stranger().post("/api/v1/logins", &again).await.expect(200);
        assert_eq!(reply["me"]["is_notice_due"], false, "it is asked once");
        state(&learner, "general", false).await;
        let reply = app.stranger().post("/api/v1/logins", &again).await.expect(200);
        assert_eq!(reply["me"]["is_notice_due"], true, "who took it back is asked again");
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        assert_eq!(is_due(&teacher).await, true);
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
        for part in ["courses", "results", "incidents", "certificates", "diplomas", "skill_trainings", "skill_certificates", "roster"] {
            assert_eq!(data[part], json!([]), "{part}");
        }
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        assert_eq!(teacher.get("/api/v1/me/data").await.expect(200)["account"]["login_name"], "wang");
    }
}
