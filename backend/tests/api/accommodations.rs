//! What a candidate needs at tests: applied for with a paper, granted by county and city, and used by the sitting, the
//! seat, the player and the server that closes.

use crate::{
    enrolment::Desk,
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S, World},
    people::{audited, canary::dump},
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::waiting,
};
use futures::future::join;
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{rights::Role, sittings::MAX_ACCOMMODATION_PHOTOS};
use std::io::Cursor;

const OWN: &str = "/api/v1/me/accommodations";
/// 30 % of the working time, in minutes.
const EXTRA_MIN: i64 = 18;
/// Words that stand in no table in plain.
const REASON: &str = "右手骨折不能久写";
/// The same of what the offices say.
const ANSWER: &str = "骨折诊断书属实";

/// A learner of the world whom a school has a record of, and the bureaus above it.
pub(crate) struct Bureaus {
    county: Client,
    city: Client,
}

impl Bureaus {
    /// Gives a candidate of the world a record of the senior level.
    pub(crate) async fn of(app: &TestApp, candidate: &str) -> Self {
        let desk = Desk::open(app).await;
        desk.register(&desk.enrol(2).await).await;
        let account = format!("(SELECT id FROM account WHERE login_name = '{candidate}')");
        execute(app, &format!("UPDATE student_record SET account_id = {account}")).await;
        Self { county: app.log_in("county").await, city: app.log_in("city").await }
    }

    /// Has something granted that was applied for.
    async fn grant(&self, applied: &Value) -> Value {
        decide(&self.county, applied, "check", true).await.expect(200);
        decide(&self.city, applied, "confirm", true).await.expect(200)
    }

    /// A candidate applies with a paper, and is granted it.
    pub(crate) async fn give(&self, candidate: &Client, wanted: &Value) -> Value {
        let applied = apply(candidate, wanted).await.expect(201)[0].clone();
        add_photo(candidate, &applied).await.expect(201);
        self.grant(&applied).await
    }
}

/// Needs with these.
pub(crate) fn needs(extra_pct: u8, needed: &[&str]) -> Value {
    let is = |name: &str| needed.contains(&name);
    json!({ "extra_pct": extra_pct, "needs_separate_room": is("room"), "needs_large_print": is("print"),
        "needs_accessible": is("seat") })
}

async fn apply(client: &Client, needs: &Value) -> Reply {
    client.post(OWN, &json!({ "needs": needs, "reason": REASON })).await
}

async fn add_photo(client: &Client, applied: &Value) -> Reply {
    let mut photo = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(8, 8).write_to(&mut photo, ImageFormat::Png).unwrap();
    let path = format!("{OWN}/{}/photo", applied["id"].as_str().unwrap());
    send(client.request(Method::POST, &path).body(photo.into_inner())).await
}

fn path(applied: &Value, verb: &str) -> String {
    format!("/api/v1/accommodations/{}/{verb}", applied["id"].as_str().unwrap())
}

async fn decide(client: &Client, applied: &Value, verb: &str, is_granted: bool) -> Reply {
    let decision = json!({ "is_granted": is_granted, "reason": ANSWER });
    client.post(&path(applied, verb), &decision).await
}

/// When a working time of so many minutes ends.
fn end_after(app: &TestApp, minutes: i64) -> Value {
    json!(app.began.plus_s(STARTS_AFTER_S + minutes * 60))
}

db_tests! {
    async fn what_is_granted_reaches_the_sitting_the_player_and_who_closes(app) {
        let world = World::draft(&app, 2).await;
        let bureaus = Bureaus::of(&app, "learner-0").await;
        let granted = bureaus.give(&world.candidates[0].client, &needs(30, &["print"])).await;
        assert_eq!(granted["state"], "granted");
        let mut world = world.into_armed().await.started(&app).await;
        let usual = i64::from(DURATION_MIN);
        let [longer, other] = [world.view(0).await, world.view(1).await];
        assert_eq!(longer["deadline"], end_after(&app, usual + EXTRA_MIN));
        assert_eq!(other["deadline"], end_after(&app, usual));
        assert_eq!((&longer["needs_large_print"], &other["needs_large_print"]), (&json!(true), &json!(false)));

        let invigilator = app.staff("jiankao", Role::Invigilator, "330502").await;
        let there = format!("/api/v1/exam_sessions/{}/sign_in_list", world.exam_session_id);
        let there = invigilator.get(&there).await.expect(200)["candidates"].clone();
        let extra = |name: &str| {
            let row = there.as_array().unwrap().iter().find(|row| row["candidate_name"] == name);
            row.unwrap()["extra_min"].clone()
        };
        assert_eq!((extra("learner-0"), extra("learner-1")), (json!(EXTRA_MIN), json!(0)), "who is there knows");

        let mut device = Device::open(&world, 0, 1, false).await;
        Device::open(&world, 1, 2, false).await;
        world.later(&app, usual * 60 + 31).await;
        world.settle(&app).await;
        assert_eq!(world.receipt(0).await, Value::Null, "who has extra time works on");
        assert_ne!(world.receipt(1).await, Value::Null);
        let entry = device.answer(&world, 0, 0);
        device.send(&world, &[entry]).await.expect(200);
        world.later(&app, EXTRA_MIN * 60).await;
        world.settle(&app).await;
        assert_ne!(world.receipt(0).await, Value::Null);
        assert_eq!(world.stored(&app, 0).await, 1);
    }

    async fn what_is_granted_after_the_arrangement_reaches_it_and_stays(app) {
        let world = World::arranged(&app, 1).await;
        let bureaus = Bureaus::of(&app, "learner-0").await;
        let client = &world.candidates[0].client;
        let ends_at = async || client.get("/api/v1/me/exams").await.expect(200)[0]["ends_at"].clone();
        let usual = i64::from(DURATION_MIN);
        assert_eq!(ends_at().await, end_after(&app, usual));
        let granted = bureaus.give(client, &needs(30, &[])).await;
        assert_eq!(ends_at().await, end_after(&app, usual + EXTRA_MIN));
        let reached = json!([world.sitting(0)]);
        assert!(audited(&app, "confirm_accommodation").await.iter().any(|noted| noted["sittings"] == reached));
        let withdraw = format!("{OWN}/{}/withdraw", granted["id"].as_str().unwrap());
        for _ in 0..2 {
            assert_eq!(client.post(&withdraw, &json!({})).await.expect(200)[0]["state"], "withdrawn");
        }
        assert_eq!(ends_at().await, end_after(&app, usual + EXTRA_MIN), "nobody loses what they were told");
    }

    async fn county_and_city_decide_by_the_paper_one_after_the_other(app) {
        let world = World::draft(&app, 2).await;
        let client = &world.candidates[0].client;
        assert_eq!(apply(client, &needs(30, &[])).await.expect_problem(409), "wrong-state", "without a record");
        let Bureaus { county, city } = Bureaus::of(&app, "learner-0").await;
        let wrong = apply(client, &needs(31, &[])).await.expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/needs/extra_pct");
        assert_eq!(apply(client, &needs(0, &[])).await.expect(422)["errors"][0]["pointer"], "/needs");
        let applied = apply(client, &needs(50, &["room", "seat"])).await.expect(201)[0].clone();
        assert_eq!(apply(client, &needs(30, &[])).await.expect_problem(409), "wrong-state", "one waits");
        assert_eq!(waiting(&county, "accommodations_to_check").await, 0, "there is no paper");
        assert_eq!(decide(&county, &applied, "check", true).await.expect_problem(409), "wrong-state");
        add_photo(client, &applied).await.expect(201);
        add_photo(&world.candidates[1].client, &applied).await.expect(404);
        assert_eq!(waiting(&county, "accommodations_to_check").await, 1);
        assert_eq!(decide(&city, &applied, "confirm", true).await.expect_problem(409), "wrong-state");
        let shown = county.get(&format!("/api/v1/accommodations/{}", applied["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&shown["reason"], &shown["turn"]), (&json!(REASON), &json!("county")));
        assert!(!county.post(&path(&applied, "photo/look"), &json!({})).await.bytes.is_empty());
        assert!(audited(&app, "check_accommodation").await.iter().any(|noted| noted["photo"].is_string()));

        let checked = decide(&county, &applied, "check", true).await.expect(200);
        assert_eq!((&checked["state"], &checked["turn"]), (&json!("checked"), &Value::Null));
        add_photo(client, &applied).await.expect_problem(409);
        assert_eq!(waiting(&city, "accommodations_to_confirm").await, 1);
        let refused = decide(&city, &applied, "confirm", false).await.expect(200);
        assert_eq!(refused["answers"].as_array().unwrap().len(), 2);
        assert_eq!(decide(&city, &applied, "confirm", true).await.expect_problem(409), "wrong-state");
        let own = client.get(OWN).await.expect(200);
        assert_eq!((&own[0]["state"], &own[0]["answers"][1]["by_name"]), (&json!("refused"), &Value::Null));
        assert_eq!((&own[0]["answers"][0]["reason"], &own[0]["answers"][1]["reason"]), (&json!(ANSWER), &json!(ANSWER)));
        let stored = dump(&app).await;
        assert!(!stored.contains(REASON), "why somebody needs it lies sealed");
        assert!(!stored.contains(ANSWER), "and so does what the offices said");
    }

    async fn an_office_without_a_say_reads_nothing_of_it(app) {
        let world = World::draft(&app, 1).await;
        let Bureaus { county, city } = Bureaus::of(&app, "learner-0").await;
        let client = &world.candidates[0].client;
        let applied = apply(client, &needs(30, &[])).await.expect(201)[0].clone();
        add_photo(client, &applied).await.expect(201);
        let one = format!("/api/v1/accommodations/{}", applied["id"].as_str().unwrap());
        let listed = async |client: &Client| {
            client.get("/api/v1/accommodations").await.expect(200)["items"].as_array().unwrap().len()
        };
        city.get(&one).await.expect(200);
        execute(&app, "UPDATE accommodation SET level = 'junior'").await;
        assert_eq!((listed(&county).await, listed(&city).await), (1, 0));
        county.get(&one).await.expect(200);
        assert_eq!(city.get(&one).await.expect_problem(404), "not-found");
        assert_eq!(city.post(&path(&applied, "photo/look"), &json!({})).await.expect_problem(404), "not-found");
        assert_eq!(decide(&city, &applied, "confirm", true).await.expect_problem(404), "not-found");
        assert_eq!(decide(&county, &applied, "check", true).await.expect(200)["state"], "granted");
    }

    async fn of_two_applications_at_one_moment_one_waits(app) {
        let world = World::draft(&app, 1).await;
        Bureaus::of(&app, "learner-0").await;
        let (client, wanted) = (&world.candidates[0].client, needs(30, &[]));
        let (one, other) = join(apply(client, &wanted), apply(client, &wanted)).await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }

    async fn a_photo_is_put_in_the_place_of_another_a_few_times(app) {
        let world = World::draft(&app, 1).await;
        Bureaus::of(&app, "learner-0").await;
        let client = &world.candidates[0].client;
        let applied = apply(client, &needs(30, &[])).await.expect(201)[0].clone();
        for _ in 0..MAX_ACCOMMODATION_PHOTOS {
            add_photo(client, &applied).await.expect(201);
        }
        assert_eq!(add_photo(client, &applied).await.expect_problem(409), "wrong-state");
    }

    async fn what_is_granted_until_a_day_does_not_count_after_it(app) {
        let world = World::arranged(&app, 1).await;
        let bureaus = Bureaus::of(&app, "learner-0").await;
        let client = &world.candidates[0].client;
        let applied = apply(client, &needs(30, &[])).await.expect(201)[0].clone();
        add_photo(client, &applied).await.expect(201);
        let until = |day: &str| json!({ "is_granted": true, "reason": "材料属实", "until": day });
        let past = bureaus.county.post(&path(&applied, "check"), &until("2026-11-22")).await.expect(422);
        assert_eq!(past["errors"][0]["pointer"], "/until");
        bureaus.county.post(&path(&applied, "check"), &until("2026-12-31")).await.expect(200);
        let granted = bureaus.city.post(&path(&applied, "confirm"), &until("2027-12-31")).await.expect(200);
        assert_eq!(granted["until"], "2026-12-31", "the earlier day holds");
        let exams = client.get("/api/v1/me/exams").await.expect(200);
        assert_eq!(exams[0]["ends_at"], end_after(&app, i64::from(DURATION_MIN) + EXTRA_MIN));
    }
}
