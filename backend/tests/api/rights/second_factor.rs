//! The second factor of staff.

use super::{ACCOUNTS, GRANTS, Office, detail, id_of, pointer, step};
use crate::{
    people::{HERE, canary::dump, texts},
    support::{Client, PASSWORD, Reply, TestApp, db_tests, serve},
};
use backend::{
    app::{self, State},
    identity,
    platform::{
        Services,
        clock::Clock,
        config::{Config, StaffTotp},
        crypto::{FieldKeys, TOTP_SECRET_BYTES, TOTP_STEP_S, totp_code},
    },
};
use serde_json::{Value, json};
use shared::rights::{Place, Role, RoleAt};
use std::sync::Arc;

pub(super) const OWN: &str = "/api/v1/me/second_factor";

/// What an authenticator app knows.
pub(crate) struct Phone(pub(crate) [u8; TOTP_SECRET_BYTES]);

impl Phone {
    /// Scans what the page shows.
    pub(crate) fn scan(reply: &Value) -> Self {
        assert!(reply["qr_svg"].as_str().unwrap().contains("<svg"), "{reply}");
        let mut bits = Vec::new();
        for letter in reply["secret"].as_str().unwrap().bytes().filter(|letter| *letter != b' ') {
            let five = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).unwrap();
            bits.extend((0..5).rev().map(|at| u8::try_from(five >> at & 1).unwrap()));
        }
        let bytes: Vec<u8> = bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect();
        Self(bytes.try_into().unwrap())
    }

    /// The code that is shown some steps from now.
    pub(crate) fn code(&self, app: &TestApp, steps: i64) -> String {
        totp_code(&self.0, app.clock.now().0.div_euclid(TOTP_STEP_S * 1_000) + steps)
    }
}

pub(super) async fn log_in(app: &TestApp, name: &str, code: Option<&str>) -> Reply {
    let body = match code {
        Some(code) => json!({ "name": name, "password": PASSWORD, "code": code }),
        None => json!({ "name": name, "password": PASSWORD }),
    };
    app.stranger().post("/api/v1/logins", &body).await
}

/// Sets the second factor up; the phone, and the recovery codes.
pub(super) async fn set_up(app: &TestApp, client: &Client) -> (Phone, Vec<String>) {
    let phone = Phone::scan(&client.post(OWN, &json!({})).await.expect(200));
    let codes = client.post(&format!("{OWN}/confirm"), &json!({ "code": phone.code(app, 0) })).await.expect(200);
    let codes = codes["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    app.clock.advance_s(TOTP_STEP_S);
    (phone, codes)
}

db_tests! {
    async fn log_in_takes_a_code_once_the_second_factor_is_on(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let view = teacher.get(OWN).await.expect(200);
        assert_eq!((&view["is_offered"], &view["is_on"], &view["is_required"]), (&json!(true), &json!(false), &json!(false)));
        let phone = Phone::scan(&teacher.post(OWN, &json!({})).await.expect(200));
        log_in(&app, "wang", None).await.expect(200);
        let wrong = teacher.post(&format!("{OWN}/confirm"), &json!({ "code": "000000" })).await.expect(422);
        assert_eq!(pointer(&wrong), ("/code".to_owned(), "code-wrong".to_owned()));
        let codes = teacher.post(&format!("{OWN}/confirm"), &json!({ "code": phone.code(&app, 0) })).await.expect(200);
        assert_eq!(codes["codes"].as_array().unwrap().len(), 10);
        teacher.get("/api/v1/me").await.expect(200);

        app.clock.advance_s(TOTP_STEP_S);
        detail(&log_in(&app, "wang", None).await.expect(401), "second-factor-needed");
        detail(&log_in(&app, "wang", Some("000000")).await.expect(401), "wrong-code");
        detail(&log_in(&app, "wang", Some("nonsense")).await.expect(401), "wrong-code");
        log_in(&app, "wang", Some(&phone.code(&app, 0))).await.expect(200);
        let view = teacher.get(OWN).await.expect(200);
        assert_eq!((&view["is_on"], &view["recovery_codes_left"]), (&json!(true), &json!(10)));
        let again = teacher.post(OWN, &json!({})).await.expect(409);
        assert!(detail(&again, "wrong-state").contains("重置"), "{again}");
    }

    async fn a_used_code_is_not_taken_again_and_a_clock_may_be_off_by_a_step(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let (phone, _) = set_up(&app, &teacher).await;
        log_in(&app, "wang", Some(&phone.code(&app, -1))).await.expect(401);
        app.clock.advance_s(TOTP_STEP_S);
        let late = phone.code(&app, -1);
        log_in(&app, "wang", Some(&late)).await.expect(200);
        detail(&log_in(&app, "wang", Some(&late)).await.expect(401), "wrong-code");
        log_in(&app, "wang", Some(&phone.code(&app, 1))).await.expect(200);
        detail(&log_in(&app, "wang", Some(&phone.code(&app, 0))).await.expect(401), "wrong-code");
        log_in(&app, "wang", Some(&phone.code(&app, 2))).await.expect(401);
    }

    async fn of_two_at_once_with_the_same_code_one_gets_in(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let (phone, _) = set_up(&app, &teacher).await;
        let code = phone.code(&app, 0);
        let replies = futures::future::join(log_in(&app, "wang", Some(&code)), log_in(&app, "wang", Some(&code))).await;
        let mut statuses = [replies.0.status, replies.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    }

    async fn each_recovery_code_works_once_until_they_are_renewed(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let (phone, codes) = set_up(&app, &teacher).await;
        log_in(&app, "wang", Some(&codes[0].to_uppercase())).await.expect(200);
        detail(&log_in(&app, "wang", Some(&codes[0])).await.expect(401), "wrong-code");
        assert_eq!(teacher.get(OWN).await.expect(200)["recovery_codes_left"], 9);
        let path = format!("{OWN}/recovery_codes");
        teacher.post(&path, &json!({ "code": "000000" })).await.expect(422);
        teacher.post(&path, &json!({ "code": phone.code(&app, 0) })).await.expect(200);
        log_in(&app, "wang", Some(&codes[1])).await.expect(401);
        assert_eq!(teacher.get(OWN).await.expect(200)["recovery_codes_left"], 10);
        let dump = dump(&app).await;
        for code in codes {
            assert!(!dump.contains(&code) && !dump.contains(&code.replace('-', "")), "a recovery code lies in the store");
        }
        assert!(!dump.to_lowercase().contains(&hex::encode(phone.0)), "the secret lies in the store");
    }

    async fn who_guesses_codes_must_wait(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        set_up(&app, &teacher).await;
        for _ in 0..10 {
            log_in(&app, "wang", Some("000000")).await.expect(401);
        }
        log_in(&app, "wang", Some("000000")).await.expect(429);
        for _ in 0..10 {
            teacher.post(&format!("{OWN}/recovery_codes"), &json!({ "code": "000000" })).await.expect(422);
        }
        teacher.post(&format!("{OWN}/recovery_codes"), &json!({ "code": "000000" })).await.expect(429);
    }

    async fn a_second_person_turns_it_off(app) {
        let office = Office::of(&app).await;
        set_up(&app, &office.worker).await;
        let path = |id: &Value| format!("{ACCOUNTS}/{}/second_factor/reset", id.as_str().unwrap());
        let reason = json!({ "reason": "手机丢了" });
        assert_eq!(office.first.get(&format!("{ACCOUNTS}?text=zhou")).await.expect(200)["items"][0]["has_second_factor"], true);
        office.worker.post(&path(&office.worker_id), &reason).await.expect(403);
        office.first.post(&path(&office.worker_id), &json!({ "reason": "" })).await.expect(422);
        office.first.post(&path(&office.worker_id), &reason).await.expect(204);
        office.worker.get("/api/v1/me").await.expect(401);
        log_in(&app, "zhou", None).await.expect(200);
        let own = id_of(&office.first).await;
        detail(&office.first.post(&path(&own), &reason).await.expect(409), "wrong-state");
    }

    async fn a_learner_is_offered_none(app) {
        let (_, learner) = app.learner("zhang").await;
        assert_eq!(learner.get(OWN).await.expect(200)["is_offered"], false);
        learner.post(OWN, &json!({})).await.expect(403);
    }

    async fn where_it_is_required_staff_set_it_up_first(app) {
        let teacher = RoleAt { role: Role::Teacher, place: Place::division("33") };
        app.person("wang", &[teacher]).await;
        let strict = node(&app, StaffTotp::Required);
        let body = json!({ "name": "wang", "password": PASSWORD });
        let reply = app.stranger().at(strict).post("/api/v1/logins", &body).await.expect(200);
        assert_eq!(reply["me"]["need"], "second_factor");
        let wang = Client::new(strict, Some(reply["access_token"].as_str().unwrap().to_owned()));
        detail(&wang.get("/api/v1/courses").await.expect(403), "second-factor-setup-needed");
        let (_, codes) = set_up(&app, &wang).await;
        assert_eq!(codes.len(), 10);
        wang.get("/api/v1/courses").await.expect(200);
        let off = node(&app, StaffTotp::Off);
        wang.at(off).get(OWN).await.expect(200);
    }

    async fn where_it_is_required_who_is_given_a_role_sets_it_up_first_wherever_they_are_in(app) {
        let office = Office::of(&app).await;
        let strict = node(&app, StaffTotp::Required);
        let (first, second, worker) = (office.first.at(strict), office.second.at(strict), office.worker.at(strict));
        let grant = first.post(GRANTS, &office.wanted("exam_administrator", "33")).await.expect(201);
        worker.get("/api/v1/courses").await.expect(200);
        second.post(&step(&grant, "confirm"), &json!({})).await.expect(200);
        detail(&worker.get("/api/v1/courses").await.expect(403), "second-factor-setup-needed");
        set_up(&app, &worker).await;
        worker.get("/api/v1/courses").await.expect(200);
        let again = json!({ "account_id": office.worker_id, "role": "marker", "place": { "kind": "division", "code": "3305" } });
        first.post(GRANTS, &again).await.expect(201);
        worker.get("/api/v1/courses").await.expect(200);

        // A role that needs no second person asks for it as well.
        let other = app.staff("sun", Role::Marker, "33").await;
        let school = json!({ "account_id": id_of(&other).await, "role": "school_office",
            "place": { "kind": "division", "code": HERE } });
        first.post(GRANTS, &school).await.expect(201);
        detail(&other.get("/api/v1/courses").await.expect(403), "second-factor-setup-needed");
    }

    async fn a_new_key_seals_the_secrets_anew(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let (phone, _) = set_up(&app, &teacher).await;
        let key = FieldKeys::add(&app.cx.config.key_dir, &*app.cx.ids).unwrap();
        app::ask_to_renew(&app.cx, key).await.unwrap();
        app.jobs.run_due().await.unwrap();
        let uses = app::key_use(&app.cx).await.unwrap();
        assert_eq!(uses.into_values().collect::<Vec<_>>(), [0, 1]);
        log_in(&app, "wang", Some(&phone.code(&app, 0))).await.expect(200);
    }

    async fn the_operators_reset_who_lost_everything(app) {
        let office = Office::of(&app).await;
        set_up(&app, &office.first).await;
        let password = identity::reset_account(&app.cx, "Lin").await.unwrap();
        let reply = app.stranger().post("/api/v1/logins", &json!({ "name": "lin", "password": password })).await;
        assert_eq!(reply.expect(200)["me"]["need"], "new_password");
        let password = identity::add_security_administrator(&app.cx, "Chen.LQ", "陈立群").await.unwrap();
        let reply = app.stranger().post("/api/v1/logins", &json!({ "name": "chen.lq", "password": password })).await;
        let me = reply.expect(200)["me"].clone();
        assert_eq!((&me["need"], &me["roles"][0]["role"]), (&json!("new_password"), &json!("security_administrator")));
        assert!(texts(&app, "SELECT request_id FROM audit_entry").await.contains(&"job:keep-accounts".to_owned()));
    }
}

/// Another node of the same system, with another policy.
fn node(app: &TestApp, staff_totp: StaffTotp) -> std::net::SocketAddr {
    let config = Arc::new(Config { staff_totp, ..(*app.cx.config).clone() });
    serve(State::new(Services { config, ..app.cx.clone() }).unwrap())
}
