//! Study without a network: what a phone takes along, and how much of what it brings back counts.

use crate::{
    learning::{UNIT, studying},
    support::{Client, TestApp, db_tests, execute, send},
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{CourseId, OfflineEntryId, UnitId},
    item_bank::Response,
    learning::{HandInStudy, OfflineDeed, OfflineEntry},
    rights::Role,
    time::Timestamp,
};
use uuid::Uuid;

const PATH: &str = "/api/v1/me/offline_study";
/// What the phone's clock says when it is back: years behind.
const DEVICE_NOW: Timestamp = Timestamp(1_000_000_000_000);

/// A phone that keeps the only module.
struct Phone {
    course_id: CourseId,
    contact: String,
}

impl Phone {
    async fn of(learner: &Client) -> Self {
        let course_id: CourseId = own_course(learner).await["course"]["id"].as_str().unwrap().parse().unwrap();
        let package = learner.get(&module(course_id)).await.expect(200);
        Self { course_id, contact: package["contact"].as_str().unwrap().to_owned() }
    }

    fn entry(&self, id: u128, ago_s: i64, deed: OfflineDeed) -> OfflineEntry {
        OfflineEntry {
            id: OfflineEntryId(Uuid::from_u128(id)),
            course_id: self.course_id,
            version: 2,
            unit_id: UnitId(UNIT),
            contact: self.contact.clone(),
            at: DEVICE_NOW.plus_s(-ago_s),
            deed,
        }
    }

    /// A stretch of reading that began so long ago.
    fn read(&self, id: u128, ago_s: i64, duration_s: u32, read_pct: u8) -> OfflineEntry {
        self.entry(id, ago_s, OfflineDeed::Read { duration_ms: duration_s * 1_000, read_pct })
    }

    /// A try at an exercise.
    fn answered(&self, id: u128, ago_s: i64, exercise: u16, option: u16) -> OfflineEntry {
        self.entry(id, ago_s, OfflineDeed::Answered { exercise, response: Response::Single(option) })
    }
}

fn module(course_id: CourseId) -> String {
    format!("/api/v1/me/courses/{course_id}/modules/0")
}

async fn own_course(learner: &Client) -> Value {
    learner.get("/api/v1/me/courses").await.expect(200)[0].clone()
}

/// How many minutes the learner studied, and the progress of the unit.
async fn standing(learner: &Client) -> (u64, Value) {
    let course = own_course(learner).await;
    let unit = learner.get(&format!("/api/v1/me/units/{UNIT}")).await.expect(200)["progress"].clone();
    (course["standing"]["studied_minutes"].as_u64().unwrap(), unit)
}

async fn hand_in(learner: &Client, entries: Vec<OfflineEntry>) -> Vec<Value> {
    let reply = learner.post(PATH, &HandInStudy { device_now: DEVICE_NOW, entries }).await.expect(200);
    assert!(!reply["contact"].as_str().unwrap().is_empty());
    reply["acks"].as_array().unwrap().clone()
}

/// What became of each entry, and which field was at fault.
fn receipts(acks: &[Value]) -> Vec<(&str, &str)> {
    acks.iter().map(|ack| (word(&ack["receipt"]), word(&ack["errors"][0]["pointer"]))).collect()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The learner is back after so long.
async fn back_after(app: &TestApp, seconds: i64) -> Client {
    app.clock.advance_s(seconds);
    app.log_in("late").await
}

db_tests! {
    async fn a_module_is_taken_along_without_keys_and_known_again(app) {
        let learner = studying(&app).await;
        let course_id = Phone::of(&learner).await.course_id;
        let reply = learner.get(&module(course_id)).await;
        let tag = reply.headers["etag"].to_str().unwrap().to_owned();
        let package = reply.expect(200);
        assert_eq!((&package["version"], &package["title"], &package["index"]), (&json!(2), &json!("M"), &json!(0)));
        let online = learner.get(&format!("/api/v1/me/units/{UNIT}")).await.expect(200);
        assert_eq!(package["units"], json!([online]), "it is read as it is online");
        let text = package.to_string();
        assert!(text.contains("<math") && !text.contains("because") && !text.contains("\"key\""), "{text}");

        let again = || learner.request(Method::GET, &module(course_id)).header("if-none-match", &tag);
        let reply = send(again()).await;
        assert_eq!((reply.status, reply.bytes.len()), (304, 0));
        let beat = json!({ "stream": Uuid::from_u128(1), "read_pct": 40 });
        learner.post(&format!("/api/v1/me/units/{UNIT}/heartbeats"), &beat).await.expect(200);
        assert_eq!(send(again()).await.expect(200)["units"][0]["progress"]["read_pct"], 40);

        let map = learner.get(&format!("/api/v1/me/courses/{course_id}")).await.expect(200);
        assert_eq!(map["course"]["version"], 2);
        assert!(map["modules"][0]["bytes"].as_u64().unwrap() > 100, "{map}");
        learner.get(&format!("/api/v1/me/courses/{course_id}/modules/1")).await.expect(404);
        let (_, outsider) = app.learner("outsider").await;
        assert_eq!(outsider.get(&module(course_id)).await.expect_problem(404), "not-found");
    }

    async fn what_was_read_without_a_network_counts_once(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        let learner = back_after(&app, 3_600).await;
        let entries = || vec![phone.read(1, 3_000, 600, 60), phone.read(2, 1_200, 300, 95)];
        let acks = hand_in(&learner, entries()).await;
        assert_eq!(receipts(&acks), [("recorded", ""), ("recorded", "")]);
        assert_eq!((&acks[0]["credited_s"], &acks[1]["credited_s"]), (&json!(600), &json!(300)));
        let (minutes, unit) = standing(&learner).await;
        assert_eq!((minutes, &unit["read_pct"]), (15, &json!(95)));
        let acks = hand_in(&learner, entries()).await;
        assert_eq!(receipts(&acks), [("known", ""), ("known", "")], "the reply was lost");
        let (one, other) = join(hand_in(&learner, vec![phone.read(3, 60, 60, 95)]), hand_in(&learner, vec![phone.read(3, 60, 60, 95)])).await;
        let mut both = [receipts(&one)[0].0, receipts(&other)[0].0];
        both.sort_unstable();
        assert_eq!(both, ["known", "recorded"], "two at once count once");
        assert_eq!(standing(&learner).await.0, 16);
        assert_eq!(hand_in(&learner, Vec::new()).await, Vec::<Value>::new());
    }

    async fn nobody_collects_more_than_the_clock_and_the_rules_allow(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        let beat = |read_pct: u8| json!({ "stream": Uuid::from_u128(1), "read_pct": read_pct });
        let beats = format!("/api/v1/me/units/{UNIT}/heartbeats");
        for _ in 0..4 {
            app.clock.advance_s(30);
            learner.post(&beats, &beat(10)).await.expect(200);
        }
        let learner = back_after(&app, 480).await;
        let acks = hand_in(&learner, vec![phone.read(1, 9_999_999, 4_000_000, 10), phone.read(2, 300, 300, 10)]).await;
        assert_eq!((&acks[0]["credited_s"], &acks[1]["credited_s"]), (&json!(510), &json!(0)), "600 s passed, 90 s are known");
        assert_eq!(standing(&learner).await.0, 10);

        let learner = back_after(&app, 2 * 86_400).await;
        let acks = hand_in(&learner, vec![phone.read(3, 9_999_999, 4_000_000, 10)]).await;
        let credited = acks[0]["credited_s"].as_i64().unwrap();
        assert!(credited <= 3 * 4 * 3_600 && credited > 2 * 4 * 3_600, "{credited} s on three days");
    }

    async fn tries_are_checked_when_the_phone_is_back(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        let learner = back_after(&app, 900).await;
        let tries = vec![phone.answered(1, 600, 0, 1), phone.answered(2, 500, 1, 0), phone.answered(3, 400, 1, 1)];
        let acks = hand_in(&learner, tries.clone()).await;
        let verdicts: Vec<_> = acks.iter().map(|ack| ack["is_right"].clone()).collect();
        assert_eq!(verdicts, [json!(false), json!(false), json!(true)]);
        let told = acks[1]["key"].clone();
        assert_eq!(told["key_text"], "B", "as it is told at once");
        assert!(told["explanation_html"].as_str().unwrap().contains("because"), "{told}");
        let again = hand_in(&learner, tries).await;
        assert_eq!(receipts(&again), [("known", ""); 3]);
        assert_eq!((&again[1]["is_right"], &again[1]["key"]), (&json!(false), &told), "the reply was lost");
        let changed = hand_in(&learner, vec![phone.answered(2, 500, 1, 1)]).await;
        assert_eq!((receipts(&changed), &changed[0]["key"]), (vec![("known", "")], &Value::Null), "nothing is kept of it");
        assert_eq!(standing(&learner).await.1["exercises_done"], 1);
        let book = learner.get("/api/v1/me/mistakes").await.expect(200);
        let wrong: Vec<_> = book[0]["modules"][0]["mistakes"].as_array().unwrap().iter().map(|one| &one["wrong_tries"]).collect();
        assert_eq!(wrong, [&json!(1), &json!(1)], "each try is kept once");
    }

    async fn a_try_that_reached_the_server_is_kept_by_the_phone_in_vain(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        let answers = format!("/api/v1/me/units/{UNIT}/exercises/0/answers");
        let answer = json!({ "id": Uuid::from_u128(1), "response": Response::Single(1), "version": 2 });
        learner.post(&answers, &answer).await.expect(200);
        let learner = back_after(&app, 900).await;
        assert_eq!(receipts(&hand_in(&learner, vec![phone.answered(1, 600, 0, 1)]).await), [("known", "")]);
        learner.post(&answers, &answer).await.expect(200);
        let book = learner.get("/api/v1/me/mistakes").await.expect(200);
        assert_eq!(book[0]["modules"][0]["mistakes"][0]["wrong_tries"], 1, "by whichever way it came");
    }

    async fn what_is_wrong_with_an_entry_keeps_no_other_back(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        let learner = back_after(&app, 900).await;
        let mut elsewhere = phone.read(2, 60, 60, 50);
        elsewhere.unit_id = UnitId(Uuid::from_u128(99));
        let mut forged = phone.read(3, 60, 60, 50);
        forged.contact = "00".repeat(36);
        let mut old = phone.answered(5, 60, 0, 0);
        old.version = 1;
        let entries = vec![
            phone.read(1, 60, 60, 50), elsewhere, forged, phone.read(4, 60, 60, 101), old,
            phone.answered(6, 60, 9, 0), phone.answered(7, 60, 0, 7),
        ];
        let acks = hand_in(&learner, entries).await;
        let expected = [
            ("recorded", ""), ("refused", "/unit_id"), ("refused", "/contact"), ("refused", "/deed/read_pct"),
            ("refused", "/version"), ("refused", "/deed/exercise"), ("refused", "/deed/response"),
        ];
        assert_eq!(receipts(&acks), expected);
        assert_eq!(acks[4]["errors"][0]["detail"], "题目已经更新，请在新版本里再做一次");
        let many = (0..101).map(|id| phone.read(id, 1, 1, 1)).collect();
        let problem = learner.post(PATH, &HandInStudy { device_now: DEVICE_NOW, entries: many }).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/entries"), &json!("too-long")));
    }

    async fn another_learner_cannot_hand_in_with_the_note_of_this_one(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        let (_, other) = app.learner("other").await;
        assert_eq!(receipts(&hand_in(&other, vec![phone.read(1, 60, 60, 50)]).await), [("refused", "/contact")]);
        let staff = app.staff("author", Role::Teacher, "33").await;
        staff.post(PATH, &HandInStudy { device_now: DEVICE_NOW, entries: Vec::new() }).await.expect(403);
    }

    async fn who_left_the_class_meanwhile_loses_nothing_of_before_and_studies_no_more(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        // Five minutes before they are back.
        let left_at = app.cx.clock.now().plus_s(600);
        execute(&app, &format!("UPDATE class_member SET left_at = {}", left_at.0)).await;
        let learner = back_after(&app, 900).await;
        let entries = vec![phone.answered(1, 400, 0, 0), phone.read(2, 600, 500, 50), phone.answered(3, 100, 0, 0)];
        let acks = hand_in(&learner, entries).await;
        assert_eq!(receipts(&acks), [("recorded", ""), ("recorded", ""), ("refused", "/unit_id")]);
        assert_eq!((&acks[0]["is_right"], &acks[0]["key"]), (&json!(true), &Value::Null));
        assert!(acks[1]["credited_s"].as_u64().unwrap() <= 600, "what was read after that does not count");
    }

    async fn what_was_done_before_the_class_was_joined_does_not_count(app) {
        let learner = studying(&app).await;
        let phone = Phone::of(&learner).await;
        let joined_at = app.cx.clock.now().plus_s(600);
        execute(&app, &format!("UPDATE class_member SET joined_at = {}", joined_at.0)).await;
        let learner = back_after(&app, 900).await;
        let acks = hand_in(&learner, vec![phone.read(1, 800, 300, 50), phone.answered(2, 200, 0, 0)]).await;
        assert_eq!(receipts(&acks), [("refused", "/unit_id"), ("recorded", "")]);
    }
}
