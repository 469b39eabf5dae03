//! What a stranger may rely on: whatever is shown was signed, also long ago, on paper and without a network.

use crate::{
    credit_bank::{Bank, path, public_path, set_places, told, verdict},
    support::{Reply, Sheets, TestApp, db_tests, execute},
};
use ed25519_dalek::Signer;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::{credit_bank::canonical_json, points::Points};
use tokio::sync::Notify;

/// What the public page and a verification of the document say of the signature.
async fn signatures(app: &TestApp, certificate: &Value, document: &Value) -> [Value; 2] {
    let public = app.stranger().get(&public_path(certificate)).await.expect(200);
    let verified = app.stranger().post("/api/v1/public/verifications", document).await.expect(200);
    [public["signature_is_valid"].clone(), verified["certificate"]["signature_is_valid"].clone()]
}

/// The issuer's key, as it is published.
async fn key(app: &TestApp) -> String {
    let did = app.stranger().get("/.well-known/did.json").await.expect(200);
    did["alsoKnownAs"][0].as_str().unwrap().to_owned()
}

/// The document as it was made before the issuer had a web address and more than one status list.
async fn as_the_first_were_made(app: &TestApp, document: &Value) -> Value {
    let did = key(app).await;
    let mut first = document.clone();
    let mut options = first.as_object_mut().unwrap().remove("proof").unwrap();
    options.as_object_mut().unwrap().remove("proofValue");
    options["verificationMethod"] = format!("{did}#{}", did.strip_prefix("did:key:").unwrap()).into();
    first["issuer"]["id"] = did.into();
    let status = first["credentialStatus"][0].clone();
    let index = status["statusListIndex"].as_str().unwrap();
    let list = status["statusListCredential"].as_str().unwrap().strip_suffix("/revocation").unwrap();
    first["credentialStatus"] = json!({
        "id": format!("{list}#{index}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": list,
    });
    let hash = |value: &Value| Sha256::digest(canonical_json(value).unwrap());
    let signature = app.cx.keys.certificates.sign(&[hash(&options), hash(&first)].concat());
    options["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    first["proof"] = options;
    first
}

/// A document as it is stored, for a statement.
fn sql_text(document: &Value) -> String {
    format!("'{}'", canonical_json(document).unwrap().replace('\'', "''"))
}

async fn printed(bank: &Bank, certificate: &Value) -> Reply {
    bank.learner().get(&format!("/api/v1/me/certificates/{}/pdf", certificate["id"].as_str().unwrap())).await
}

db_tests! {
    async fn whatever_is_shown_to_a_stranger_was_signed(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let (document, public) =
            (bank.document(&certificate).await, app.stranger().get(&public_path(&certificate)).await.expect(200));
        let subject = &document["credentialSubject"];
        let achievement = &subject["achievement"];
        let scale = &achievement["resultDescription"][0];
        for (shown, signed) in [
            (&public["number"], &subject["licenseNumber"]),
            (&public["course_title"], &achievement["name"]),
            (&public["description"], &achievement["description"]),
            (&public["exam_session_title"], &subject["term"]),
            (&public["issued_at"], &document["validFrom"]),
            (&public["issuer_name"], &document["issuer"]["name"]),
            (&public["level"], &json!("senior")),
            (&public["issuer_key"], &json!(key(&app).await)),
        ] {
            assert_eq!(shown, signed);
        }
        let points = |text: &Value| json!(Points::parse(text.as_str().unwrap()).unwrap());
        assert_eq!(public["score"], points(&subject["result"][0]["value"]));
        assert_eq!(public["max_score"], points(&scale["valueMax"]));
        assert_eq!(public["grade"], subject["result"][1]["value"].as_str().unwrap().to_lowercase());
    }

    async fn a_changed_column_says_so_whichever_it_is(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let document = bank.document(&certificate).await;
        assert_eq!(signatures(&app, &certificate, &document).await, [json!(true), json!(true)]);
        let longer = |column: &str| (format!("{column} = {column} || 'x'"), format!("{column} = substr({column}, 1, length({column}) - 1)"));
        let more = |column: &str| (format!("{column} = {column} + 1"), format!("{column} = {column} - 1"));
        let other = |column: &str, wrong: &str, right: &str| (format!("{column} = '{wrong}'"), format!("{column} = '{right}'"));
        let swapped = "course_id = exam_session_id, exam_session_id = course_id".to_owned();
        for (wrong, right) in [
            longer("holder_name"),
            longer("course_title"),
            longer("exam_session_title"),
            more("score"),
            more("issued_at"),
            more("status_index"),
            other("grade", "a", "b"),
            other("division", "3301", "3305"),
            other("state", "city_approved", "issued"),
            (swapped.clone(), swapped),
        ] {
            execute(&app, &format!("UPDATE certificate SET {wrong}")).await;
            assert_eq!(signatures(&app, &certificate, &document).await, [json!(false), json!(false)], "{wrong}");
            execute(&app, &format!("UPDATE certificate SET {right}")).await;
            assert_eq!(signatures(&app, &certificate, &document).await, [json!(true), json!(true)], "{right}");
        }
        // A certificate that is found under another number was not signed under it.
        let number = json!({ "number": "202633052010000022" });
        execute(&app, "UPDATE certificate SET number = '202633052010000022'").await;
        assert_eq!(app.stranger().get(&public_path(&number)).await.expect(200)["signature_is_valid"], false);
        assert_eq!(verdict(&app, &document).await, "unknown", "the register knows nothing of it");
    }

    async fn what_is_void_does_not_come_back_by_a_changed_column(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let document = bank.document(&certificate).await;
        bank.approve(&certificate).await;
        assert_eq!(verdict(&app, &document).await, "valid");
        bank.revoke(&certificate, "成绩复核").await;
        assert_eq!(verdict(&app, &document).await, "revoked");
        execute(&app, "UPDATE certificate SET state = 'city_approved'").await;
        assert_eq!(signatures(&app, &certificate, &document).await, [json!(false), json!(false)]);
        assert_eq!(verdict(&app, &document).await, "tampered", "nobody noted that it was approved again");
        assert_eq!(told(&app).await, ["revocation"], "the lists say what was noted");
        execute(&app, "UPDATE certificate SET state = 'revoked'").await;
        assert_eq!(verdict(&app, &document).await, "revoked");
    }

    async fn clocks_that_differ_make_no_forgery_and_hide_none(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let document = bank.document(&certificate).await;
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        let back = json!({ "decision": "return", "reason": "姓名有误" });
        bank.auditor.post(&path(&certificate, "audit"), &back).await.expect(200);
        bank.approve(&certificate).await;
        // Each step on a node whose clock is behind the one before; all at the same instant.
        let backward = "CASE state WHEN 'issued' THEN 4 WHEN 'submitted_to_city' THEN 3 WHEN 'city_returned' THEN 2 ELSE 1 END";
        for clock in [backward, "1"] {
            execute(&app, &format!("UPDATE certificate_event SET at = {clock}")).await;
            assert_eq!(signatures(&app, &certificate, &document).await, [json!(true), json!(true)], "{clock}");
            assert_eq!(verdict(&app, &document).await, "valid", "{clock}");
            for state in ["issued", "submitted_to_city", "city_returned", "revoked"] {
                execute(&app, &format!("UPDATE certificate SET state = '{state}'")).await;
                assert_eq!(verdict(&app, &document).await, "tampered", "{state}, {clock}");
            }
            execute(&app, "UPDATE certificate SET state = 'city_approved'").await;
        }
        execute(&app, "DELETE FROM certificate_event WHERE state = 'city_approved'").await;
        assert_eq!(verdict(&app, &document).await, "tampered", "nobody noted that it was approved");
    }

    async fn a_step_that_a_slow_clock_notes_before_the_one_that_led_to_it_is_a_step(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let document = bank.document(&certificate).await;
        app.clock.advance_s(2);
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        app.clock.advance_s(-1);
        let approve = json!({ "decision": "approve" });
        bank.auditor.post(&path(&certificate, "audit"), &approve).await.expect(200);
        assert_eq!(signatures(&app, &certificate, &document).await, [json!(true), json!(true)]);
        assert_eq!(verdict(&app, &document).await, "valid");
    }

    async fn a_changed_document_says_so_wherever_it_was_changed(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let stored = sql_text(&bank.document(&certificate).await);
        for (from, to) in [
            ("VerifiableCredential", "VerifiableCredentials"),
            ("did:web:", "did:webs:"),
            ("eddsa-jcs-2022", "eddsa-jcs-2023"),
            ("\"revocation\"", "\"suspension\""),
            ("{", "["),
        ] {
            let change = format!("UPDATE certificate SET document = replace(document, '{from}', '{to}')");
            execute(&app, &change).await;
            let public = app.stranger().get(&public_path(&certificate)).await.expect(200);
            assert_eq!(public["signature_is_valid"], false, "{from}");
            execute(&app, &format!("UPDATE certificate SET document = {stored}")).await;
            let public = app.stranger().get(&public_path(&certificate)).await.expect(200);
            assert_eq!(public["signature_is_valid"], true, "{from}");
        }
        execute(&app, "UPDATE certificate SET document = ''").await;
        let public = app.stranger().get(&public_path(&certificate)).await.expect(200);
        assert_eq!((&public["signature_is_valid"], &public["max_score"]), (&json!(false), &Value::Null));
    }

    async fn what_becomes_of_a_certificate_is_told_step_by_step(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        assert_eq!(told(&app).await, ["suspension"], "the city has not approved it");
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        let back = json!({ "decision": "return", "reason": "姓名有误" });
        bank.auditor.post(&path(&certificate, "audit"), &back).await.expect(200);
        assert_eq!(told(&app).await, ["suspension"]);
        bank.approve(&certificate).await;
        assert_eq!(told(&app).await, [""; 0]);
        bank.revoke(&certificate, "成绩复核").await;
        assert_eq!(told(&app).await, ["revocation"]);

        let document = bank.document(&certificate).await;
        let issuer = &document["issuer"]["id"];
        let purposes = ["revocation", "suspension", "message"];
        for (at, purpose) in purposes.into_iter().enumerate() {
            let entry = &document["credentialStatus"][at];
            let list = app.stranger().get(&format!("/api/v1/public/status_lists/1/{purpose}")).await.expect(200);
            assert_eq!((&entry["statusPurpose"], &entry["statusListCredential"]), (&json!(purpose), &list["id"]));
            assert_eq!((&list["issuer"], &list["credentialSubject"]["statusPurpose"]), (issuer, &json!(purpose)));
        }
    }

    async fn the_web_address_issues_and_its_key_is_published(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let document = bank.document(&certificate).await;
        let did = app.stranger().get("/.well-known/did.json").await.expect(200);
        assert_eq!(document["issuer"]["id"], did["id"]);
        assert_eq!(document["proof"]["verificationMethod"], did["verificationMethod"][0]["id"]);
        let mut foreign = document.clone();
        foreign["issuer"]["id"] = "did:web:elsewhere.example".into();
        assert_eq!(verdict(&app, &foreign).await, "tampered");
    }

    async fn under_an_address_with_a_path_the_key_is_published_below_it(app) {
        let app = app.configured(|config| config.public_url = "https://edu.example/credit/bank".to_owned());
        let did = app.stranger().get("/credit/bank/did.json").await.expect(200);
        assert_eq!(did["id"], "did:web:edu.example:credit:bank");
        assert_eq!(did["verificationMethod"][0]["controller"], did["id"]);
        assert_eq!(app.stranger().get("/did.json").await.expect(200), did, "behind a proxy that takes the path away");
        let of_the_host = app.stranger().get("/.well-known/did.json").await;
        assert_eq!(of_the_host.status, 404, "that is the document of whoever has the host");
    }

    async fn a_certificate_of_the_first_days_is_verified_as_ever(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let first = as_the_first_were_made(&app, &bank.document(&certificate).await).await;
        execute(&app, &format!("UPDATE certificate SET document = {}", sql_text(&first))).await;
        assert_eq!(bank.document(&certificate).await, first);
        assert_eq!(signatures(&app, &certificate, &first).await, [json!(true), json!(true)]);
        assert_eq!(verdict(&app, &first).await, "not_yet_approved");
        bank.approve(&certificate).await;
        assert_eq!(verdict(&app, &first).await, "valid");
        assert_eq!(set_places(&app, "1").await, [0_usize; 0]);

        let new = bank.officer.post(&path(&certificate, "reissue"), &json!({ "reason": "姓名更正" })).await.expect(201);
        bank.approve(&new).await;
        assert_eq!(verdict(&app, &first).await, "superseded");
        assert_eq!(set_places(&app, "1").await, [0], "its only list can tell no more than that it is out of force");
        let list = app.stranger().get("/api/v1/public/status_lists/1").await.expect(200);
        assert_eq!((&list["issuer"], &list["id"]), (&first["issuer"]["id"], &first["credentialStatus"]["statusListCredential"]));
        let mut changed = first.clone();
        changed["credentialSubject"]["term"] = "x".into();
        assert_eq!(verdict(&app, &changed).await, "tampered");
    }

    async fn what_changes_while_the_city_approves_is_not_approved(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        let (audit, approve) = (path(&certificate, "audit"), json!({ "decision": "approve" }));
        for (change, back) in [
            ("UPDATE result SET score = score + 100", "UPDATE result SET score = score - 100"),
            ("UPDATE account SET identity_verified_at = NULL WHERE login_name = 'learner-0'",
             "UPDATE account SET identity_verified_at = 1 WHERE login_name = 'learner-0'"),
        ] {
            let (has_begun, may_end) = (Notify::new(), Notify::new());
            let changing = app.cx.db.write_journal(async |tx| {
                tx.execute_unprepared(change).await?;
                has_begun.notify_one();
                may_end.notified().await;
                Ok(())
            });
            let approval = async {
                has_begun.notified().await;
                // While others are answered, an approval that looks too early would have looked.
                let others = async {
                    for _ in 0..20 {
                        app.stranger().get(&public_path(&certificate)).await.expect(200);
                    }
                    may_end.notify_one();
                };
                futures::future::join(bank.auditor.post(&audit, &approve), others).await.0
            };
            let (changed, refused) = futures::future::join(changing, approval).await;
            changed.unwrap();
            assert_eq!(refused.expect_problem(409), "wrong-state", "{change}");
            execute(&app, back).await;
        }
        assert_eq!(bank.auditor.post(&audit, &approve).await.expect(200)["state"], "city_approved");
    }

    async fn what_changes_while_it_is_issued_is_issued_as_it_became(app) {
        let bank = Bank::published(&app).await;
        let body = json!({ "exam_session_id": bank.world.exam_session_id });
        bank.officer.post("/api/v1/certificates/issue", &body).await.expect(202);
        let (has_begun, may_end) = (Notify::new(), Notify::new());
        let changing = app.cx.db.write_journal(async |tx| {
            tx.execute_unprepared("UPDATE result SET score = score + 100").await?;
            has_begun.notify_one();
            may_end.notified().await;
            Ok(())
        });
        let issuing = async {
            has_begun.notified().await;
            let others = async {
                for _ in 0..20 {
                    app.stranger().get("/api/v1/public/status_lists/2").await.expect(404);
                }
                may_end.notify_one();
            };
            futures::future::join(app.jobs.run_due(), others).await.0
        };
        let (changed, issued) = futures::future::join(changing, issuing).await;
        changed.unwrap();
        issued.unwrap();
        let certificate = bank.learner().get("/api/v1/me/certificates").await.expect(200)[0].clone();
        let results = bank.learner().get("/api/v1/me/results").await.expect(200);
        assert_eq!(certificate["score"], results[0]["score"]);
        assert_eq!(signatures(&app, &certificate, &bank.document(&certificate).await).await, [json!(true), json!(true)]);
    }

    async fn the_printed_certificate_is_read_by_others(app) {
        let bank = Bank::published(&app).await;
        execute(&app, "UPDATE account SET display_name = '张䶮' WHERE display_name = 'learner-0'").await;
        assert_eq!(bank.issue(&app, None).await["issued"], 1);
        let certificate = bank.learner().get("/api/v1/me/certificates").await.expect(200)[0].clone();
        bank.approve(&certificate).await;
        let number = certificate["number"].as_str().unwrap();
        let sheets = Sheets::read(&printed(&bank, &certificate).await.bytes);

        let text: String = sheets.text.split_whitespace().collect();
        let course = certificate["course_title"].as_str().unwrap();
        let key = key(&app).await;
        for words in ["课程成绩合格证明", "张䶮", course, number, "准予合格", "浙江省终身教育学分银行", key.as_str()] {
            let words: String = words.split_whitespace().collect();
            assert!(text.contains(&words), "{words} in {text}");
        }
        let (names, embedded): (Vec<_>, Vec<_>) = sheets.fonts.iter().cloned().unzip();
        assert!(names.iter().any(|name| ["CJK", "SourceHan", "NotoSerifSC", "NotoSansSC"].iter().any(|part| name.contains(part))), "{names:?}");
        assert!(!embedded.is_empty() && !embedded.contains(&false), "every font brings its letters: {names:?}");

        let address = format!("http://127.0.0.1:8080/verify/{number}#{key}");
        assert_eq!(sheets.qr(), address);
        let document: Vec<Value> = sheets.attached.iter().map(|file| serde_json::from_slice(file).unwrap()).collect();
        assert_eq!(document, [bank.document(&certificate).await]);
        assert_eq!(verdict(&app, &document[0]).await, "valid", "what is attached verifies by itself");
    }
}
