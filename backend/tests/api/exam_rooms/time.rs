//! Working time that stands still and is given back: every device learns of it, and nothing ends before it.

use super::{Day, heartbeat};
use crate::{
    exam_world::{DURATION_MIN, Device, STARTS_AFTER_S},
    support::{db_tests, execute},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::time::Timestamp;

/// Seconds until the last second of the working time.
const WHOLE_S: i64 = DURATION_MIN as i64 * 60;

fn instant(value: &Value) -> Timestamp {
    serde_json::from_value(value.clone()).unwrap()
}

/// By how many seconds a candidate's working time ends later than planned.
async fn later_s(day: &Day, candidate: usize) -> i64 {
    let view = day.world.view(candidate).await;
    instant(&view["deadline"]).ms_since(instant(&view["starts_at"])) / 1_000 - WHOLE_S
}

db_tests! {
    async fn a_pause_stops_the_time_and_is_given_back(app) {
        let mut day = Day::started(&app, 2).await;
        Device::open(&day.world, 0, 1, false).await;
        let ticket = day.ticket(0).await;
        let pause = json!({ "kind": "pause", "ticket_number": ticket, "text": "设备故障" });
        day.act(&day.invigilator, &pause).await.expect(200);
        assert_eq!(day.act(&day.invigilator, &pause).await.expect_problem(409), "wrong-state", "it stands still");
        day.world.later(&app, 90).await;
        assert_eq!((later_s(&day, 0).await, later_s(&day, 1).await), (90, 0), "the end moves on while it stands still");
        assert!(!day.world.view(0).await["paused_at"].is_null());
        let resume = json!({ "kind": "resume", "ticket_number": ticket });
        day.act(&day.invigilator, &resume).await.expect(200);
        day.world.later(&app, 60).await;
        assert_eq!((later_s(&day, 0).await, later_s(&day, 1).await), (90, 0));
        let seat = day.seat(0).await;
        assert_eq!((&seat["returned_s"], &seat["paused_at"]), (&json!(90), &Value::Null));
    }

    async fn a_whole_room_is_paused_and_who_is_over_is_passed_over(app) {
        let mut day = Day::started(&app, 2).await;
        let device = Device::open(&day.world, 0, 1, false).await;
        device.submit(&day.world).await.expect(200);
        day.act(&day.invigilator, &json!({ "kind": "pause", "text": "停电" })).await.expect(200);
        assert_eq!((&day.seat(0).await["state"], &day.seat(1).await["state"]), (&json!("submitted"), &json!("paused")));
        day.world.later(&app, 30).await;
        day.act(&day.invigilator, &json!({ "kind": "resume" })).await.expect(200);
        assert_eq!((later_s(&day, 0).await, later_s(&day, 1).await), (0, 30));
        let nothing = day.act(&day.invigilator, &json!({ "kind": "resume" })).await;
        assert_eq!(nothing.expect_problem(409), "wrong-state");
    }

    async fn what_stands_still_is_not_closed_and_takes_answers_after_the_planned_end(app) {
        let mut day = Day::started(&app, 1).await;
        let mut device = Device::open(&day.world, 0, 1, false).await;
        day.world.later(&app, WHOLE_S - 60).await;
        let invigilator = app.log_in("jiankao").await;
        day.act(&invigilator, &json!({ "kind": "pause", "text": "停电" })).await.expect(200);
        day.world.later(&app, 300).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.receipt(0).await, Value::Null);
        let entry = device.answer(&day.world, 0, 1);
        let acks = device.send(&day.world, &[entry]).await.expect(200);
        assert!(instant(&acks["deadline"]) > app.cx.clock.now(), "{acks}");
        day.act(&invigilator, &json!({ "kind": "resume" })).await.expect(200);
        day.world.later(&app, 91).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.receipt(0).await["answered"], 1);
    }

    async fn a_pause_that_nobody_ends_gives_half_an_hour_and_then_the_test_ends(app) {
        let mut day = Day::started(&app, 1).await;
        Device::open(&day.world, 0, 1, false).await;
        day.act(&day.invigilator, &json!({ "kind": "pause", "text": "停电" })).await.expect(200);
        day.world.later(&app, WHOLE_S + 30 * 60 + 20).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.receipt(0).await, Value::Null);
        day.world.later(&app, 20).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.receipt(0).await["by_candidate"], false);
    }

    async fn time_is_given_to_a_candidate_a_room_a_site_and_everybody(app) {
        let day = Day::started(&app, 2).await;
        let extend = async |to: Value| {
            let mut body = json!({ "minutes": 5, "reason": "开考延迟" });
            body.as_object_mut().unwrap().extend(to.as_object().unwrap().clone());
            day.extend(&body).await.expect(200)
        };
        assert_eq!(extend(json!({ "ticket_number": day.ticket(0).await })).await["extended"], 1);
        assert_eq!((later_s(&day, 0).await, later_s(&day, 1).await), (300, 0));
        assert_eq!(extend(json!({ "exam_room_id": day.site.room })).await["extended"], 2);
        assert_eq!(extend(json!({ "exam_site_id": day.site.id })).await["extended"], 2);
        assert_eq!(extend(json!({})).await, json!({ "extended": 2, "passed_over": 0, "is_waiting": false }));
        assert_eq!((later_s(&day, 0).await, later_s(&day, 1).await), (1_200, 900));
        for _ in 0..2 {
            extend(json!({})).await;
        }
        assert_eq!(extend(json!({})).await, json!({ "extended": 1, "passed_over": 1, "is_waiting": false }), "half an hour in all");
        let much = json!({ "kind": "return_time", "ticket_number": day.ticket(0).await, "minutes": 1, "text": "断电" });
        assert_eq!(day.act(&day.invigilator, &much).await.expect_problem(409), "wrong-state");
        let nowhere = day.extend(&json!({ "minutes": 5, "reason": "断电", "exam_room_id": day.site.id })).await.expect(422);
        assert_eq!(nowhere["errors"][0]["pointer"], "/exam_room_id");
        let progress = format!("/api/v1/exam_sessions/{}/progress", day.world.exam_session_id);
        let progress = day.world.administrators[1].get(&progress).await.expect(200);
        assert_eq!(progress["acts"].as_array().unwrap().len(), 7);
        assert_eq!((&progress["acts"][0]["kind"], &progress["acts"][0]["minutes"]), (&json!("return_time"), &json!(5)));
    }

    async fn more_than_half_an_hour_is_given_by_two_persons(app) {
        let mut day = Day::started(&app, 2).await;
        Device::open(&day.world, 0, 1, false).await;
        let (ticket, progress) = (day.ticket(0).await, format!("/api/v1/exam_sessions/{}/progress", day.world.exam_session_id));
        day.extend(&json!({ "ticket_number": ticket, "minutes": 30, "reason": "设备故障" })).await.expect(200);
        let body = json!({ "ticket_number": ticket, "minutes": 10, "reason": "停电四十分钟", "is_beyond": true });
        assert_eq!(day.extend(&body).await.expect(200)["is_waiting"], true);
        assert_eq!(later_s(&day, 0).await, 1_800, "nothing is given yet");
        let waiting = day.world.administrators[1].get(&progress).await.expect(200)["waiting_extensions"].clone();
        let [one] = waiting.as_array().unwrap().as_slice() else { panic!("{waiting}") };
        assert_eq!((&one["minutes"], &one["ticket_number"], &one["reason"]), (&json!(10), &ticket, &json!("停电四十分钟")));
        let decisions = format!("/api/v1/exam_sessions/{}/extension_decisions", day.world.exam_session_id);
        let confirm = json!({ "extension_id": one["id"], "is_confirmed": true });
        let [first, second] = [&day.world.administrators[0], &day.world.administrators[1]];
        assert_eq!(first.post(&decisions, &confirm).await.expect_problem(409), "second-person-needed");
        let given = json!({ "extended": 1, "passed_over": 0, "is_waiting": false });
        for _ in 0..2 {
            assert_eq!(second.post(&decisions, &confirm).await.expect(200), given, "a repeat gives it once");
        }
        assert_eq!((later_s(&day, 0).await, later_s(&day, 1).await), (2_400, 0));
        assert_eq!(day.seat(0).await["returned_s"], 2_400);
        assert_eq!(second.get(&progress).await.expect(200)["waiting_extensions"], json!([]));
        let other = json!({ "extension_id": one["id"], "is_confirmed": false });
        assert_eq!(second.post(&decisions, &other).await.expect_problem(409), "wrong-state");
        // More than half an hour at once waits, too; who proposed it takes it back.
        assert_eq!(day.extend(&json!({ "minutes": 31, "reason": "停电" })).await.expect(200)["is_waiting"], true);
        let waits = first.get(&progress).await.expect(200)["waiting_extensions"][0]["id"].clone();
        let drop = json!({ "extension_id": waits, "is_confirmed": false });
        assert_eq!(first.post(&decisions, &drop).await.expect(200)["extended"], 0);
        let late = json!({ "extension_id": waits, "is_confirmed": true });
        assert_eq!(second.post(&decisions, &late).await.expect_problem(409), "wrong-state");
        assert_eq!(later_s(&day, 1).await, 0);
        let alone = app.cx.db.write_journal(async |tx| {
            tx.execute_unprepared("UPDATE extension_proposal SET confirmed_by = proposed_by").await?;
            Ok(())
        });
        assert!(alone.await.is_err(), "the store itself keeps them apart");
        // What two gave leaves the half hour of one as it was: a pause still moves the end.
        day.act(&day.invigilator, &json!({ "kind": "pause", "text": "停电" })).await.expect(200);
        day.world.later(&app, 60).await;
        assert_eq!(later_s(&day, 1).await, 60);
    }

    async fn time_that_is_given_back_ends_at_the_hard_stop(app) {
        let mut day = Day::started(&app, 1).await;
        Device::open(&day.world, 0, 1, false).await;
        let stop = app.began.plus_s(STARTS_AFTER_S + WHOLE_S + 150);
        execute(&app, &format!("UPDATE exam_session SET hard_stop_at = {}", stop.0)).await;
        day.extend(&json!({ "minutes": 5, "reason": "停电" })).await.expect(200);
        assert_eq!(later_s(&day, 0).await, 120, "30 seconds are left for the network");
        day.act(&day.invigilator, &json!({ "kind": "pause", "text": "停电" })).await.expect(200);
        day.world.later(&app, 60).await;
        assert_eq!(later_s(&day, 0).await, 120, "a pause moves it no further");
        // A stop before what was planned takes nothing away.
        execute(&app, &format!("UPDATE exam_session SET hard_stop_at = {}", app.began.0)).await;
        assert_eq!(later_s(&day, 0).await, 0);
    }

    async fn time_that_is_given_twice_by_a_repeat_is_given_once(app) {
        let day = Day::started(&app, 1).await;
        let path = format!("/api/v1/exam_sessions/{}/extensions", day.world.exam_session_id);
        let body = json!({ "minutes": 5, "reason": "断电" });
        let give = || {
            let request = day.world.administrators[0].request(reqwest::Method::POST, &path);
            request.header("idempotency-key", "once").json(&body)
        };
        for _ in 0..2 {
            assert_eq!(crate::support::send(give()).await.expect(200)["extended"], 1);
        }
        assert_eq!(later_s(&day, 0).await, 300);
        assert_eq!(day.head.post(&path, &body).await.expect_problem(404), "not-found", "the site head has rooms");
    }

    async fn a_device_that_asks_learns_of_each_news_that_is_for_it(app) {
        let day = Day::started(&app, 2).await;
        let news = async |candidate: usize, heard: u64| {
            day.beat(candidate, &heartbeat(heard)).await.expect(200)["news"].as_u64().unwrap()
        };
        assert_eq!((news(0, 0).await, news(1, 0).await), (0, 0));
        let ticket = day.ticket(0).await;
        let say = json!({ "kind": "announce", "ticket_number": ticket, "text": "请把手机交上来" });
        day.act(&day.invigilator, &say).await.expect(200);
        let heard = waited(&day, 0, 0).await;
        assert_eq!((heard, news(1, 0).await), (1, 0), "it was said to one of them");
        day.extend(&json!({ "minutes": 5, "reason": "开考延迟" })).await.expect(200);
        assert_eq!((waited(&day, 0, 1).await, waited(&day, 1, 0).await), (2, 2));
        let view = day.world.view(0).await;
        assert_eq!(view["announcements"][0]["text"], "请把手机交上来");
        assert_eq!(day.world.view(1).await["announcements"], json!([]));
        assert_eq!(day.beat(0, &heartbeat(0)).await.status, 200);
        let other = day.world.candidates[1].client.post(&day.world.path(0, "heartbeat"), &heartbeat(0)).await;
        assert_eq!(other.expect_problem(404), "not-found");
    }
}

/// The next news for a candidate's device, which waits for it.
async fn waited(day: &Day, candidate: usize, heard: u64) -> u64 {
    let mut waiting = heartbeat(heard);
    waiting["wait_s"] = json!(20);
    day.beat(candidate, &waiting).await.expect(200)["news"].as_u64().unwrap()
}
