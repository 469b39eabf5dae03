//! A test that opens in Safe Exam Browser alone, and one that begins for whom the room has let in.

use super::Day;
use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    people::audited,
    support::{Reply, TestApp, db_tests, execute, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    delivery::{
        CONFIG_KEY_HEADER, EXAM_KEY_HEADER, PAGE_CONFIG_HEADER, PAGE_EXAM_HEADER, PAGES_HEADER, browser_hash,
        exam_settings,
    },
    rights::Role,
    sittings::ExamRules,
};
use uuid::Uuid;

const LOCKED: ExamRules = ExamRules { needs_safe_browser: true, ..ExamRules::lenient() };
const ADMITTING: ExamRules = ExamRules { needs_admission: true, ..ExamRules::lenient() };

type Headers = Vec<(&'static str, String)>;

/// One candidate sits in a room by these rules, and the test has begun.
async fn begun(app: &TestApp, rules: ExamRules) -> Day {
    let mut day = Day::armed(app, 1).await;
    let rules = serde_json::to_string(&rules).unwrap();
    execute(app, &format!("UPDATE exam_session SET rules = '{rules}'")).await;
    day.world.later(app, STARTS_AFTER_S).await;
    day
}

/// What Safe Exam Browser makes of an address by our settings.
fn config_hash(app: &TestApp, address: &str) -> String {
    browser_hash(address, &exam_settings(&app.cx.config.public_url).config_key())
}

/// The headers with which an old web view asks for a path.
fn of_request(app: &TestApp, path: &str) -> Headers {
    vec![(CONFIG_KEY_HEADER, config_hash(app, &format!("{}{path}", app.cx.config.public_url)))]
}

/// What a page at this address says that stands in a new one.
fn of_page(app: &TestApp, address: &str) -> Headers {
    let pages = format!("{}/login {address}", app.cx.config.public_url);
    vec![(PAGES_HEADER, pages), (PAGE_CONFIG_HEADER, config_hash(app, address))]
}

async fn get(day: &Day, path: &str, headers: &Headers) -> Reply {
    let request = day.world.candidates[0].client.request(Method::GET, path);
    send(headers.iter().fold(request, |request, (name, value)| request.header(*name, value))).await
}

async fn open(day: &Day, headers: &Headers) -> Reply {
    let body = json!({ "device": Uuid::from_u128(1), "take_over": false });
    let request = day.world.candidates[0].client.request(Method::POST, &day.world.path(0, "open")).json(&body);
    send(headers.iter().fold(request, |request, (name, value)| request.header(*name, value))).await
}

async fn waive(day: &Day, reason: Value) -> Reply {
    let act = json!({ "kind": "waive_safe_browser", "ticket_number": day.ticket(0).await, "text": reason });
    day.act(&day.invigilator, &act).await
}

db_tests! {
    async fn nobody_begins_or_goes_on_in_another_browser(app) {
        let day = begun(&app, LOCKED).await;
        let none = Headers::new();
        let view = format!("/api/v1/sittings/{}", day.world.sitting(0));
        assert_eq!(get(&day, &view, &none).await.expect(200)["needs_safe_browser"], true);
        assert_eq!(get(&day, &view, &of_request(&app, &view)).await.expect(200)["needs_safe_browser"], false);

        let (key, opening) = (day.world.path(0, "key"), day.world.path(0, "open"));
        let refused = get(&day, &key, &none).await.expect(409);
        assert_eq!(refused["code"], "safe-browser-needed");
        assert!(refused["detail"].as_str().unwrap().contains("配置文件"), "{refused}");
        get(&day, &key, &of_request(&app, &key)).await.expect(200);

        for wrong in [none.clone(), of_request(&app, &key), vec![(CONFIG_KEY_HEADER, "0".repeat(64))]] {
            assert_eq!(open(&day, &wrong).await.expect_problem(409), "safe-browser-needed", "{wrong:?}");
        }
        let opened = open(&day, &of_request(&app, &opening)).await.expect(200);
        assert_eq!(open(&day, &none).await.expect_problem(409), "safe-browser-needed", "nor does anybody go on");
        // What was answered is taken from whatever brings it.
        let mut device = Device::begun(&day.world, 0, &opened);
        let entry = device.answer(&day.world, 0, 0);
        device.send(&day.world, &[entry]).await.expect(200);
        device.submit(&day.world).await.expect(200);
    }

    async fn a_page_says_what_it_was_told_where_headers_are_not_sent(app) {
        let day = begun(&app, LOCKED).await;
        let elsewhere = of_page(&app, "https://elsewhere.example/exams");
        assert_eq!(open(&day, &elsewhere).await.expect_problem(409), "safe-browser-needed");
        let beside = format!("{}.elsewhere.example/exams", app.cx.config.public_url);
        assert_eq!(open(&day, &of_page(&app, &beside)).await.expect_problem(409), "safe-browser-needed");
        open(&day, &of_page(&app, &format!("{}/exams", app.cx.config.public_url))).await.expect(200);
    }

    async fn where_a_test_lists_browser_exam_keys_it_is_one_of_those(app) {
        let day = begun(&app, LOCKED).await;
        let listed = "ab".repeat(32);
        execute(&app, &format!(r#"UPDATE exam_session SET browser_exam_keys = '["{listed}"]'"#)).await;
        let opening = day.world.path(0, "open");
        let address = format!("{}{opening}", app.cx.config.public_url);
        let with = |name, address: &str, key: &str, mut headers: Headers| {
            headers.push((name, browser_hash(address, key)));
            headers
        };
        let plain = of_request(&app, &opening);
        assert_eq!(open(&day, &plain).await.expect_problem(409), "safe-browser-needed");
        let other = with(EXAM_KEY_HEADER, &address, &"cd".repeat(32), plain.clone());
        assert_eq!(open(&day, &other).await.expect_problem(409), "safe-browser-needed");
        open(&day, &with(EXAM_KEY_HEADER, &address, &listed, plain)).await.expect(200);
        let page = format!("{}/exams", app.cx.config.public_url);
        open(&day, &with(PAGE_EXAM_HEADER, &page, &listed, of_page(&app, &page))).await.expect(200);
    }

    async fn the_keys_of_a_plan_are_keys_and_are_told_to_who_plans_alone(app) {
        let world = World::draft(&app, 1).await;
        let plan = |keys: Value| {
            json!({ "title": "Locked", "course_id": world.course_id, "paper_id": world.paper_id,
                "starts_at": app.began.plus_s(STARTS_AFTER_S), "duration_min": DURATION_MIN,
                "rules": LOCKED, "browser_exam_keys": keys })
        };
        let office = &world.administrators[0];
        let refused = office.post("/api/v1/exam_sessions", &plan(json!(["AB".repeat(32), "12"]))).await.expect(422);
        let error = &refused["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/browser_exam_keys/1"), &json!("wrong-value")));
        let made = office.post("/api/v1/exam_sessions", &plan(json!(["AB".repeat(32)]))).await.expect(201);
        assert_eq!(made["browser_exam_keys"], json!(["ab".repeat(32)]), "as they are compared");
        assert_eq!(made["rules"]["needs_safe_browser"], true);
        let exams = world.candidates[0].client.get("/api/v1/me/exams").await;
        assert!(!String::from_utf8_lossy(&exams.bytes).contains(&"ab".repeat(32)));
        let path = format!("/api/v1/exam_sessions/{}", made["id"].as_str().unwrap());
        for (reader, told) in [(office, json!(["ab".repeat(32)])), (&world.marker, json!([]))] {
            assert_eq!(reader.get(&path).await.expect(200)["browser_exam_keys"], told);
            let listed = reader.get("/api/v1/exam_sessions").await.expect(200);
            let found = listed["items"].as_array().unwrap().iter().find(|item| item["id"] == made["id"]).unwrap();
            assert_eq!(found["browser_exam_keys"], told);
        }
        let invigilator = app.staff("jiankao", Role::Invigilator, "33").await;
        assert_eq!(invigilator.get(&path).await.expect_problem(404), "not-found");
    }

    async fn whom_the_room_lets_go_on_without_it_needs_none(app) {
        let day = begun(&app, LOCKED).await;
        let none = Headers::new();
        assert_eq!(day.seat(0).await["needs_safe_browser"], true);
        let unsaid = waive(&day, Value::Null).await.expect(422);
        assert_eq!(unsaid["errors"][0]["pointer"], "/text");
        let noted = audited(&app, "keep_exam_room").await.len();
        waive(&day, json!("电脑打不开")).await.expect(200);
        let acts = audited(&app, "keep_exam_room").await;
        assert_eq!((acts.len(), &acts[noted]["act"]), (noted + 1, &json!("waive_safe_browser")));
        assert_eq!(day.seat(0).await["needs_safe_browser"], false);
        assert_eq!(day.world.view(0).await["needs_safe_browser"], false);
        get(&day, &day.world.path(0, "key"), &none).await.expect(200);
        open(&day, &none).await.expect(200);
        open(&day, &none).await.expect(200);
        assert_eq!(waive(&day, json!("再来一次")).await.expect_problem(409), "wrong-state");
    }

    async fn a_test_of_any_browser_asks_for_nothing(app) {
        let day = Day::started(&app, 1).await;
        assert_eq!(day.world.view(0).await["needs_safe_browser"], false);
        assert_eq!(waive(&day, json!("没有要求")).await.expect_problem(409), "wrong-state");
        get(&day, &day.world.path(0, "key"), &Headers::new()).await.expect(200);
        Device::open(&day.world, 0, 1, false).await;
    }

    async fn the_file_of_settings_is_there_for_everybody_and_holds_no_key(app) {
        let file = app.stranger().get("/api/v1/safe_browser_config").await;
        assert_eq!((file.status, &file.headers["content-type"]), (200, &"application/seb".parse().unwrap()));
        let settings = exam_settings(&app.cx.config.public_url);
        assert_eq!(String::from_utf8(file.bytes).unwrap(), settings.plist());
        assert!(!settings.plist().contains(&settings.config_key()));
    }

    async fn who_begins_was_let_in_where_the_test_says_so(app) {
        let day = begun(&app, ADMITTING).await;
        let key = day.world.path(0, "key");
        assert_eq!(get(&day, &key, &Headers::new()).await.expect_problem(409), "admission-needed");
        assert_eq!(Device::opened(&day.world, 0, 1, false).await.expect_problem(409), "admission-needed");
        let act = json!({ "kind": "admit", "ticket_number": day.ticket(0).await, "document_matches": true,
            "photo_matches": true });
        day.act(&day.invigilator, &act).await.expect(200);
        get(&day, &key, &Headers::new()).await.expect(200);
        assert_eq!(Device::open(&day.world, 0, 1, false).await.epoch, 1);
    }

    async fn who_has_no_seat_waits_for_nobody_to_let_them_in(app) {
        let world = World::armed(&app, 1).await;
        let rules = serde_json::to_string(&ADMITTING).unwrap();
        execute(&app, &format!("UPDATE exam_session SET rules = '{rules}'")).await;
        let world = world.started(&app).await;
        assert_eq!(Device::open(&world, 0, 1, false).await.epoch, 1);
    }
}
