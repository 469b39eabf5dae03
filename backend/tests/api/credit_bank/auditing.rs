//! What the city decides of a certificate, and who sees what.

use super::{Bank, path};
use crate::{
    support::{Client, NO_ID, db_tests, execute},
    work::waiting,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::rights::{Place, Role, RoleAt};

db_tests! {
    async fn the_city_returns_with_a_reason_and_approves_what_then_counts(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let (submit, audit) = (path(&certificate, "submit"), path(&certificate, "audit"));
        let approve = json!({ "decision": "approve" });
        assert_eq!(bank.auditor.post(&audit, &approve).await.expect_problem(409), "wrong-state");
        assert_eq!(bank.officer.post(&submit, &json!({})).await.expect(200)["state"], "submitted_to_city");
        assert_eq!(bank.officer.post(&audit, &approve).await.expect_problem(403), "forbidden");
        let hangzhou = app.staff("sun", Role::CityAuditor, "3301").await;
        assert_eq!(hangzhou.post(&audit, &approve).await.expect_problem(404), "not-found");

        for wrong in [json!({ "decision": "return", "reason": "  " }), json!({ "decision": "return" })] {
            let problem = bank.auditor.post(&audit, &wrong).await.expect(422);
            assert_eq!((problem["errors"][0]["pointer"].clone(), problem["errors"][0]["code"].clone()), (json!("/reason"), json!("required")));
        }
        let returned = json!({ "decision": "return", "reason": "照片不清楚" });
        assert_eq!(bank.auditor.post(&audit, &returned).await.expect(200)["state"], "city_returned");
        let mine = bank.learner().get("/api/v1/me/certificates").await.expect(200);
        assert_eq!(mine[0]["reason"], "照片不清楚");
        let graduation = bank.learner().get("/api/v1/me/graduation").await.expect(200);
        assert_eq!((graduation["counted"].clone(), bank.course(&graduation)["is_counted"].clone()), (json!(0), json!(false)));

        bank.approve(&certificate).await;
        let graduation = bank.learner().get("/api/v1/me/graduation").await.expect(200);
        assert_eq!((graduation["counted"].clone(), bank.course(&graduation)["is_counted"].clone()), (json!(1), json!(true)));
        assert_eq!(bank.course(&graduation)["best_score"], 600);
        assert_eq!(bank.course(&graduation)["certificate"]["reason"], "");
        assert_eq!(bank.auditor.post(&audit, &approve).await.expect_problem(409), "wrong-state");
        assert_eq!(bank.officer.post(&submit, &json!({})).await.expect_problem(409), "wrong-state");
    }

    async fn what_waits_is_counted_beyond_any_page(app) {
        let bank = Bank::published_with(&app, 203).await;
        assert_eq!(crate::work::work(&bank.officer).await, []);
        assert_eq!(bank.issue(&app, None).await["issued"], 204);
        let certificate = bank.learner().get("/api/v1/me/certificates").await.expect(200)[0].clone();
        assert_eq!(waiting(&bank.officer, "certificates_to_submit").await, 204);
        assert_eq!(crate::work::work(&bank.auditor).await, []);
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        assert_eq!(waiting(&bank.officer, "certificates_to_submit").await, 203);
        assert_eq!(crate::work::work(&bank.auditor).await, [("certificates_to_audit".to_owned(), 1)]);
        let elsewhere = app.staff("wuxi", Role::CityAuditor, "3202").await;
        assert_eq!(crate::work::work(&elsewhere).await, []);
        let back = json!({ "decision": "return", "reason": "姓名有误" });
        bank.auditor.post(&path(&certificate, "audit"), &back).await.expect(200);
        assert_eq!((waiting(&bank.officer, "certificates_returned").await, waiting(&bank.auditor, "certificates_to_audit").await), (1, 0));
    }

    async fn the_city_approves_what_it_chose_and_all_that_fits_each_by_itself(app) {
        let bank = Bank::published_with(&app, 4).await;
        assert_eq!(bank.issue(&app, None).await["issued"], 5);
        let all = bank.officer.get("/api/v1/certificates").await.expect(200)["items"].as_array().unwrap().clone();
        for certificate in &all[1..] {
            bank.officer.post(&path(certificate, "submit"), &json!({})).await.expect(200);
        }
        let approve = "/api/v1/certificates/approve";
        let chosen = json!({ "ids": [all[0]["id"], all[1]["id"]] });
        let report = app.finish_job(&bank.auditor, bank.auditor.post(approve, &chosen).await).await;
        let kept_back = json!({ "id": all[0]["id"], "number": all[0]["number"], "holder_name": all[0]["holder_name"],
            "code": "wrong-state" });
        assert_eq!(report, json!({ "approved": 1, "refused": [kept_back] }), "the one that was not submitted");

        // Of the three that wait, one lost what it rests on.
        let number = all[2]["number"].as_str().unwrap();
        execute(&app, &format!("UPDATE result SET score = score + 100 WHERE sitting_id = \
            (SELECT sitting_id FROM certificate WHERE number = '{number}')")).await;
        let of_test = json!({ "exam_session_id": bank.world.exam_session_id });
        let report = app.finish_job(&bank.auditor, bank.auditor.post(approve, &of_test).await).await;
        assert_eq!((&report["approved"], &report["refused"][0]["id"]), (&json!(2), &all[2]["id"]), "{report}");
        assert_eq!(report["refused"].as_array().unwrap().len(), 1);
        let left = bank.auditor.get("/api/v1/certificates?state=submitted_to_city").await.expect(200);
        assert_eq!(left["items"].as_array().unwrap().len(), 1);
        assert!(backend::platform::db::verify_chain(app.cx.db.read()).await.unwrap().is_ok());
    }

    async fn many_are_approved_by_the_auditor_of_their_city_alone(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        let approve = "/api/v1/certificates/approve";
        let (chosen, fitting) = (json!({ "ids": [certificate["id"]] }), json!({ "name": "LEARNER" }));
        let elsewhere = app.staff("sun", Role::CityAuditor, "3301").await;
        assert_eq!(elsewhere.post(approve, &chosen).await.expect_problem(404), "not-found");
        let report = app.finish_job(&elsewhere, elsewhere.post(approve, &fitting).await).await;
        assert_eq!(report, json!({ "approved": 0, "refused": [] }), "nothing of theirs fits");
        assert_eq!(bank.officer.post(approve, &chosen).await.expect_problem(403), "forbidden");
        for (body, pointer, code) in [
            (json!({}), "/ids", "required"),
            (json!({ "ids": [] }), "/ids", "required"),
            (json!({ "name": " " }), "/ids", "required"),
            (json!({ "name": "长".repeat(61) }), "/name", "too-long"),
        ] {
            let error = bank.auditor.post(approve, &body).await.expect(422)["errors"][0].clone();
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{body}");
        }
        let report = app.finish_job(&bank.auditor, bank.auditor.post(approve, &fitting).await).await;
        assert_eq!(report["approved"], 1);
        let graduation = bank.learner().get("/api/v1/me/graduation").await.expect(200);
        assert_eq!(graduation["counted"], 1);
    }

    async fn nobody_approves_what_they_issued(app) {
        let mut bank = Bank::published(&app).await;
        let both = [Role::CreditBankOfficer, Role::CityAuditor]
            .map(|role| RoleAt { role, place: Place::division("33") });
        bank.officer = app.person("both", &both).await;
        bank.issue(&app, None).await;
        let certificate = bank.officer.get("/api/v1/certificates").await.expect(200)["items"][0].clone();
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        let approve = json!({ "decision": "approve" });
        let refused = bank.officer.post(&path(&certificate, "audit"), &approve).await;
        assert_eq!(refused.expect_problem(409), "second-person-needed");
        bank.auditor.post(&path(&certificate, "audit"), &approve).await.expect(200);
    }

    async fn the_approval_looks_at_the_facts_again(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        let approve = json!({ "decision": "approve" });
        let audit = path(&certificate, "audit");
        execute(&app, "UPDATE result SET score = score + 100").await;
        assert_eq!(bank.auditor.post(&audit, &approve).await.expect_problem(409), "wrong-state");
        execute(&app, "UPDATE result SET score = score - 100").await;
        execute(&app, "UPDATE account SET identity_verified_at = NULL WHERE login_name = 'learner-0'").await;
        let problem = bank.auditor.post(&audit, &approve).await.expect(409);
        assert_eq!(problem["detail"], "学员的身份还没有核验，不能出具证明。");
        execute(&app, "UPDATE account SET identity_verified_at = 1 WHERE login_name = 'learner-0'").await;
        bank.auditor.post(&audit, &approve).await.expect(200);
    }

    async fn lists_hold_what_lies_at_the_actors_place(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let listed = async |client: &Client, query: &str| {
            client.get(&format!("/api/v1/certificates{query}")).await.expect(200)["items"].as_array().unwrap().len()
        };
        for (client, query, found) in [
            (&bank.officer, "", 1),
            (&bank.auditor, "?state=issued", 1),
            (&bank.auditor, "?state=submitted_to_city", 0),
            (&bank.auditor, format!("?exam_session_id={}", bank.world.exam_session_id).as_str(), 1),
            (&bank.auditor, format!("?exam_session_id={NO_ID}").as_str(), 0),
            (&bank.auditor, format!("?course_id={}&name=ARNER", bank.world.course_id).as_str(), 1),
            (&bank.auditor, format!("?course_id={NO_ID}").as_str(), 0),
            (&bank.auditor, "?name=nobody", 0),
            (&app.staff("sun", Role::CityAuditor, "3301").await, "", 0),
        ] {
            assert_eq!(listed(client, query).await, found, "{query}");
        }
        assert_eq!(bank.learner().get("/api/v1/certificates").await.expect_problem(403), "forbidden");
        let page = bank.officer.get("/api/v1/certificates?limit=1").await.expect(200);
        assert_eq!((page["items"][0]["id"].clone(), page["next_cursor"].clone()), (certificate["id"].clone(), Value::Null));
        assert_eq!(page["items"][0]["holder_name"], "learner-0");
    }

    async fn every_step_is_in_the_audit_log(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        assert!(backend::platform::db::verify_chain(app.cx.db.read()).await.unwrap().is_ok());
        let conn = app.cx.db.read();
        let sql = "SELECT state FROM certificate_event ORDER BY at, id";
        let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
        let states: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(states, ["issued", "submitted_to_city", "city_approved"]);
    }
}
