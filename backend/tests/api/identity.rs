//! Log-in, renewal, reuse of tokens, remote log-out.

use crate::support::{Client, PASSWORD, Reply, TestApp, db_tests, send, serve};
use backend::{
    app::State,
    platform::{Services, config::Config},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::{net::IpAddr, sync::Arc};

/// The refresh token in a reply's cookie.
fn cookie(reply: &Reply) -> String {
    let header = reply.headers["set-cookie"].to_str().unwrap();
    assert!(header.contains("HttpOnly") && header.contains("SameSite=Strict"), "{header}");
    header.split(';').next().unwrap().to_owned()
}

async fn log_in(app: &TestApp, name: &str) -> Reply {
    app.stranger().post("/api/v1/logins", &json!({ "name": name, "password": PASSWORD })).await
}

/// Somebody who comes to another node of the test's store by a proxy that it trusts.
fn behind_a_proxy(app: &TestApp) -> Client {
    let config = Config { trusted_proxies: vec![IpAddr::from([127, 0, 0, 1])], ..(*app.cx.config).clone() };
    let cx = Services { config: Arc::new(config), ..app.cx.clone() };
    Client::new(serve(State::new(cx).unwrap()), None)
}

async fn log_in_from(stranger: &Client, address: &str, name: &str, password: &str) -> Reply {
    let request = stranger.request(Method::POST, "/api/v1/logins").header("x-forwarded-for", address);
    send(request.json(&json!({ "name": name, "password": password }))).await
}

async fn refresh(app: &TestApp, cookie: &str) -> Reply {
    send(app.stranger().request(Method::POST, "/api/v1/logins/refresh").header("cookie", cookie)).await
}

db_tests! {
    async fn who_logs_in_gets_a_token_that_works(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        let me = teacher.get("/api/v1/me").await.expect(200);
        assert_eq!(me["display_name"], "wang");
        assert_eq!(me["roles"][0]["role"], "teacher");
    }

    async fn a_learner_holds_her_role_at_her_own_place(app) {
        let (id, learner) = app.learner("zhang").await;
        let me = learner.get("/api/v1/me").await.expect(200);
        assert_eq!(me["roles"][0]["role"], "learner");
        assert_eq!(me["roles"][0]["place"], json!({ "kind": "own", "account": id }));
    }

    async fn a_wrong_password_and_an_unknown_name_get_the_same_answer(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let mut answers = Vec::new();
        for name in ["wang", "nobody"] {
            let body = json!({ "name": name, "password": "wrong" });
            let mut problem = app.stranger().post("/api/v1/logins", &body).await.expect(401);
            problem["instance"] = Value::Null;
            answers.push(problem);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0]["detail"], "账号或密码不正确，请核对后重试。");
    }

    async fn too_many_tries_must_wait_but_the_owner_elsewhere_does_not(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let wrong = json!({ "name": "wang", "password": "wrong" });
        for _ in 0..10 {
            app.stranger().post("/api/v1/logins", &wrong).await.expect(401);
        }
        let reply = app.stranger().post("/api/v1/logins", &wrong).await;
        assert!(reply.headers.contains_key("retry-after"));
        assert_eq!(reply.expect_problem(429), "too-many");
    }

    async fn a_network_where_many_log_ins_fail_must_wait_and_others_need_not(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let stranger = behind_a_proxy(&app);
        for guess in 0..60 {
            let answer = log_in_from(&stranger, "2001:db8::1", &format!("teacher-{guess}"), "wrong").await;
            assert_eq!(answer.expect_problem(401), "wrong-credentials");
        }
        for neighbour in ["2001:db8::1", "2001:db8::2"] {
            let reply = log_in_from(&stranger, neighbour, "wang", PASSWORD).await;
            assert_eq!(reply.headers["retry-after"], "600");
            assert_eq!(reply.expect_problem(429), "too-many");
        }
        log_in_from(&stranger, "2001:db8:0:1::1", "wang", PASSWORD).await.expect(200);
        log_in_from(&stranger, "203.0.113.7", "wang", PASSWORD).await.expect(200);
    }

    async fn log_ins_that_succeed_keep_nobody_of_a_school_out(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let stranger = behind_a_proxy(&app);
        for _ in 0..61 {
            log_in_from(&stranger, "203.0.113.7", "wang", PASSWORD).await.expect(200);
        }
    }

    async fn an_access_token_expires(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        app.clock.advance_s(604);
        teacher.get("/api/v1/me").await.expect(200);
        app.clock.advance_s(2);
        assert_eq!(teacher.get("/api/v1/me").await.expect_problem(401), "unauthenticated");
    }

    async fn a_refresh_token_may_be_repeated_after_a_lost_reply_but_its_reuse_ends_the_log_in(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let first = cookie(&log_in(&app, "wang").await);
        let second = cookie(&refresh(&app, &first).await);
        app.clock.advance_s(10);
        refresh(&app, &first).await.expect(200);
        app.clock.advance_s(60);
        refresh(&app, &first).await.expect_problem(401);
        refresh(&app, &second).await.expect_problem(401);
    }

    async fn a_log_in_can_be_ended_from_another_device(app) {
        let phone = app.staff("wang", Role::Teacher, "33").await;
        let laptop = app.log_in("wang").await;
        let logins = laptop.get("/api/v1/logins").await.expect(200);
        let other = logins.as_array().unwrap().iter().find(|login| login["is_current"] == false).unwrap();
        laptop.delete(&format!("/api/v1/logins/{}", other["id"].as_str().unwrap())).await.expect(204);
        phone.get("/api/v1/me").await.expect_problem(401);
        laptop.get("/api/v1/me").await.expect(200);
    }

    async fn somebody_without_a_role_can_log_out(app) {
        let newcomer = app.person("newcomer", &[]).await;
        newcomer.delete("/api/v1/logins/current").await.expect(204);
        newcomer.get("/api/v1/me").await.expect_problem(401);
    }

    async fn an_over_long_or_missing_name_or_password_is_named(app) {
        let body = json!({ "name": " ", "password": "x".repeat(201) });
        let problem = app.stranger().post("/api/v1/logins", &body).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["detail"]), (&json!("/name"), &json!("必须填写")));
        assert_eq!((&problem["errors"][1]["pointer"], &problem["errors"][1]["detail"]), (&json!("/password"), &json!("内容太长")));
    }

    async fn nobody_ends_the_log_in_of_another(app) {
        let wang = app.staff("wang", Role::Teacher, "33").await;
        let li = app.staff("li", Role::Teacher, "33").await;
        let logins = li.get("/api/v1/logins").await.expect(200);
        let id = logins[0]["id"].as_str().unwrap();
        assert_eq!(wang.delete(&format!("/api/v1/logins/{id}")).await.expect_problem(404), "not-found");
    }
}
