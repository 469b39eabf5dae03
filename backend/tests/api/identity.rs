//! Log-in, renewal, reuse of tokens, remote log-out.

use crate::support::{Client, PASSWORD, Reply, Store, TestApp, db_tests, execute, password_hash, send, serve};
use backend::{
    access::{Action, JobName, Permit},
    app::State,
    identity,
    platform::{Services, config::Config},
};
use futures::{
    StreamExt,
    future::{join, join_all},
    stream,
};
use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::{
    ids::AccountId,
    rights::{Right, Role},
};
use std::{net::IpAddr, sync::Arc};
use tokio::sync::Notify;

const LOGINS: &str = "/api/v1/logins";

/// The cookie of this name in a reply, as a browser sends it back.
fn cookie_of(reply: &Reply, name: &str) -> String {
    let mut headers = reply.headers.get_all("set-cookie").iter().map(|header| header.to_str().unwrap());
    let header = headers.find(|header| header.starts_with(&format!("{name}="))).unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/api/v1/logins"] {
        assert!(header.contains(part), "{header}");
    }
    header.split(';').next().unwrap().to_owned()
}

/// The refresh token in a reply's cookie.
pub(crate) fn cookie(reply: &Reply) -> String {
    cookie_of(reply, "chengxi_refresh")
}

/// By what the account knows the device again.
fn device_cookie(reply: &Reply) -> String {
    cookie_of(reply, "chengxi_device")
}

pub(crate) async fn log_in(app: &TestApp, name: &str) -> Reply {
    try_in(app, name, PASSWORD).await
}

async fn try_in(app: &TestApp, name: &str, password: &str) -> Reply {
    app.stranger().post(LOGINS, &json!({ "name": name, "password": password })).await
}

/// A try on a device with this cookie.
async fn try_on(app: &TestApp, device: &str, name: &str, password: &str) -> Reply {
    let request = app.stranger().request(Method::POST, LOGINS).header("cookie", device);
    send(request.json(&json!({ "name": name, "password": password }))).await
}

/// Somebody guesses in the network of everybody here until nobody may try there: ten times for this name, and for
/// many that there are not.
async fn guess_until_the_network_must_wait(app: &TestApp, name: &str) {
    for _ in 0..10 {
        try_in(app, name, "wrong").await.expect(401);
    }
    assert_eq!(try_in(app, name, "wrong").await.expect_problem(429), "too-many");
    for guess in 0..100 {
        if try_in(app, &format!("teacher-{guess}"), "wrong").await.status == 429 {
            return;
        }
    }
    panic!("a hundred guesses did no harm");
}

struct SetUp;

impl Action for SetUp {
    type Target = AccountId;
    const RIGHT: Right = Right::GrantRole;
}

/// Creates accounts whose owners have not logged in yet.
async fn create_accounts(app: &TestApp, names: &[String]) {
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, app.cx.ids.new_id());
    let password_hash = password_hash();
    let write = app.cx.db.write(&permit, async |tx| {
        for name in names {
            let account = identity::NewAccount {
                id: app.cx.ids.new_id(),
                login_name: name.clone(),
                display_name: name.clone(),
                password_hash: password_hash.clone(),
                identity_verified_at: None,
            };
            identity::create_account(tx, account).await?;
        }
        Ok(())
    });
    write.await.unwrap();
}

/// Passwords that this process has hashed.
async fn hashed(app: &TestApp) -> u64 {
    let metrics = app.stranger().get("/metrics").await.bytes;
    let metrics = String::from_utf8(metrics.to_vec()).unwrap();
    let line = metrics.lines().find_map(|line| line.strip_prefix("passwords_hashed "));
    line.map_or(0, |count| count.parse().unwrap())
}

/// Somebody who comes to another node of the test's store by a proxy that it trusts.
pub(crate) fn behind_a_proxy(app: &TestApp) -> Client {
    let config = Config { trusted_proxies: vec![IpAddr::from([127, 0, 0, 1])], ..(*app.cx.config).clone() };
    let cx = Services { config: Arc::new(config), ..app.cx.clone() };
    Client::new(serve(State::new(cx).unwrap()), None)
}

async fn log_in_from(stranger: &Client, address: &str, name: &str, password: &str) -> Reply {
    let request = stranger.request(Method::POST, "/api/v1/logins").header("x-forwarded-for", address);
    send(request.json(&json!({ "name": name, "password": password }))).await
}

/// Renews the log-in of this cookie.
pub(crate) async fn refresh(app: &TestApp, cookie: &str) -> Reply {
    send(app.stranger().request(Method::POST, "/api/v1/logins/refresh").header("cookie", cookie)).await
}

#[actix_web::test]
async fn a_right_password_waits_a_minute_at_most_where_many_others_were_wrong() {
    let app = TestApp::start(Store::sqlite().await).await;
    app.staff("wang", Role::Teacher, "33").await;
    // Sixty, two for the account that got in, and the six of this minute.
    for guess in 0..68 {
        try_in(&app, &format!("teacher-{guess}"), "wrong").await.expect(401);
    }
    log_in(&app, "wang").await.expect(429);
    app.clock.advance_s(60);
    // The wrong ones are slowed in the next minute, too.
    for guess in 0..5 {
        try_in(&app, &format!("other-{guess}"), "wrong").await.expect(401);
    }
    log_in(&app, "wang").await.expect(200);
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

    async fn too_many_tries_must_wait_whether_there_is_such_an_account_or_not(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let mut answers = Vec::new();
        for name in ["wang", "nobody", "19900000099"] {
            for _ in 0..10 {
                try_in(&app, name, "wrong").await.expect(401);
            }
            let reply = try_in(&app, name, "wrong").await;
            assert_eq!(reply.headers["retry-after"], "900");
            let mut problem = reply.expect(429);
            problem["instance"] = Value::Null;
            answers.push(problem);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }

    async fn nobody_gets_in_by_a_password_that_is_being_changed(app) {
        app.staff("wang", Role::Teacher, "33").await;
        for change in ["password_hash = 'another'", "closed_at = 1"] {
            let (has_begun, may_end) = (Notify::new(), Notify::new());
            let changing = app.cx.db.write_journal(async |tx| {
                tx.execute_unprepared(&format!("UPDATE account SET {change} WHERE login_name = 'wang'")).await?;
                has_begun.notify_one();
                may_end.notified().await;
                Ok(())
            });
            let guess = async {
                has_begun.notified().await;
                let before = hashed(&app).await;
                let compared = async {
                    while hashed(&app).await == before {}
                    may_end.notify_one();
                };
                join(log_in(&app, "wang"), compared).await.0
            };
            let (changed, reply) = join(changing, guess).await;
            changed.unwrap();
            assert_ne!(reply.status, 200, "{change}");
            execute(&app, &format!("UPDATE account SET password_hash = '{}', closed_at = NULL", password_hash())).await;
            log_in(&app, "wang").await.expect(200);
        }
    }

    async fn whether_there_is_an_account_costs_the_same_work(app) {
        app.staff("wang", Role::Teacher, "33").await;
        for name in ["wang", "nobody", "19900000099"] {
            let before = hashed(&app).await;
            try_in(&app, name, "wrong").await.expect(401);
            assert!(hashed(&app).await > before, "no password was hashed for {name}");
        }
    }

    async fn the_owner_gets_in_on_a_known_device_however_many_guess_beside_them(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let device = device_cookie(&log_in(&app, "wang").await);
        guess_until_the_network_must_wait(&app, "wang").await;
        assert_eq!(log_in(&app, "wang").await.expect_problem(429), "too-many");
        let reply = try_on(&app, &device, "wang", PASSWORD).await;
        assert_eq!(device_cookie(&reply), device, "it is known from now on, too");
        reply.expect(200);
        // Nor is a slip of the owner's own counted against the others.
        assert_eq!(try_on(&app, &device, "wang", "wrong").await.expect_problem(401), "wrong-credentials");
        try_on(&app, &device, "wang", PASSWORD).await.expect(200);
    }

    async fn guessing_on_a_known_device_is_limited_and_keeps_nobody_else_out(app) {
        for name in ["wang", "li"] {
            app.staff(name, Role::Teacher, "33").await;
        }
        let device = device_cookie(&log_in(&app, "wang").await);
        for _ in 0..10 {
            try_on(&app, &device, "wang", "wrong").await.expect(401);
        }
        let reply = try_on(&app, &device, "wang", PASSWORD).await;
        assert_eq!(reply.headers["retry-after"], "900");
        assert_eq!(reply.expect_problem(429), "too-many");
        log_in(&app, "wang").await.expect(200);

        // To another's account it is a device like any.
        for _ in 0..10 {
            try_on(&app, &device, "li", "wrong").await.expect(401);
        }
        try_on(&app, &device, "li", PASSWORD).await.expect(429);
        log_in(&app, "li").await.expect(429);
    }

    async fn a_device_is_known_to_all_who_share_it_and_nobody_invents_one(app) {
        for name in ["wang", "li"] {
            app.staff(name, Role::Teacher, "33").await;
        }
        let device = device_cookie(&log_in(&app, "wang").await);
        assert_eq!(device_cookie(&try_on(&app, &device, "li", PASSWORD).await), device);
        let invented = format!("chengxi_device={}", "a".repeat(43));
        assert_ne!(device_cookie(&try_on(&app, &invented, "li", PASSWORD).await), invented);

        guess_until_the_network_must_wait(&app, "wang").await;
        for name in ["wang", "li"] {
            try_on(&app, &device, name, PASSWORD).await.expect(200);
        }
        try_on(&app, &invented, "li", PASSWORD).await.expect(429);
    }

    async fn a_log_out_everywhere_forgets_the_devices_of_the_account(app) {
        let teacher = app.staff("wang", Role::Teacher, "33").await;
        app.learner("zhang").await;
        let [phone, laptop] = [log_in(&app, "wang").await, log_in(&app, "zhang").await];
        let [phone, laptop] = [device_cookie(&phone), device_cookie(&laptop)];
        teacher.delete(LOGINS).await.expect(204);
        guess_until_the_network_must_wait(&app, "wang").await;
        try_on(&app, &phone, "wang", PASSWORD).await.expect(429);
        try_on(&app, &laptop, "zhang", PASSWORD).await.expect(200);
    }

    async fn a_device_that_was_not_used_for_a_year_is_forgotten(app) {
        app.learner("zhang").await;
        let phone = device_cookie(&log_in(&app, "zhang").await);
        app.clock.advance_s(365 * 86_400);
        let phone = device_cookie(&try_on(&app, &phone, "zhang", PASSWORD).await);
        app.clock.advance_s(365 * 86_400 + 1);
        guess_until_the_network_must_wait(&app, "zhang").await;
        try_on(&app, &phone, "zhang", PASSWORD).await.expect(429);
    }

    async fn three_hundred_learners_of_one_network_get_in_although_many_type_something_wrong_first(app) {
        let names: Vec<String> = (0..300).map(|n| format!("learner-{n}")).collect();
        create_accounts(&app, &names).await;
        let school = &behind_a_proxy(&app);
        let inside = stream::iter(names.into_iter().enumerate()).map(|(n, name)| async move {
            if n % 3 == 0 {
                log_in_from(school, "203.0.113.7", &name, "wrong").await.expect(401);
            }
            log_in_from(school, "203.0.113.7", &name, PASSWORD).await.status
        });
        let inside: Vec<u16> = inside.buffer_unordered(20).collect().await;
        assert_eq!(inside, vec![200; 300]);
    }

    async fn log_ins_for_whom_there_is_no_room_are_told_to_come_again(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let app = app.configured(|config| config.password_queue = 1);
        let names: Vec<String> = (0..40).map(|n| format!("teacher-{n}")).collect();
        let replies = join_all(names.iter().map(|name| try_in(&app, name, "wrong"))).await;
        let (refused, served): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 503);
        assert!(!refused.is_empty() && !served.is_empty(), "{} are refused", refused.len());
        for reply in refused {
            assert_eq!(reply.headers["retry-after"], "2");
            assert_eq!(reply.expect_problem(503), "unavailable");
        }
        for reply in served {
            assert_eq!(reply.expect_problem(401), "wrong-credentials");
        }
        log_in(&app, "wang").await.expect(200);
    }

    async fn a_network_where_many_log_ins_fail_is_slowed_and_others_are_not(app) {
        app.staff("wang", Role::Teacher, "33").await;
        let stranger = behind_a_proxy(&app);
        // Sixty, and the six of this minute.
        for guess in 0..66 {
            let answer = log_in_from(&stranger, "2001:db8::1", &format!("teacher-{guess}"), "wrong").await;
            assert_eq!(answer.expect_problem(401), "wrong-credentials");
        }
        for neighbour in ["2001:db8::1", "2001:db8::2"] {
            let reply = log_in_from(&stranger, neighbour, "wang", PASSWORD).await;
            assert_eq!(reply.headers["retry-after"], "60");
            assert_eq!(reply.expect_problem(429), "too-many");
        }
        log_in_from(&stranger, "2001:db8:0:1::1", "wang", PASSWORD).await.expect(200);
        log_in_from(&stranger, "203.0.113.7", "wang", PASSWORD).await.expect(200);
    }

    async fn the_metrics_are_for_who_asks_from_within(app) {
        let proxy = behind_a_proxy(&app);
        let from = async |client: &Client, address: &[u8]| {
            send(client.request(Method::GET, "/metrics").header("x-forwarded-for", address)).await
        };
        assert_eq!(app.stranger().get("/metrics").await.status, 200);
        assert_eq!(from(&proxy, b"10.1.2.3").await.status, 200);
        assert_eq!(from(&proxy, b"203.0.113.7").await.expect_problem(404), "not-found");
        assert_eq!(from(&app.stranger(), b"10.1.2.3").await.expect_problem(404), "not-found", "by a proxy that is not ours");
        for unclear in [b"\xff".as_slice(), b"unknown", b"10.1.2.3:443", b"127.0.0.1"] {
            assert_eq!(from(&proxy, unclear).await.expect_problem(404), "not-found", "{unclear:?}");
        }
        assert_eq!(proxy.get("/metrics").await.expect_problem(404), "not-found", "the proxy names nobody");
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
