//! From a released result to a certificate that counts and that anybody can verify.

mod auditing;
mod graduation;
mod issuing;
mod on_paper;
mod reissuing;
mod revoking;
mod verifying;

use crate::{
    exam_world::{DURATION_MIN, Device, World},
    support::{Client, TestApp, send},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::read::GzDecoder;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::io::Read;

/// A published exam session in which the first of two candidates passed, and the staff.
pub(crate) struct Bank {
    pub(crate) world: World,
    pub(crate) officer: Client,
    /// Another officer, who confirms what the first proposes.
    pub(crate) second: Client,
    pub(crate) auditor: Client,
}

impl Bank {
    pub(crate) async fn published(app: &TestApp) -> Self {
        Self::published_with(app, 0).await
    }

    /// The same with so many others who did as the first did.
    async fn published_with(app: &TestApp, crowd: usize) -> Self {
        let mut world = World::armed(app, 2).await.started(app).await;
        for candidate in 0..2 {
            let mut device = Device::open(&world, candidate, 1, false).await;
            let option = if candidate == 0 { 0 } else { 3 };
            let entries: Vec<_> = (0..3).map(|item| device.answer(&world, item, option)).collect();
            device.send(&world, &entries).await.expect(200);
            device.submit(&world).await.expect(200);
        }
        world.later(app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(app).await;
        world.later(app, 600).await;
        world.settle(app).await;
        world.add_crowd(app, crowd).await;
        world.step("release", 0).await.expect(200);
        assert_eq!(world.step("release", 1).await.expect(200)["state"], "published");
        world.settle(app).await;
        let officer = app.staff("xu", Role::CreditBankOfficer, "33").await;
        let second = app.staff("gao", Role::CreditBankOfficer, "33").await;
        let auditor = app.staff("qian", Role::CityAuditor, "3305").await;
        Self { world, officer, second, auditor }
    }

    /// The same with the certificate of the one who passed.
    pub(crate) async fn issued(app: &TestApp) -> (Self, Value) {
        let bank = Self::published(app).await;
        assert_eq!(bank.issue(app, None).await["issued"], 1);
        let certificate = bank.learner().get("/api/v1/me/certificates").await.expect(200)[0].clone();
        (bank, certificate)
    }

    pub(crate) fn learner(&self) -> &Client {
        &self.world.candidates[0].client
    }

    pub(crate) async fn issue(&self, app: &TestApp, key: Option<&str>) -> Value {
        let body = json!({ "exam_session_id": self.world.exam_session_id });
        let mut request = self.officer.request(Method::POST, "/api/v1/certificates/issue").json(&body);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        app.finish_job(&self.officer, send(request).await).await
    }

    pub(crate) async fn approve(&self, certificate: &Value) {
        self.officer.post(&path(certificate, "submit"), &json!({})).await.expect(200);
        let approve = json!({ "decision": "approve" });
        let approved = self.auditor.post(&path(certificate, "audit"), &approve).await.expect(200);
        assert_eq!(approved["state"], "city_approved");
    }

    /// Two officers make a certificate void.
    pub(crate) async fn revoke(&self, certificate: &Value, reason: &str) {
        let reason = json!({ "reason": reason });
        self.officer.post(&path(certificate, "revoke"), &reason).await.expect(200);
        let revoked = self.second.post(&path(certificate, "revoke"), &reason).await.expect(200);
        assert_eq!(revoked["state"], "revoked");
    }

    /// The course of the test in a reply of `/me/graduation`.
    fn course<'a>(&self, graduation: &'a Value) -> &'a Value {
        let courses = graduation["courses"].as_array().unwrap();
        courses.iter().find(|course| course["course_id"] == json!(self.world.course_id)).unwrap()
    }

    pub(crate) async fn document(&self, certificate: &Value) -> Value {
        let path = format!("/api/v1/me/certificates/{}/document", certificate["id"].as_str().unwrap());
        self.learner().get(&path).await.expect(200)
    }
}

pub(crate) fn path(certificate: &Value, verb: &str) -> String {
    format!("/api/v1/certificates/{}/{verb}", certificate["id"].as_str().unwrap())
}

pub(crate) fn public_path(certificate: &Value) -> String {
    format!("/api/v1/public/certificates/{}", certificate["number"].as_str().unwrap())
}

pub(crate) async fn verdict(app: &TestApp, document: &Value) -> Value {
    app.stranger().post("/api/v1/public/verifications", document).await.expect(200)["verdict"].clone()
}

/// The places that are set in a status list: `1` of the first certificates, `1/revocation` and so on of the others.
pub(crate) async fn set_places(app: &TestApp, list: &str) -> Vec<usize> {
    places_shown_to(&app.stranger(), list).await
}

/// The same, as the node shows it that this client asks.
pub(crate) async fn places_shown_to(client: &Client, list: &str) -> Vec<usize> {
    let list = client.get(&format!("/api/v1/public/status_lists/{list}")).await.expect(200);
    let encoded = list["credentialSubject"]["encodedList"].as_str().unwrap();
    let gzip = URL_SAFE_NO_PAD.decode(encoded.strip_prefix('u').unwrap()).unwrap();
    let mut bytes = Vec::new();
    GzDecoder::new(gzip.as_slice()).read_to_end(&mut bytes).unwrap();
    (0..bytes.len() * 8).filter(|place| bytes[place / 8] & (0x80 >> (place % 8)) != 0).collect()
}

/// What the status lists tell of the only certificate.
pub(crate) async fn told(app: &TestApp) -> Vec<&'static str> {
    let mut told = Vec::new();
    for purpose in ["revocation", "suspension", "message"] {
        if set_places(app, &format!("1/{purpose}")).await.contains(&0) {
            told.push(purpose);
        }
    }
    told
}
