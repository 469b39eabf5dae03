//! One's own password, and log-out everywhere.

use super::pointer;
use crate::support::{PASSWORD, db_tests, send};
use reqwest::Method;
use serde_json::json;
use shared::rights::Role;

const OWN: &str = "/api/v1/me/password";

db_tests! {
    async fn a_new_password_ends_all_other_log_ins(app) {
        let phone = app.staff("wang", Role::Teacher, "33").await;
        let laptop = app.log_in("wang").await;
        laptop.post(OWN, &json!({ "current": PASSWORD, "new": "kuai-le-xuexi" })).await.expect(204);
        laptop.get("/api/v1/me").await.expect(200);
        phone.get("/api/v1/me").await.expect(401);
        let log_in = |password: &str| json!({ "name": "wang", "password": password });
        app.stranger().post("/api/v1/logins", &log_in(PASSWORD)).await.expect(401);
        app.stranger().post("/api/v1/logins", &log_in("kuai-le-xuexi")).await.expect(200);
    }

    async fn a_bad_password_is_refused_with_its_reason(app) {
        let teacher = app.staff("wanghm", Role::Teacher, "33").await;
        for (current, new, expected) in [
            ("wrong", "kuai-le-xuexi", ("/current", "password-wrong")),
            (PASSWORD, "short", ("/new", "password-short")),
            (PASSWORD, "1234567890", ("/new", "password-common")),
            (PASSWORD, "woaini1314520", ("/new", "password-common")),
            (PASSWORD, "wanghm2026", ("/new", "password-name")),
            (PASSWORD, "13900139001", ("/new", "password-digits")),
            (PASSWORD, PASSWORD, ("/new", "password-same")),
            (PASSWORD, "", ("/new", "required")),
        ] {
            let problem = teacher.post(OWN, &json!({ "current": current, "new": new })).await.expect(422);
            assert_eq!(pointer(&problem), (expected.0.to_owned(), expected.1.to_owned()), "{problem}");
        }
        teacher.post(OWN, &json!({ "current": PASSWORD })).await.expect(422);
        app.log_in("wanghm").await;
    }

    async fn who_guesses_the_present_password_must_wait(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let guess = json!({ "current": "guess", "new": "kuai-le-xuexi" });
        for _ in 0..10 {
            teacher.post(OWN, &guess).await.expect(422);
        }
        teacher.post(OWN, &guess).await.expect(429);
    }

    async fn log_out_everywhere_ends_every_log_in_of_ones_own(app) {
        let phone = app.staff("wang", Role::Teacher, "33").await;
        let laptop = app.log_in("wang").await;
        let other = app.staff("li", Role::Teacher, "33").await;
        let reply = laptop.delete("/api/v1/logins").await;
        assert!(reply.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
        reply.expect(204);
        for device in [&phone, &laptop] {
            device.get("/api/v1/me").await.expect(401);
        }
        other.get("/api/v1/me").await.expect(200);
    }

    async fn staff_who_did_nothing_for_long_log_in_again_and_learners_do_not(app) {
        app.staff("wang", Role::Teacher, "33").await;
        app.learner("zhang").await;
        for (name, expected) in [("wang", 401), ("zhang", 200)] {
            let body = json!({ "name": name, "password": PASSWORD });
            let reply = app.stranger().post("/api/v1/logins", &body).await;
            let cookie = reply.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
            app.clock.advance_s(120 * 60 + 1);
            let renewed = send(app.stranger().request(Method::POST, "/api/v1/logins/refresh").header("cookie", cookie)).await;
            renewed.expect(expected);
        }
    }
}
