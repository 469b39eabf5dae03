//! Log-in by an admission ticket: at a device of the room, for the one sitting that it is for, and for nothing else.

use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    identity::behind_a_proxy,
    permissions::OPEN,
    support::{Client, NO_ID, Operation, PASSWORD, Reply, TestApp, db_tests, execute, send},
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use shared::sittings::{TICKET_LOGIN_S, nth_ticket_number};

const LOGINS: &str = "/api/v1/ticket_logins";
const PASSWORD_LOGINS: &str = "/api/v1/logins";
/// Tries for one ticket in one network.
const TRIES: usize = 10;
/// Log-ins that may fail in one network.
const FAILURES: u32 = 60;
/// Further tries of a minute when so many have failed.
const SLOW_TRIES: u32 = 6;

/// What a candidate's ticket says.
async fn ticket(world: &World, candidate: usize) -> Value {
    let exams = world.candidates[candidate].client.get("/api/v1/me/exams").await.expect(200);
    exams[0]["sitting"].clone()
}

/// What stands on a ticket, as it is typed.
fn typed(ticket: &Value) -> Value {
    json!({ "ticket": ticket["ticket_number"], "login_code": ticket["login_code"] })
}

fn with_code(ticket: &Value, login_code: &str) -> Value {
    json!({ "ticket": ticket["ticket_number"], "login_code": login_code })
}

async fn show(app: &TestApp, shown: &Value) -> Reply {
    app.stranger().post(LOGINS, shown).await
}

/// Whom this lets in.
async fn let_in(app: &TestApp, shown: &Value) -> Client {
    let reply = show(app, shown).await.expect(200);
    let token = reply["access_token"].as_str().unwrap();
    app.store.keep_silent(token);
    Client::new(app.address, Some(token.to_owned()))
}

/// How often the audit log says that a ticket was locked out.
async fn lock_outs(app: &TestApp, ticket: &Value) -> usize {
    let conn = app.cx.db.read();
    let sql = "SELECT detail FROM audit_entry WHERE target = $1";
    let number = ticket["ticket_number"].as_str().unwrap().to_owned();
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [number.into()]);
    let rows = conn.query_all_raw(statement).await.unwrap();
    rows.iter().filter(|row| row.try_get_by_index::<String>(0).unwrap().contains("too-many")).count()
}

db_tests! {
    async fn a_ticket_lets_its_candidate_sit_the_test_from_start_to_receipt(app) {
        let mut world = World::armed(&app, 1).await;
        let ticket = ticket(&world, 0).await;
        let reply = show(&app, &typed(&ticket)).await.expect(200);
        assert_eq!((&reply["me"]["sitting"], &reply["me"]["roles"]), (&ticket["id"], &json!([])), "{reply}");
        assert_eq!(reply["me"]["login_name"], "", "it says nothing of the account but whose it is");

        world = world.started(&app).await;
        world.candidates[0].client = let_in(&app, &json!({ "ticket": ticket["ticket_code"] })).await;
        let key = world.candidates[0].client.get(&world.path(0, "key")).await.expect(200);
        assert_eq!(key["paper_id"], world.paper_id);
        let mut device = Device::open(&world, 0, 1, false).await;
        let entry = device.answer(&world, 0, 0);
        device.send(&world, &[entry]).await.expect(200);
        let beat = json!({ "visit": uuid::Uuid::from_u128(1), "is_ready": true, "unsent": 0, "focus_losses": 0,
            "focus_lost_s": 0, "heard": 0, "wait_s": 0 });
        world.candidates[0].client.post(&world.path(0, "heartbeat"), &beat).await.expect(200);
        device.submit(&world).await.expect(200);
        assert_eq!(world.receipt(0).await["answered"], 1);
        let current = "/api/v1/logins/current";
        assert_eq!(world.candidates[0].client.delete(current).await.status, 204);
        assert_eq!(world.candidates[0].client.get(&world.path(0, "key")).await.expect_problem(401), "unauthenticated");
    }

    async fn another_device_takes_over_by_epoch_as_ever(app) {
        let mut world = World::armed(&app, 1).await;
        let ticket = ticket(&world, 0).await;
        world = world.started(&app).await;
        let mut own = Device::open(&world, 0, 1, false).await;
        world.candidates[0].client = let_in(&app, &typed(&ticket)).await;
        assert_eq!(Device::opened(&world, 0, 2, false).await.expect_problem(409), "sitting-taken-over");
        assert_eq!(Device::open(&world, 0, 2, true).await.epoch, 2);
        let late = own.answer(&world, 0, 0);
        assert_eq!(own.send(&world, &[late]).await.expect(200)["epoch"], 2, "it is kept, and told who goes on");
    }

    async fn it_is_good_for_that_sitting_and_nothing_else(app) {
        let world = World::armed(&app, 2).await;
        let ticket = ticket(&world, 0).await;
        let world = world.started(&app).await;
        let holder = let_in(&app, &typed(&ticket)).await;
        for (method, path, body) in [
            (Method::GET, "/api/v1/me/exams", json!({})),
            (Method::GET, "/api/v1/me/own_data", json!({})),
            (Method::GET, "/api/v1/me/results", json!({})),
            (Method::GET, "/api/v1/logins", json!({})),
            (Method::DELETE, "/api/v1/logins", json!({})),
            (Method::GET, "/api/v1/me/second_factor", json!({})),
            (Method::POST, "/api/v1/me/password", json!({ "current": "a", "new": "b" })),
        ] {
            let reply = send(holder.request(method.clone(), path).json(&body)).await;
            assert!([403, 404].contains(&reply.status), "{method} {path} answered {}", reply.status);
        }
        let other = world.sitting(1);
        assert_eq!(holder.get(&format!("/api/v1/sittings/{other}")).await.expect_problem(404), "not-found");

        // Not even another sitting of the same person.
        execute(&app, "DROP INDEX ux_sitting_candidate").await;
        let number = ticket["ticket_number"].as_str().unwrap();
        let own = format!("(SELECT one.account_id FROM sitting AS one WHERE one.ticket_number = '{number}')");
        execute(&app, &format!("UPDATE sitting SET account_id = {own}")).await;
        let beat = json!({ "visit": uuid::Uuid::from_u128(1), "is_ready": true, "unsent": 0, "focus_losses": 0,
            "focus_lost_s": 0, "heard": 0, "wait_s": 0 });
        for (method, verb, body) in [
            (Method::GET, "key", json!({})),
            (Method::POST, "open", json!({ "device": uuid::Uuid::from_u128(1), "take_over": false })),
            (Method::POST, "entries", json!({ "entries": [] })),
            (Method::POST, "submit", json!({ "epoch": 1, "last_seq": 0, "digest": "" })),
            (Method::POST, "heartbeat", beat),
        ] {
            let reply = send(holder.request(method, &world.path(1, verb)).json(&body)).await;
            assert_eq!(reply.expect_problem(404), "not-found", "{verb}");
        }
        holder.get(&world.path(0, "key")).await.expect(200);
    }

    async fn a_ticket_opens_no_other_operation_whatever_roles_its_holder_has(app) {
        let world = World::armed(&app, 1).await;
        let holder = let_in(&app, &typed(&ticket(&world, 0).await)).await;
        let open = ["end_current_login"];
        for operation in Operation::all() {
            let (Operation { method, name, .. }, path) = (&operation, operation.path(NO_ID));
            if *method == Method::GET || open.iter().chain(OPEN).any(|known| known == name) {
                continue;
            }
            let request = holder.request(method.clone(), &path).header("if-match", "\"1\"").json(&json!({}));
            let status = send(request).await.status;
            assert!([403, 404, 422].contains(&status), "{method} {path} ({name}) answered {status}");
        }
    }

    async fn it_lets_in_from_four_hours_before_until_no_answer_is_taken(app) {
        let mut world = World::armed(&app, 1).await;
        let ticket = ticket(&world, 0).await;
        execute(&app, &format!("UPDATE exam_session SET starts_at = {}", app.began.plus_s(4 * 3_600 + 60).0)).await;
        let refused = show(&app, &typed(&ticket)).await.expect(401);
        assert_eq!(refused["code"], "ticket-refused");
        assert!(refused["detail"].as_str().unwrap().contains("4小时"), "{refused}");
        app.clock.advance_s(60);
        show(&app, &typed(&ticket)).await.expect(200);

        let left_s = 4 * 3_600 + i64::from(DURATION_MIN) * 60;
        world.later(&app, left_s + 86_400).await;
        let refused = show(&app, &typed(&ticket)).await.expect(401);
        assert!(refused["detail"].as_str().unwrap().contains("已经结束"), "{refused}");
    }

    async fn such_a_log_in_is_renewed_for_a_day_of_tests_and_no_longer(app) {
        let world = World::armed(&app, 1).await;
        let ticket = ticket(&world, 0).await;
        let reply = show(&app, &typed(&ticket)).await;
        let refresh = async |reply: &Reply| {
            let mut cookies = reply.headers.get_all("set-cookie").iter().map(|header| header.to_str().unwrap());
            let cookie = cookies.find(|header| header.starts_with("chengxi_refresh=")).unwrap();
            let cookie = cookie.split(';').next().unwrap().to_owned();
            send(app.stranger().request(Method::POST, "/api/v1/logins/refresh").header("cookie", cookie)).await
        };
        app.clock.advance_s(STARTS_AFTER_S);
        let renewed = refresh(&reply).await;
        let said: Value = serde_json::from_slice(&renewed.bytes).unwrap();
        assert_eq!((renewed.status, &said["me"]["sitting"]), (200, &ticket["id"]), "{said}");
        execute(&app, &format!("UPDATE login SET busy_until = {}", app.began.plus_s(2 * TICKET_LOGIN_S).0)).await;
        app.clock.advance_s(TICKET_LOGIN_S);
        assert_eq!(refresh(&renewed).await.expect_problem(401), "unauthenticated");
    }

    async fn what_is_no_ticket_of_ours_is_refused_and_tells_nothing(app) {
        let world = World::armed(&app, 2).await;
        let (ticket, other) = (ticket(&world, 0).await, ticket(&world, 1).await);
        let code = ticket["ticket_code"].as_str().unwrap();
        let forged = format!("{}AAAA", &code[..code.len() - 4]);
        let unknown = json!({ "ticket_number": "26010601012306" });
        for shown in [
            with_code(&ticket, other["login_code"].as_str().unwrap()),
            with_code(&unknown, ticket["login_code"].as_str().unwrap()),
            json!({ "ticket": forged }),
        ] {
            let refused = show(&app, &shown).await.expect(401);
            assert!(refused["detail"].as_str().unwrap().starts_with("准考证号和登录码对不上"), "{refused}");
        }
        let wrong = show(&app, &json!({ "ticket": "张三", "login_code": "1" })).await.expect(422);
        let pointers: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
        assert_eq!(pointers, ["/ticket", "/login_code"]);
        execute(&app, "UPDATE sitting SET withdrawn_at = 1").await;
        assert_eq!(show(&app, &typed(&ticket)).await.expect_problem(401), "ticket-refused", "who was taken out");
    }

    async fn who_guesses_must_wait_and_the_log_says_so_once(app) {
        let world = World::armed(&app, 2).await;
        let (ticket, other) = (ticket(&world, 0).await, ticket(&world, 1).await);
        for _ in 0..TRIES {
            show(&app, &with_code(&ticket, "0000 0000 0000")).await.expect(401);
        }
        assert_eq!(lock_outs(&app, &ticket).await, 0);
        for _ in 0..3 {
            let refused = show(&app, &typed(&ticket)).await;
            assert!(refused.headers.contains_key("retry-after"));
            assert_eq!(refused.expect_problem(429), "too-many", "the right code, too");
        }
        assert_eq!((lock_outs(&app, &ticket).await, lock_outs(&app, &other).await), (1, 0));
        show(&app, &typed(&other)).await.expect(200);
        app.log_in("learner-0").await;
    }

    async fn wrong_passwords_of_a_school_keep_no_ticket_out_and_no_right_password(app) {
        let world = World::armed(&app, 1).await;
        let ticket = ticket(&world, 0).await;
        let school = behind_a_proxy(&app);
        let log_in = async |path: &str, shown: &Value| {
            send(school.request(Method::POST, path).header("x-forwarded-for", "203.0.113.7").json(shown)).await
        };
        let by_password = |name: &str, password: &str| json!({ "name": name, "password": password });
        for guess in 0..FAILURES {
            log_in(PASSWORD_LOGINS, &by_password(&format!("teacher-{guess}"), "wrong")).await.expect(401);
        }
        log_in(LOGINS, &typed(&ticket)).await.expect(200);
        log_in(PASSWORD_LOGINS, &by_password("learner-0", PASSWORD)).await.expect(200);
    }

    async fn a_true_ticket_at_a_wrong_time_costs_its_network_no_try(app) {
        let world = World::armed(&app, 1).await;
        let ticket = ticket(&world, 0).await;
        let school = behind_a_proxy(&app);
        let show = async |shown: &Value| {
            send(school.request(Method::POST, LOGINS).header("x-forwarded-for", "203.0.113.7").json(shown)).await
        };
        let guess = |nth| json!({ "ticket": nth_ticket_number(26, "330106", nth), "login_code": "0000 0000 0000" });
        for nth in 1..FAILURES {
            show(&guess(nth)).await.expect(401);
        }
        execute(&app, &format!("UPDATE exam_session SET starts_at = {}", app.began.plus_s(86_400).0)).await;
        for _ in 0..3 {
            let refused = show(&typed(&ticket)).await.expect(401);
            assert!(refused["detail"].as_str().unwrap().contains("4小时"), "{refused}");
        }
        execute(&app, "UPDATE exam_session SET state = 'cancelled'").await;
        for _ in 0..3 {
            assert_eq!(show(&typed(&ticket)).await.expect_problem(409), "exam-cancelled");
        }
        show(&guess(0)).await.expect(401);
        for nth in 0..SLOW_TRIES {
            show(&guess(FAILURES + nth)).await.expect(401);
        }
        assert_eq!(show(&guess(FAILURES + SLOW_TRIES)).await.expect_problem(429), "too-many", "each guess cost one");
    }
}
