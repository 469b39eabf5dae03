//! Codes and changes of lessons go out by text: once, to the right phone, and not too late.

use super::{
    activation::{PASSWORD, activate, log_in, refused, slip, tail, text},
    *,
};
use crate::{
    classes::school::{CLASSES, course, step as class_step},
    support::START,
};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use backend::{
    app,
    platform::{
        config::{SmsConfig, SmsGateway},
        crypto::{FieldKeys, KeyId},
        telemetry::Masked,
    },
};
use shared::messages::MessageKind;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// The phone that the school recorded of everybody here.
const PHONE: &str = "19900009137";
const DAY_S: i64 = 86_400;

/// The same system, whose messages are lines of a file.
fn texting(app: TestApp) -> (TestApp, PathBuf) {
    let file = app.store.folder().join("texts.jsonl");
    let carrier = Some(SmsConfig::File(file.clone()));
    (app.configured(|config| config.sms = carrier), file)
}

/// The messages that have left.
fn lines(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Has a code sent.
async fn send_code(client: &Client, record: &Value) -> Reply {
    client.post(&format!("{}/activation_texts", path(record)), &json!({})).await
}

/// The last message that the record shows.
async fn last(client: &Client, record: &Value) -> Value {
    client.get(&path(record)).await.expect(200)["messages"][0].clone()
}

async fn run_due(app: &TestApp) {
    app.jobs.run_due().await.unwrap();
}

/// Somebody from the street who gives no phone.
async fn enrol_without_phone(desk: &Desk, n: u32) -> Value {
    let mut stated = desk.stated(n);
    stated["applicant"]["phone"] = Value::Null;
    desk.clerk.post(ENROLMENTS, &stated).await.expect(201)
}

/// A class of these learners; its path and its course.
async fn class_of(app: &TestApp, desk: &Desk, records: [&Value; 2]) -> (String, Value) {
    let course = json!(course(app, "GYW01").await);
    let entry = json!({ "provider_id": desk.school, "name": "夜校一班", "form": "evening", "capacity": 9,
        "courses": [{ "course_id": course }] });
    let plan = desk.clerk.post(CLASSES, &entry).await.expect(201);
    let class = format!("{CLASSES}/{}", plan["class"]["id"].as_str().unwrap());
    class_step(&desk.county, &class, "approved").await.expect(200);
    class_step(&desk.clerk, &class, "enrolling").await.expect(200);
    let learners = records.map(|record| record["account_id"].clone());
    desk.clerk.post(&format!("{class}/members"), &json!({ "learners": learners })).await.expect(201);
    (class, course)
}

async fn change(client: &Client, meeting: &Value, verb: &str, seen: i32, body: &Value) {
    let path = format!("/api/v1/meetings/{}/{verb}", meeting["id"].as_str().unwrap());
    let request = client.request(Method::POST, &path).header("if-match", format!("\"{seen}\""));
    send(request.json(body)).await.expect(200);
}

/// What a gateway was sent: the secret and the body of each request.
type Received = Arc<Mutex<Vec<(String, Value)>>>;

/// A gateway that answers with these statuses, and with 200 from then on.
#[expect(clippy::disallowed_methods, reason = "it serves as long as the test runs")]
fn gateway(statuses: &[u16]) -> (String, Received) {
    let received = Received::default();
    let (kept, mut left) = (received.clone(), statuses.to_vec());
    left.reverse();
    let left = Arc::new(Mutex::new(left));
    let server = HttpServer::new(move || {
        let (kept, left) = (kept.clone(), left.clone());
        let take = move |request: HttpRequest, body: web::Json<Value>| {
            let secret = request.headers().get("authorization").unwrap().to_str().unwrap().to_owned();
            kept.lock().unwrap().push((secret, body.into_inner()));
            let status = left.lock().unwrap().pop().unwrap_or(200);
            let status = actix_web::http::StatusCode::from_u16(status).unwrap();
            async move { HttpResponse::build(status).json(json!({ "id": "G-1" })) }
        };
        App::new().route("/texts", web::post().to(take))
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/texts", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    (url, received)
}

/// The same system, whose messages go to a gateway.
fn texting_by(app: TestApp, url: String) -> TestApp {
    let templates = MessageKind::ALL.iter().map(|kind| (*kind, format!("T-{kind}"))).collect();
    let gateway = SmsGateway { url, secret: Masked("secret".to_owned()), signature: "学校".to_owned(), templates };
    app.configured(|config| config.sms = Some(SmsConfig::Http(gateway)))
}

db_tests! {
    async fn a_code_goes_by_text_and_the_phone_alone_opens_nothing(app) {
        let (app, file) = texting(app);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        assert_eq!(desk.clerk.get(&path(&registered)).await.expect(200)["may_text"], true);
        let queued = send_code(&desk.clerk, &registered).await.expect(201);
        assert_eq!((&queued["kind"], &queued["state"]), (&json!("activation_code"), &json!("queued")));
        assert_eq!((&queued["phone_masked"], &queued["asked_by_name"]), (&json!("199****9137"), &json!("clerk")));
        assert_eq!(lines(&file), Vec::<Value>::new(), "nothing leaves within the request");

        run_due(&app).await;
        let sent = lines(&file);
        assert_eq!((sent.len(), &sent[0]["phone"]), (1, &json!(PHONE)));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let code = sent[0]["parameters"]["code"].as_str().unwrap().to_owned();
        assert!(sent[0]["text"].as_str().unwrap().contains(&code), "{}", sent[0]);
        assert!(!sent[0]["text"].as_str().unwrap().contains('{'), "{}", sent[0]);
        let seen = last(&desk.clerk, &registered).await;
        assert_eq!((&seen["state"], &seen["attempts"], &seen["failure"]), (&json!("sent"), &json!(1), &Value::Null));

        let dump = dump(&app).await;
        for canary in [PHONE, &code, &code.replace(' ', "")] {
            assert!(!dump.contains(canary), "{canary} is in the store");
        }
        assert_eq!(refused(activate(&app, &code, PHONE, None).await), text("wrong"));
        activate(&app, &code, &tail(2), None).await.expect(204);
        let number = registered["record"]["learner_number"].as_str().unwrap();
        let logged_in = log_in(&app, number, PASSWORD).await.expect(200);
        let learner = Client::new(app.address, logged_in["access_token"].as_str().map(str::to_owned));
        let own = learner.get("/api/v1/me/data").await.expect(200)["messages"].clone();
        assert_eq!((&own[0]["kind"], &own[0]["state"], &own[1]), (&json!("activation_code"), &json!("sent"), &Value::Null));
    }

    async fn a_carrier_that_fails_twice_carries_a_message_once(app) {
        let (app, file) = texting(app);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        send_code(&desk.clerk, &registered).await.expect(201);
        fs::create_dir(&file).unwrap();
        run_due(&app).await;
        let seen = last(&desk.clerk, &registered).await;
        assert_eq!((&seen["state"], &seen["failure"], &seen["attempts"]), (&json!("queued"), &json!("unreachable"), &json!(1)));
        app.clock.advance_s(2);
        run_due(&app).await;
        fs::remove_dir(&file).unwrap();
        app.clock.advance_s(3);
        run_due(&app).await;
        assert_eq!(lines(&file).len(), 0, "the next try is four seconds after the second");
        app.clock.advance_s(1);
        run_due(&app).await;
        let seen = last(&desk.clerk, &registered).await;
        assert_eq!((&seen["state"], &seen["failure"], &seen["attempts"]), (&json!("sent"), &Value::Null, &json!(3)));
        app.clock.advance_s(60);
        run_due(&app).await;
        assert_eq!(lines(&file).len(), 1);
    }

    async fn a_gateway_is_sent_template_signature_and_secret_and_told_repeats_by_the_id(app) {
        let (url, received) = gateway(&[503, 429]);
        let app = texting_by(app, url);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let queued = send_code(&desk.clerk, &registered).await.expect(201);
        for _ in 0..3 {
            run_due(&app).await;
            app.clock.advance_s(4);
        }
        let received = received.lock().unwrap().clone();
        assert_eq!(received.len(), 3);
        for (secret, body) in &received {
            assert_eq!((secret.as_str(), &body["id"]), ("Bearer secret", &queued["id"]));
            assert_eq!((&body["template"], &body["signature"]), (&json!("T-activation_code"), &json!("学校")));
            assert_eq!((&body["phone"], &body["parameters"]), (&json!(PHONE), &received[0].1["parameters"]));
        }
        assert_eq!(last(&desk.clerk, &registered).await["state"], "sent");
        assert_eq!(texts(&app, "SELECT provider_message_id FROM text_message").await, ["G-1"]);
    }

    async fn what_a_gateway_refuses_is_not_tried_again_but_staff_can_send_anew(app) {
        let (url, received) = gateway(&[400]);
        let app = texting_by(app, url);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        send_code(&desk.clerk, &registered).await.expect(201);
        run_due(&app).await;
        let seen = last(&desk.clerk, &registered).await;
        assert_eq!((&seen["state"], &seen["failure"]), (&json!("failed"), &json!("refused")));
        app.clock.advance_s(120);
        run_due(&app).await;
        assert_eq!(received.lock().unwrap().len(), 1);
        send_code(&desk.clerk, &registered).await.expect(201);
        run_due(&app).await;
        assert_eq!(last(&desk.clerk, &registered).await["state"], "sent");
    }

    async fn no_code_is_sent_that_another_replaced_or_that_has_expired(app) {
        let (app, file) = texting(app);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        send_code(&desk.clerk, &registered).await.expect(201);
        slip(&desk.clerk, &registered).await.expect(201);
        run_due(&app).await;
        assert_eq!(last(&desk.clerk, &registered).await["state"], "expired", "the slip took its place");
        send_code(&desk.clerk, &registered).await.expect(201);
        app.clock.advance_s(14 * DAY_S);
        run_due(&app).await;
        assert_eq!(lines(&file).len(), 0);
        let clerk = app.log_in("clerk").await;
        assert_eq!(last(&clerk, &registered).await["state"], "expired");
    }

    async fn what_a_message_said_is_forgotten_after_thirty_days(app) {
        let (app, _) = texting(app);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        send_code(&desk.clerk, &registered).await.expect(201);
        run_due(&app).await;
        let kept = async || count(&app, "text_message WHERE parameters IS NOT NULL").await;
        app.clock.advance_s(30 * DAY_S - 1);
        run_due(&app).await;
        assert_eq!(kept().await, "1");
        app.clock.advance_s(1);
        run_due(&app).await;
        assert_eq!((kept().await, count(&app, "text_message").await), ("0".to_owned(), "1".to_owned()));
    }

    async fn a_phone_gets_so_many_messages_a_day_and_no_more(app) {
        let (app, _) = texting(app);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        for _ in 0..10 {
            send_code(&desk.clerk, &registered).await.expect(201);
        }
        let refused = send_code(&desk.clerk, &registered).await.expect(409);
        assert_eq!((&refused["code"], &refused["params"]["most"]), (&json!("wrong-state"), &json!(10)));
        app.clock.advance_s(DAY_S);
        let clerk = app.log_in("clerk").await;
        send_code(&clerk, &registered).await.expect(201);
    }

    async fn a_repeat_sends_nothing_twice(app) {
        let (app, file) = texting(app);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        let once = async || {
            let path = format!("{}/activation_texts", path(&registered));
            let request = desk.clerk.request(Method::POST, &path).header("idempotency-key", "text");
            send(request.json(&json!({}))).await.expect(201)["id"].clone()
        };
        assert_eq!(once().await, once().await);
        run_due(&app).await;
        assert_eq!(lines(&file).len(), 1);
    }

    async fn nothing_is_offered_without_a_carrier_or_a_phone(app) {
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        assert_eq!(desk.clerk.get(&path(&registered)).await.expect(200)["may_text"], false);
        assert_eq!(send_code(&desk.clerk, &registered).await.expect_problem(409), "wrong-state");
        let (app, _) = texting(app);
        let clerk = app.log_in("clerk").await;
        assert_eq!(clerk.get(&path(&registered)).await.expect(200)["may_text"], true);
        let silent = desk.register(&enrol_without_phone(&desk, 4).await).await;
        assert_eq!(clerk.get(&path(&silent)).await.expect(200)["may_text"], false);
        assert_eq!(send_code(&clerk, &silent).await.expect_problem(409), "wrong-state");
    }

    async fn only_who_keeps_the_record_sends_and_sees_messages(app) {
        let (app, _) = texting(app);
        let desk = Desk::open(&app).await;
        let enrolled = desk.enrol(2).await;
        assert_eq!(send_code(&desk.clerk, &enrolled).await.expect_problem(409), "wrong-state");
        let registered = desk.register(&enrolled).await;
        let (_, neighbour) = neighbour(&app).await;
        assert_eq!(send_code(&neighbour, &registered).await.expect_problem(404), "not-found");
        assert_eq!(send_code(&desk.county, &registered).await.expect_problem(403), "forbidden");
        assert_eq!(send_code(&app.stranger(), &registered).await.status, 401);
        send_code(&desk.clerk, &registered).await.expect(201);
        let of_county = desk.county.get(&path(&registered)).await.expect(200);
        assert_eq!((&of_county["messages"], &of_county["may_text"]), (&json!([]), &json!(false)));
        let of_school = desk.head.get(&path(&registered)).await.expect(200);
        assert_eq!(of_school["messages"].as_array().unwrap().len(), 1);
    }

    async fn a_newer_key_seals_messages_too(app) {
        let (app, _) = texting(app);
        let desk = Desk::open(&app).await;
        let registered = desk.register(&desk.enrol(2).await).await;
        send_code(&desk.clerk, &registered).await.expect(201);
        run_due(&app).await;
        let key = FieldKeys::add(&app.cx.config.key_dir, &*app.cx.ids).unwrap();
        app::ask_to_renew(&app.cx, key).await.unwrap();
        run_due(&app).await;
        let uses = app::key_use(&app.cx).await.unwrap();
        assert_eq!(uses[&KeyId(1)], 0, "{uses:?}");
        assert_eq!(last(&desk.clerk, &registered).await["phone_masked"], "199****9137");
    }

    async fn learners_with_a_phone_are_told_when_a_lesson_moves_or_is_cancelled(app) {
        let (app, file) = texting(app);
        let desk = Desk::open(&app).await;
        let one = desk.register(&desk.enrol(2).await).await;
        let other = desk.register(&enrol_without_phone(&desk, 4).await).await;
        let (class, course) = class_of(&app, &desk, [&one, &other]).await;
        let (evening, soon) = (START.plus_s(10 * 3_600), START.plus_s(60));
        let meet = async |at: shared::time::Timestamp| {
            let lesson = json!({ "course_id": course, "starts_at": at, "ends_at": at.plus_s(1_800) });
            desk.clerk.post(&format!("{class}/meetings"), &lesson).await.expect(201)
        };
        let (meeting, over) = (meet(evening).await, meet(soon).await);
        let later = evening.plus_s(3_600);
        let moved = json!({ "starts_at": later, "ends_at": later.plus_s(1_800), "reason": "老师开会" });
        change(&desk.clerk, &meeting, "reschedule", 1, &moved).await;
        run_due(&app).await;
        change(&desk.clerk, &meeting, "cancel", 2, &json!({ "reason": "台风" })).await;
        app.clock.advance_s(120);
        change(&desk.clerk, &over, "cancel", 1, &json!({ "reason": "台风" })).await;
        run_due(&app).await;
        let told = lines(&file);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!((&told[0]["template"], &told[1]["template"]), (&json!("meeting_moved"), &json!("meeting_cancelled")));
        assert!(told.iter().all(|line| line["phone"] == PHONE));
        let text = "夜校一班原定 2026-11-23 19:00 的课有调整，现定于 2026-11-23 20:00 上课，上课地点请登录平台查看。";
        assert_eq!((&told[0]["text"], &told[1]["parameters"]["from"]), (&json!(text), &json!("2026-11-23 20:00")));
    }
}
