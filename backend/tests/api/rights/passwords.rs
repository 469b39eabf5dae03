//! One's own password, and log-out everywhere.

use super::pointer;
use crate::support::{PASSWORD, Reply, TestApp, db_tests, send};
use backend::identity;
use reqwest::Method;
use serde_json::json;
use shared::rights::Role;

const OWN: &str = "/api/v1/me/password";
/// One's own log-ins, which nobody sees who has something to do first.
const DEVICES: &str = "/api/v1/logins";
const DAY_S: i64 = 86_400;

/// The cookie by which a log-in is renewed, as a browser sends it back.
pub(crate) fn refresh_cookie(reply: &Reply) -> String {
    let mut cookies = reply.headers.get_all("set-cookie").iter().map(|header| header.to_str().unwrap());
    let cookie = cookies.find(|cookie| cookie.starts_with("chengxi_refresh=")).unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

pub(crate) async fn refresh(app: &TestApp, cookie: &str) -> Reply {
    send(app.stranger().request(Method::POST, "/api/v1/logins/refresh").header("cookie", cookie)).await
}

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

    async fn who_did_nothing_for_long_logs_in_again_but_a_learner_on_a_device_of_her_own(app) {
        app.staff("wang", Role::Teacher, "33").await;
        app.learner("zhang").await;
        for (name, is_own_device, minutes) in
            [("wang", false, 15), ("wang", true, 15), ("zhang", false, 30), ("zhang", true, 14 * 1_440)]
        {
            let body = json!({ "name": name, "password": PASSWORD, "is_own_device": is_own_device });
            let reply = app.stranger().post("/api/v1/logins", &body).await;
            let cookie = refresh_cookie(&reply);
            assert_eq!(reply.expect(200)["idle_minutes"], minutes, "{name} {is_own_device}");
            app.clock.advance_s(minutes * 60);
            let renewed = refresh(&app, &cookie).await;
            let cookie = refresh_cookie(&renewed);
            renewed.expect(200);
            app.clock.advance_s(minutes * 60 + 1);
            refresh(&app, &cookie).await.expect(401);
        }
    }

    async fn the_last_five_passwords_are_not_chosen_again(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let change = async |current: &str, new: &str| {
            app.clock.advance_s(1);
            teacher.post(OWN, &json!({ "current": current, "new": new })).await
        };
        let chosen: Vec<String> = (1..=6).map(|n| format!("kuai-le-xuexi-{n}")).collect();
        let mut current = PASSWORD;
        for new in &chosen[..5] {
            change(current, new).await.expect(204);
            current = new;
        }
        for former in [PASSWORD, chosen[0].as_str(), chosen[3].as_str()] {
            let problem = change(current, former).await.expect(422);
            assert_eq!(pointer(&problem), ("/new".to_owned(), "password-used".to_owned()), "{problem}");
        }
        change(current, &chosen[5]).await.expect(204);
        // There are five others since then.
        change(&chosen[5], PASSWORD).await.expect(204);
    }

    async fn ones_own_name_is_no_password(app) {
        let teacher = app.staff("王慧敏", Role::Teacher, "33").await;
        let problem = teacher.post(OWN, &json!({ "current": PASSWORD, "new": "王慧敏天天向上好好学习" })).await;
        assert_eq!(pointer(&problem.expect(422)), ("/new".to_owned(), "password-own".to_owned()));
    }

    async fn staff_choose_another_password_after_a_quarter_and_learners_need_not(app) {
        let app = app.configured(|config| config.staff_password_days = 90);
        app.staff("wang", Role::Teacher, "33").await;
        app.learner("zhang").await;
        app.clock.advance_s(90 * DAY_S + 1);
        app.log_in("zhang").await.get(DEVICES).await.expect(200);
        let teacher = app.log_in("wang").await;
        assert_eq!(teacher.get(DEVICES).await.expect_problem(403), "password-change-needed");
        teacher.post(OWN, &json!({ "current": PASSWORD, "new": "kuai-le-xuexi" })).await.expect(204);
        teacher.get(DEVICES).await.expect(200);
    }

    async fn an_account_of_staff_that_nobody_used_for_a_quarter_waits_for_a_new_password(app) {
        let app = app.configured(|config| config.staff_dormant_days = 90);
        app.staff("wang", Role::Teacher, "33").await;
        app.learner("zhang").await;
        app.clock.advance_s(60 * DAY_S);
        app.log_in("wang").await;
        app.clock.advance_s(90 * DAY_S);
        app.log_in("wang").await;
        app.clock.advance_s(90 * DAY_S + 1);
        app.log_in("zhang").await;
        let log_in = async |password: &str| {
            app.stranger().post("/api/v1/logins", &json!({ "name": "wang", "password": password })).await
        };
        let unknown = log_in("wrong").await.expect(401);
        assert_eq!(unknown["detail"], "账号或密码不正确，请核对后重试。", "who does not know the password learns nothing");
        let asleep = log_in(PASSWORD).await.expect(401);
        assert_eq!(asleep["detail"], "这个账号超过90天没有人使用，已经停用。请安全管理员重置密码后再登录。");
        let first = identity::reset_account(&app.cx, "wang").await.unwrap();
        assert_eq!(log_in(&first).await.expect(200)["me"]["need"], "new_password");
    }
}
