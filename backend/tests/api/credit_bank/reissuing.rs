//! A certificate that takes the place of another.

use super::{Bank, path, public_path, set_places, told, verdict};
use crate::support::{db_tests, execute, send};
use reqwest::Method;
use serde_json::json;
use shared::rights::Role;

db_tests! {
    async fn a_corrected_certificate_takes_the_place_of_the_old_one_when_the_city_approves_it(app) {
        let (bank, old) = Bank::issued(&app).await;
        bank.approve(&old).await;
        execute(&app, "UPDATE account SET display_name = '张秀英' WHERE display_name = 'learner-0'").await;
        assert_eq!(bank.learner().get("/api/v1/me/certificates").await.expect(200)[0]["holder_name"], "learner-0");
        let reissue = path(&old, "reissue");
        let reason = json!({ "reason": "姓名更正" });
        assert_eq!(bank.auditor.post(&reissue, &reason).await.expect_problem(403), "forbidden");
        assert_eq!(bank.officer.post(&reissue, &json!({ "reason": " " })).await.expect_problem(422), "invalid");
        let new = bank.officer.post(&reissue, &reason).await.expect(201);
        assert_eq!((new["holder_name"].clone(), new["state"].clone()), (json!("张秀英"), json!("issued")));
        assert_ne!(new["number"], old["number"]);
        assert_eq!(bank.officer.post(&reissue, &reason).await.expect_problem(409), "wrong-state");

        assert_eq!(verdict(&app, &bank.document(&old).await).await, "valid");
        assert_eq!(bank.learner().get("/api/v1/me/graduation").await.expect(200)["counted"], 1);
        bank.approve(&new).await;
        assert_eq!(verdict(&app, &bank.document(&old).await).await, "superseded");
        assert_eq!(verdict(&app, &bank.document(&new).await).await, "valid");
        let public = app.stranger().get(&public_path(&old)).await.expect(200);
        assert_eq!((public["state"].clone(), public["superseded_by"].clone()), (json!("superseded"), new["number"].clone()));
        assert_eq!(told(&app).await, ["suspension", "message"], "superseded, and not revoked");
        for purpose in ["revocation", "suspension", "message"] {
            assert!(!set_places(&app, &format!("1/{purpose}")).await.contains(&1), "the new one counts");
        }
        assert_eq!(bank.learner().get("/api/v1/me/graduation").await.expect(200)["counted"], 1);
        assert_eq!(bank.issue(&app, None).await["already"], 1, "an issue for the whole session gives no third one");
    }

    async fn what_was_returned_or_revoked_may_be_issued_anew(app) {
        let (bank, first) = Bank::issued(&app).await;
        bank.officer.post(&path(&first, "submit"), &json!({})).await.expect(200);
        let reason = json!({ "reason": "成绩更正" });
        assert_eq!(bank.officer.post(&path(&first, "reissue"), &reason).await.expect_problem(409), "wrong-state");
        let back = json!({ "decision": "return", "reason": "姓名有误" });
        bank.auditor.post(&path(&first, "audit"), &back).await.expect(200);
        let second = bank.officer.post(&path(&first, "reissue"), &reason).await.expect(201);
        assert_eq!(verdict(&app, &bank.document(&first).await).await, "superseded");
        bank.revoke(&second, "成绩更正").await;
        let third = bank.officer.post(&path(&second, "reissue"), &reason).await.expect(201);
        assert_eq!(verdict(&app, &bank.document(&second).await).await, "revoked");
        bank.approve(&third).await;
        assert_eq!(verdict(&app, &bank.document(&third).await).await, "valid");
        assert_eq!(verdict(&app, &bank.document(&second).await).await, "revoked");
    }

    async fn of_many_editions_only_the_newest_that_was_approved_counts(app) {
        let (bank, first) = Bank::issued(&app).await;
        bank.approve(&first).await;
        let reason = json!({ "reason": "姓名更正" });
        let second = bank.officer.post(&path(&first, "reissue"), &reason).await.expect(201);
        bank.revoke(&second, "成绩更正").await;
        let refused = bank.officer.post(&path(&first, "reissue"), &reason).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("已经换发"), "{refused}");
        assert_eq!(verdict(&app, &bank.document(&first).await).await, "valid", "nothing has taken its place yet");
        let third = bank.officer.post(&path(&second, "reissue"), &reason).await.expect(201);
        assert_eq!(third["reason"], "姓名更正", "why it was issued is kept");
        bank.approve(&third).await;
        let verdicts = futures::future::join_all([&first, &second, &third].map(|one| async {
            verdict(&app, &bank.document(one).await).await
        }));
        assert_eq!(verdicts.await, ["superseded", "revoked", "valid"]);
        let public = app.stranger().get(&public_path(&first)).await.expect(200);
        assert_eq!(public["superseded_by"], third["number"]);
    }

    async fn nobody_reissues_in_another_city_or_without_the_right(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let (reissue, reason) = (path(&certificate, "reissue"), json!({ "reason": "更正" }));
        let elsewhere = app.staff("sun", Role::CreditBankOfficer, "3301").await;
        for client in [&elsewhere, bank.learner()] {
            assert_eq!(client.post(&reissue, &reason).await.expect_problem(404), "not-found");
        }
        let long = json!({ "reason": "更".repeat(501) });
        for wrong in [json!({}), json!({ "reason": 5 }), long] {
            let status = bank.officer.post(&reissue, &wrong).await.status;
            assert!([400, 422].contains(&status), "{status}");
        }
        assert_eq!(bank.learner().get("/api/v1/me/certificates").await.expect(200).as_array().unwrap().len(), 1);
    }

    async fn a_repeated_or_simultaneous_reissue_gives_one_certificate(app) {
        let (bank, old) = Bank::issued(&app).await;
        let reissue = async |key: &str| {
            let request = bank.officer.request(Method::POST, &path(&old, "reissue")).json(&json!({ "reason": "更正" }));
            send(request.header("idempotency-key", key)).await
        };
        let (first, other) = futures::future::join(reissue("one"), reissue("two")).await;
        let mut statuses = [first.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let key = if first.status == 201 { "one" } else { "two" };
        assert_eq!(reissue(key).await.status, 201, "the reply of a repeat is that of the first");
        assert_eq!(bank.learner().get("/api/v1/me/certificates").await.expect(200).as_array().unwrap().len(), 2);
    }
}
