//! Two persons make a certificate void, or one of them lets it be.

use super::{Bank, path, told, verdict};
use crate::{
    support::{Client, db_tests},
    work::waiting,
};
use futures::future::join;
use serde_json::{Value, json};

/// The certificates that wait for an officer to confirm that they are made void.
async fn to_revoke(officer: &Client) -> Vec<Value> {
    let found = officer.get("/api/v1/certificates?waits=revocation").await.expect(200)["items"].as_array().cloned();
    let found = found.unwrap();
    assert_eq!(waiting(officer, "certificates_to_revoke").await, found.len() as u64);
    found
}

db_tests! {
    async fn one_person_proposes_and_another_confirms(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        let (revoke, reason) = (path(&certificate, "revoke"), json!({ "reason": "成绩复核" }));
        let proposed = bank.officer.post(&revoke, &reason).await.expect(200);
        assert_eq!((&proposed["state"], &proposed["revocation_because"]), (&json!("city_approved"), &json!("成绩复核")));
        assert_eq!(verdict(&app, &bank.document(&certificate).await).await, "valid");
        let own = bank.learner().get("/api/v1/me/certificates").await.expect(200);
        assert_eq!(own[0]["revocation_because"], Value::Null, "it is not decided");
        assert_eq!(bank.officer.post(&revoke, &reason).await.expect_problem(409), "second-person-needed");

        assert_eq!(to_revoke(&bank.officer).await.len(), 0);
        assert_eq!(to_revoke(&bank.second).await[0]["id"], certificate["id"]);
        let revoked = bank.second.post(&revoke, &json!({ "reason": "复核属实" })).await.expect(200);
        assert_eq!((&revoked["state"], &revoked["reason"]), (&json!("revoked"), &json!("复核属实")));
        assert_eq!(revoked["revocation_because"], Value::Null);
        assert_eq!((told(&app).await, to_revoke(&bank.second).await.len()), (vec!["revocation"], 0));
    }

    async fn two_who_propose_at_once_make_nothing_void_that_both_did_not_want(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let (revoke, reason) = (path(&certificate, "revoke"), json!({ "reason": "成绩复核" }));
        let (one, other) = join(bank.officer.post(&revoke, &reason), bank.second.post(&revoke, &reason)).await;
        let mut states = [one.expect(200)["state"].clone(), other.expect(200)["state"].clone()].map(|state| state.to_string());
        states.sort_unstable();
        assert_eq!(states[1], "\"revoked\"", "the later of the two confirms");
    }

    async fn what_is_let_be_counts_as_before(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        bank.officer.post(&path(&certificate, "revoke"), &json!({ "reason": "成绩复核" })).await.expect(200);
        let keep = path(&certificate, "keep");
        assert_eq!(bank.auditor.post(&keep, &json!({})).await.expect_problem(403), "forbidden");
        for _ in 0..2 {
            let kept = bank.second.post(&keep, &json!({})).await.expect(200);
            assert_eq!((&kept["state"], &kept["revocation_because"]), (&json!("city_approved"), &Value::Null));
        }
        assert_eq!(to_revoke(&bank.second).await.len(), 0);
        assert_eq!(verdict(&app, &bank.document(&certificate).await).await, "valid");
    }

    async fn officers_read_that_a_certificate_is_not_to_be_shared(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let declined = async || {
            let page = bank.officer.get("/api/v1/certificates").await.expect(200);
            let found = page["items"].as_array().unwrap().iter().find(|row| row["id"] == certificate["id"]);
            found.unwrap()["is_sharing_declined"].clone()
        };
        assert_eq!(declined().await, false, "who was not asked has not said no");
        for is_given in [true, false, true] {
            let said = json!({ "purpose": "credit_bank", "is_given": is_given, "notice_version": 1 });
            bank.learner().post("/api/v1/me/consents", &said).await.expect(200);
            assert_eq!(declined().await, !is_given, "the last word counts");
        }
    }
}
