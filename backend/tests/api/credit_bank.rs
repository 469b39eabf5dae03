//! From a released result to a certificate that counts and that anybody can verify.

use crate::{
    exam_world::{DURATION_MIN, Device, World},
    support::{Client, TestApp, db_tests, execute, send, serve},
    work::waiting,
};
use backend::{
    app::State,
    credit_bank::Printer,
    platform::{
        Services,
        ids::{IdSource, SystemIds},
        jobs::Jobs,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::read::GzDecoder;
use futures::future::{Either, select};
use printing::Press;
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::rights::{Place, Role, RoleAt};
use std::{
    io::Read,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::Notify;
use uuid::Uuid;

/// A published exam session in which the first of two candidates passed, and the staff.
pub(crate) struct Bank {
    pub(crate) world: World,
    pub(crate) officer: Client,
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
        let auditor = app.staff("qian", Role::CityAuditor, "3305").await;
        Self { world, officer, auditor }
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

/// Ids of a node that dies when it has made so many of them.
struct LastIds {
    left: AtomicUsize,
    are_used_up: Notify,
}

impl IdSource for LastIds {
    fn uuid(&self) -> Uuid {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.are_used_up.notify_one();
        }
        SystemIds.uuid()
    }

    fn fill(&self, bytes: &mut [u8]) {
        SystemIds.fill(bytes);
    }
}

/// How many certificates there are, and how many learners, numbers and places in status lists they have.
async fn certificates(app: &TestApp) -> [i64; 4] {
    let conn = app.cx.db.read();
    let sql = "SELECT COUNT(*), COUNT(DISTINCT account_id), COUNT(DISTINCT number), COUNT(DISTINCT status_index) \
        FROM certificate";
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap().unwrap();
    [0, 1, 2, 3].map(|column| row.try_get_by_index(column).unwrap())
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

db_tests! {
    async fn who_studied_passed_and_is_identified_gets_one_certificate(app) {
        let bank = Bank::published(&app).await;
        let report = |issued, already| json!({ "issued": issued, "already": already, "not_eligible": 1 });
        assert_eq!(bank.issue(&app, Some("first")).await, report(1, 0));
        assert_eq!(bank.issue(&app, Some("first")).await, report(1, 0));
        assert_eq!(bank.issue(&app, None).await, report(0, 1));
        let mine = bank.learner().get("/api/v1/me/certificates").await.expect(200);
        assert_eq!(mine.as_array().unwrap().len(), 1);
        assert!(mine[0]["number"].as_str().unwrap().starts_with("20263305201000001"), "{mine}");
        assert_eq!((mine[0]["state"].clone(), mine[0]["score"].clone(), mine[0]["grade"].clone()), (json!("issued"), json!(600), json!("b")));
        let other = &bank.world.candidates[1].client;
        assert_eq!(other.get("/api/v1/me/certificates").await.expect(200), json!([]));
        let document = format!("/api/v1/me/certificates/{}/document", mine[0]["id"].as_str().unwrap());
        assert_eq!(other.get(&document).await.expect_problem(404), "not-found");
    }

    async fn who_left_the_class_has_studied_all_the_same(app) {
        let bank = Bank::published(&app).await;
        let (learner, office) = (bank.learner(), app.staff("office", Role::SchoolOffice, "330502").await);
        let account = learner.get("/api/v1/me").await.expect(200)["account_id"].clone();
        let class = learner.get("/api/v1/me/courses").await.expect(200)[0]["class_id"].clone();
        let course = format!("/api/v1/me/courses/{}", bank.world.course_id);
        let map = learner.get(&course).await.expect(200);
        let unit = format!("/api/v1/me/units/{}", map["modules"][0]["units"][0]["id"].as_str().unwrap());
        let departures = format!("/api/v1/classes/{}/departures", class.as_str().unwrap());
        office.post(&departures, &json!({ "learner": account, "reason": "搬家" })).await.expect(201);

        assert_eq!(learner.get("/api/v1/me/courses").await.expect(200), json!([]));
        for path in [&course, &unit] {
            assert_eq!(learner.get(path).await.expect_problem(404), "not-found", "who left studies no more");
        }
        let heartbeat = json!({ "stream": Uuid::from_u128(3), "read_pct": 100 });
        assert_eq!(learner.post(&format!("{unit}/heartbeats"), &heartbeat).await.expect_problem(404), "not-found");
        let graduation = learner.get("/api/v1/me/graduation").await.expect(200);
        assert_eq!(bank.course(&graduation)["standing"]["gate"], json!({ "state": "open" }));

        assert_eq!(bank.issue(&app, None).await["issued"], 1);
        let certificate = learner.get("/api/v1/me/certificates").await.expect(200)[0].clone();
        bank.approve(&certificate).await;
        assert_eq!(verdict(&app, &bank.document(&certificate).await).await, "valid");
    }

    async fn nobody_reads_all_numbers_one_after_the_other(app) {
        let path = "/api/v1/public/certificates/202633052010000014";
        for _ in 0..120 {
            app.stranger().get(path).await.expect(404);
        }
        let refused = app.stranger().get(path).await;
        assert_eq!(refused.headers["retry-after"], "60");
        assert_eq!(refused.expect_problem(429), "too-many");
    }

    async fn two_officers_at_once_issue_one_certificate(app) {
        let bank = Bank::published(&app).await;
        let other = app.staff("zheng", Role::CreditBankOfficer, "33").await;
        let body = json!({ "exam_session_id": bank.world.exam_session_id });
        let mut asked = Vec::new();
        for officer in [&bank.officer, &other] {
            let job = officer.post("/api/v1/certificates/issue", &body).await.expect(202);
            asked.push((officer, format!("/api/v1/jobs/{}", job["id"].as_str().unwrap())));
        }
        let nodes = [backend::app::jobs(app.cx.clone()), backend::app::jobs(app.cx.clone())];
        futures::future::try_join_all(nodes.iter().map(Jobs::run_due)).await.unwrap();
        let mut issued = 0;
        for (officer, job) in asked {
            issued += officer.get(&job).await.expect(200)["result"]["issued"].as_u64().unwrap();
        }
        assert_eq!(issued, 1);
    }

    async fn a_node_that_dies_between_two_chunks_is_taken_over_and_everybody_gets_one_certificate(app) {
        let bank = Bank::published_with(&app, 230).await;
        let body = json!({ "exam_session_id": bank.world.exam_session_id });
        let job = bank.officer.post("/api/v1/certificates/issue", &body).await.expect(202);
        let job = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());

        // Two ids a certificate, twenty learners a chunk: it dies after a few of them.
        let ids = Arc::new(LastIds { left: AtomicUsize::new(250), are_used_up: Notify::new() });
        let dying = backend::app::jobs(Services { ids: ids.clone(), ..app.cx.clone() });
        match select(pin!(dying.run_due()), pin!(ids.are_used_up.notified())).await {
            Either::Left(_) => panic!("the node did not die"),
            Either::Right(_) => {}
        }
        let view = bank.officer.get(&job).await.expect(200);
        assert_eq!((&view["state"], &view["total"]), (&json!("running"), &json!(232)));
        let number = |name: &str| view["result"][name].as_i64().unwrap();
        let done = view["done"].as_i64().unwrap();
        assert!(0 < done && done < 232 && number("issued") + number("not_eligible") == done, "{view}");
        assert_eq!(certificates(&app).await, [number("issued"); 4], "what the dying node began is undone");
        assert_eq!(app.jobs.run_due().await.unwrap(), 0, "the dead node still holds it");

        app.clock.advance_s(61);
        assert_eq!(app.jobs.run_due().await.unwrap(), 1);
        let view = bank.officer.get(&job).await.expect(200);
        assert_eq!((&view["state"], &view["done"], &view["total"]), (&json!("done"), &json!(232), &json!(232)));
        assert_eq!(view["result"], json!({ "issued": 231, "already": 0, "not_eligible": 1 }));
        assert_eq!(certificates(&app).await, [231; 4]);
        assert_eq!(bank.issue(&app, None).await, json!({ "issued": 0, "already": 231, "not_eligible": 1 }));
    }

    async fn nothing_is_issued_before_the_results_are_out_or_by_others(app) {
        let world = World::draft(&app, 1).await;
        let body = json!({ "exam_session_id": world.exam_session_id });
        let officer = app.staff("xu", Role::CreditBankOfficer, "33").await;
        assert_eq!(officer.post("/api/v1/certificates/issue", &body).await.expect_problem(409), "wrong-state");
        let elsewhere = app.staff("su", Role::CreditBankOfficer, "32").await;
        assert_eq!(elsewhere.post("/api/v1/certificates/issue", &body).await.expect_problem(404), "not-found");
        assert_eq!(world.marker.post("/api/v1/certificates/issue", &body).await.expect_problem(403), "forbidden");
    }

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
            (&app.staff("sun", Role::CityAuditor, "3301").await, "", 0),
        ] {
            assert_eq!(listed(client, query).await, found, "{query}");
        }
        assert_eq!(bank.learner().get("/api/v1/certificates").await.expect_problem(403), "forbidden");
        let page = bank.officer.get("/api/v1/certificates?limit=1").await.expect(200);
        assert_eq!((page["items"][0]["id"].clone(), page["next_cursor"].clone()), (certificate["id"].clone(), Value::Null));
        assert_eq!(page["items"][0]["holder_name"], "learner-0");
    }

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
        bank.officer.post(&revoke, &json!({ "reason": "成绩复核" })).await.expect(200);
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
        bank.officer.post(&path(&second, "revoke"), &reason).await.expect(200);
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
        bank.officer.post(&path(&second, "revoke"), &reason).await.expect(200);
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

    async fn a_certificate_is_printed_for_its_holder_and_its_staff(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let own = format!("/api/v1/me/certificates/{}/pdf", certificate["id"].as_str().unwrap());
        let staffs = path(&certificate, "pdf");
        let printed = bank.learner().get(&own).await;
        assert_eq!((printed.status, printed.headers["content-type"].to_str().unwrap()), (200, "application/pdf"));
        assert_eq!(printed.headers["cache-control"], "no-store");
        let number = certificate["number"].as_str().unwrap();
        assert!(printed.headers["content-disposition"].to_str().unwrap().contains(&format!("{number}.pdf")));
        assert!(printed.bytes.starts_with(b"%PDF-1.7"));
        for staff in [&bank.officer, &bank.auditor] {
            assert!(staff.get(&staffs).await.bytes == printed.bytes, "the same certificate gives the same bytes");
        }
        let elsewhere = app.staff("sun", Role::CityAuditor, "3301").await;
        let other = &bank.world.candidates[1].client;
        for (client, path) in [(&elsewhere, &staffs), (other, &own), (other, &staffs), (bank.learner(), &staffs)] {
            assert_eq!(client.get(path).await.expect_problem(404), "not-found");
        }
        bank.approve(&certificate).await;
        assert!(bank.learner().get(&own).await.bytes != printed.bytes, "an approved certificate carries no stamp");
        if let Some(folder) = std::option_env!("KEEP_PDF") {
            std::fs::write(format!("{folder}/certificate.pdf"), bank.learner().get(&own).await.bytes).unwrap();
            std::fs::write(format!("{folder}/stamped.pdf"), printed.bytes).unwrap();
        }
    }

    async fn without_a_chinese_font_only_the_pdf_is_missing(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let mut state = State::new(app.cx.clone()).unwrap();
        state.printer = Printer::with(Press::of_folder(app.store.folder()));
        let node = serve(state);
        let (learner, officer) = (bank.learner().at(node), bank.officer.at(node));
        let own = format!("/api/v1/me/certificates/{}", certificate["id"].as_str().unwrap());
        for (client, path) in [(&learner, format!("{own}/pdf")), (&officer, path(&certificate, "pdf"))] {
            let refused = client.get(&path).await;
            assert_eq!(refused.headers["retry-after"], "2");
            let problem = refused.expect(503);
            assert_eq!(problem["code"], "unavailable");
            assert_eq!(problem["detail"], "服务器上没有中文字体，暂时不能生成 PDF。请联系管理员安装字体；证明本身不受影响。");
        }
        let request = learner.request(Method::GET, &format!("{own}/pdf")).header("accept-language", "en");
        assert!(send(request).await.expect(503)["detail"].as_str().unwrap().contains("no Chinese font"));

        let document = learner.get(&format!("{own}/document")).await.expect(200);
        assert_eq!(document, bank.document(&certificate).await);
        let stranger = app.stranger().at(node);
        stranger.get(&public_path(&certificate)).await.expect(200);
        assert_eq!(stranger.get(&format!("{}/qr.svg", public_path(&certificate))).await.status, 200);
        officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        assert_eq!(stranger.get("/readyz").await.status, 200);
        assert_eq!(bank.learner().get(&format!("{own}/pdf")).await.status, 200, "another node prints it");
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
