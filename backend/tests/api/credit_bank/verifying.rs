//! What a stranger finds out about a certificate.

use super::{Bank, path, public_path, told, verdict};
use crate::support::{db_tests, send};
use reqwest::Method;
use serde_json::json;

db_tests! {
    async fn anybody_verifies_a_document_and_finds_a_changed_character(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let document = bank.document(&certificate).await;
        assert!(!document.to_string().contains("learner-0"), "the holder is named by a hash");
        assert_eq!(document["credentialSubject"]["licenseNumber"], certificate["number"]);
        assert_eq!(verdict(&app, &document).await, "not_yet_approved");
        bank.approve(&certificate).await;
        assert_eq!(verdict(&app, &document).await, "valid");

        let mut changed = document.clone();
        changed["credentialSubject"]["result"][0]["value"] = "7".into();
        assert_eq!(verdict(&app, &changed).await, "tampered");
        let mut foreign = document.clone();
        foreign["credentialSubject"]["licenseNumber"] = "1".into();
        foreign["issuer"]["id"] = "did:key:z6Mk".into();
        foreign["proof"] = json!({});
        assert_eq!(verdict(&app, &foreign).await, "unknown");
        assert_eq!(verdict(&app, &json!([1.5])).await, "unknown");
        let twice = document.to_string().replacen('{', "{\"name\":\"x\",", 1);
        let request = app.stranger().request(Method::POST, "/api/v1/public/verifications").body(twice);
        assert_eq!(send(request).await.expect_problem(400), "malformed");
    }

    async fn the_public_page_shows_the_signed_content_and_masks_the_name(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let public = app.stranger().get(&public_path(&certificate)).await.expect(200);
        assert_eq!((public["holder_name_masked"].clone(), public["signature_is_valid"].clone()), (json!("l*******0"), json!(true)));
        assert_eq!((public["state"].clone(), public["score"].clone()), (json!("issued"), json!(600)));
        let picture = app.stranger().get(&format!("{}/qr.svg", public_path(&certificate))).await;
        assert_eq!(picture.headers["content-type"], "image/svg+xml");
        assert!(String::from_utf8_lossy(&picture.bytes).contains("<svg"));
        for wrong in ["202633052010000010", "x", "202633052010000991"] {
            let reply = app.stranger().get(&format!("/api/v1/public/certificates/{wrong}")).await;
            assert_eq!(reply.expect_problem(404), "not-found");
        }
        drop(bank);
    }

    async fn a_revoked_certificate_is_void_everywhere(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        assert_eq!(told(&app).await, [""; 0]);
        let revoke = path(&certificate, "revoke");
        assert_eq!(bank.auditor.post(&revoke, &json!({ "reason": "x" })).await.expect_problem(403), "forbidden");
        assert_eq!(bank.officer.post(&revoke, &json!({ "reason": "" })).await.expect_problem(422), "invalid");
        bank.revoke(&certificate, "成绩复核").await;
        assert_eq!(bank.officer.post(&revoke, &json!({ "reason": "x" })).await.expect_problem(409), "wrong-state");
        assert_eq!(verdict(&app, &bank.document(&certificate).await).await, "revoked");
        assert_eq!(app.stranger().get(&public_path(&certificate)).await.expect(200)["state"], "revoked");
        assert_eq!(bank.learner().get("/api/v1/me/graduation").await.expect(200)["counted"], 0);
        assert_eq!(told(&app).await, ["revocation"]);
        for list in ["0", "2", "-1", "0/revocation", "2/suspension", "1/refresh", "1/Message"] {
            let reply = app.stranger().get(&format!("/api/v1/public/status_lists/{list}")).await;
            assert_eq!(reply.expect_problem(404), "not-found");
        }
    }

    async fn the_key_is_published_under_the_web_address(app) {
        let did = app.stranger().get("/.well-known/did.json").await.expect(200);
        assert_eq!(did["id"], "did:web:127.0.0.1%3A8080");
        let key = did["verificationMethod"][0]["publicKeyMultibase"].as_str().unwrap();
        assert_eq!(did["alsoKnownAs"][0], format!("did:key:{key}"));
        assert_eq!(did["verificationMethod"][0]["controller"], did["id"]);
        let method = format!("did:web:127.0.0.1%3A8080#{key}");
        assert_eq!((&did["verificationMethod"][0]["id"], &did["assertionMethod"]), (&json!(method), &json!([method])));
    }
}
