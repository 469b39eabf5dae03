//! Candidates with a phone are told by text when they may not sit their test, when it is put off or called off, and when
//! they sit elsewhere.

use crate::{
    accommodations::Bureaus,
    exam_world::{STARTS_AFTER_S, World},
    qualification_reviews::{decide, opened, register},
    support::{TestApp, db_tests, send},
};
use backend::platform::config::SmsConfig;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The phone that the school recorded.
pub(crate) const PHONE: &str = "19900009137";
const DAY_S: i64 = 86_400;

/// The same system, whose messages are lines of a file.
pub(crate) fn texting(app: TestApp) -> (TestApp, PathBuf) {
    let file = app.store.folder().join("texts.jsonl");
    let carrier = Some(SmsConfig::File(file.clone()));
    (app.configured(|config| config.sms = carrier), file)
}

/// What has left by now.
pub(crate) async fn told(app: &TestApp, file: &Path) -> Vec<Value> {
    app.jobs.run_due().await.unwrap();
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Two candidates, of whom a school has recorded the phone of one.
async fn arranged(app: &TestApp) -> World {
    let world = World::arranged(app, 2).await;
    Bureaus::of(app, "learner-0").await;
    world
}

async fn postpone(world: &World, app: &TestApp, days: i64) {
    let path = format!("/api/v1/exam_sessions/{}/postpone", world.exam_session_id);
    let version = world.exam_session().await["version"].clone();
    let body = json!({ "starts_at": app.began.plus_s(STARTS_AFTER_S + days * DAY_S), "reason": "台风停考" });
    let request = world.administrators[0].request(Method::POST, &path).header("if-match", format!("\"{version}\""));
    send(request.json(&body)).await.expect(200);
}

async fn cancel(world: &World) {
    let path = format!("/api/v1/exam_sessions/{}/cancel", world.exam_session_id);
    world.administrators[0].post(&path, &json!({ "reason": "台风停考" })).await.expect(200);
}

/// Draws a plan of seats in a room of the site, and makes it hold.
async fn seat(world: &World, site: &Value, seed: u32) {
    let path = format!("/api/v1/exam_sessions/{}/seat_plans", world.exam_session_id);
    let wanted = json!({ "sites": [{ "exam_site_id": site, "serves": ["330502"] }], "accessible": [], "seed": seed });
    let plan = world.administrators[0].post(&path, &wanted).await.expect(201);
    let confirm = format!("/api/v1/seat_plans/{}/confirm", plan["id"].as_str().unwrap());
    world.administrators[0].post(&confirm, &json!({})).await.expect(200);
}

/// A site with a room for two.
async fn site(world: &World, name: &str) -> Value {
    let site = json!({ "name": name, "division": "330502", "address": "1 号", "capacity": 120, "is_accessible": true,
        "contact_name": "甲", "contact_phone": "0572-0000001", "state": "open" });
    let client = &world.administrators[0];
    let site = client.post("/api/v1/exam_sites", &site).await.expect(201)["id"].clone();
    let room = json!({ "number": 1, "name": "A101", "rows": 2, "columns": 3, "capacity": 2, "accessible_seats": [6],
        "has_extra_time": false, "state": "open" });
    client.post(&format!("/api/v1/exam_sites/{}/rooms", site.as_str().unwrap()), &room).await.expect(201);
    site
}

db_tests! {
    async fn who_has_a_phone_is_told_that_the_test_is_put_off_and_called_off(app) {
        let (app, file) = texting(app);
        let world = arranged(&app).await;
        postpone(&world, &app, 1).await;
        let first = told(&app, &file).await;
        assert_eq!(first.len(), 1, "{first:?}");
        assert_eq!((&first[0]["template"], &first[0]["phone"]), (&json!("exam_postponed"), &json!(PHONE)));
        let text = "Test原定 2026-11-23 09:01 开考，现改到 2026-11-24 09:01。原因和准考证请登录平台查看。";
        assert_eq!(first[0]["text"], text);
        cancel(&world).await;
        cancel(&world).await;
        let both = told(&app, &file).await;
        assert_eq!(both.len(), 2, "once for each: {both:?}");
        assert_eq!((&both[1]["template"], &both[1]["parameters"]["from"]), (&json!("exam_cancelled"), &json!("2026-11-24 09:01")));
    }

    async fn who_is_refused_is_told_and_who_is_approved_reads_it(app) {
        let (app, file) = texting(app);
        let world = opened(&app, 2, "school").await;
        Bureaus::of(&app, "learner-0").await;
        let school = app.staff("xuexiao", Role::SchoolOffice, "330502").await;
        register(&world, 1).await;
        decide(&school, &school, true, "").await.expect(200);
        assert_eq!(told(&app, &file).await, [] as [Value; 0]);
        register(&world, 0).await;
        assert_eq!(decide(&school, &school, false, "学籍有误").await.expect(200)["reviewed"], 1);
        let told = told(&app, &file).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&told[0]["template"], &told[0]["phone"]), (&json!("exam_refused"), &json!(PHONE)));
        let text = "您的报名没有通过审核：Test。原因请登录平台查看，能改正的请在报名截止以前重新报名。";
        assert_eq!(told[0]["text"], text);
    }

    async fn what_comes_too_late_is_told_to_nobody(app) {
        let (app, file) = texting(app);
        let mut world = arranged(&app).await;
        world.later(&app, STARTS_AFTER_S + 1).await;
        cancel(&world).await;
        assert_eq!(told(&app, &file).await, [] as [Value; 0], "nobody armed it, and its time is over");
    }

    async fn who_sits_elsewhere_is_told_and_nobody_else(app) {
        let (app, file) = texting(app);
        let world = arranged(&app).await;
        backend::organisation::load_divisions(&app.cx).await.unwrap();
        let (here, there) = (site(&world, "甲考点").await, site(&world, "乙考点").await);
        seat(&world, &here, 7).await;
        assert_eq!(told(&app, &file).await, [] as [Value; 0], "nobody knew of another seat");
        seat(&world, &here, 7).await;
        assert_eq!(told(&app, &file).await, [] as [Value; 0], "the same seats again are no news");
        seat(&world, &there, 7).await;
        let told = told(&app, &file).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&told[0]["template"], &told[0]["phone"]), (&json!("exam_reseated"), &json!(PHONE)));
    }
}
