//! Keys that are read out to a room without a network, and devices that began by them (ADR 53).

use super::{
    Day,
    answer_files::{file_of, room, upload},
};
use crate::{
    exam_world::{Device, STARTS_AFTER_S},
    people::audited,
    support::{Client, NO_ID, Reply, db_tests, execute},
};
use backend::platform::crypto;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use shared::{
    delivery::PROVISIONAL_EPOCH,
    ids::PaperId,
    papers::{paper_mark, read_spoken_key, spoken_wrapping_key},
    sittings::ExamRules,
};
use uuid::Uuid;

/// Seconds that the test takes.
const TEST_S: i64 = 60 * 60;

async fn read_out(day: &Day, by: &Client, room: &Value) -> Reply {
    let path = format!("/api/v1/exam_sessions/{}/spoken_keys", day.world.exam_session_id);
    by.post(&path, &json!({ "exam_room_id": room })).await
}

/// Reads the keys out in the room of the day.
async fn told(day: &Day) -> Value {
    read_out(day, &day.world.administrators[0], &day.site.room).await.expect(200)
}

/// A device of this name comes back that began at the start of the test, so many seconds ago.
async fn claimed(day: &Day, candidate: usize, device: u128) -> Reply {
    let starts_at = day.world.view(candidate).await["starts_at"].clone();
    let body = json!({ "device": Uuid::from_u128(device), "take_over": false, "began_at": starts_at });
    day.world.candidates[candidate].client.post(&day.world.path(candidate, "open"), &body).await
}

db_tests! {
    async fn what_is_read_out_opens_the_package_that_devices_have(app) {
        let mut day = Day::armed(&app, 1).await;
        let office = &day.world.administrators[0];
        assert_eq!(read_out(&day, office, &day.site.room).await.expect_problem(409), "wrong-state", "it is too early");
        let wrapped = day.world.view(0).await["spoken_key"].as_str().unwrap().to_owned();
        let sha256 = day.world.view(0).await["package_sha256"].as_str().unwrap().to_owned();
        day.world.later(&app, STARTS_AFTER_S).await;

        let keys = told(&day).await;
        assert_eq!((keys.as_array().unwrap().len(), &keys[0]["mark"]), (1, &json!(paper_mark(&sha256))));
        let paper = PaperId(day.world.paper_id.as_str().unwrap().parse().unwrap());
        let secret = read_spoken_key(keys[0]["code"].as_str().unwrap()).unwrap();
        let wrapped = URL_SAFE_NO_PAD.decode(wrapped).unwrap();
        let opened = crypto::decrypt(&spoken_wrapping_key(paper, &secret), paper.to_string().as_bytes(), &wrapped);
        let key = day.world.candidates[0].client.get(&day.world.path(0, "key")).await.expect(200);
        assert_eq!(json!(URL_SAFE_NO_PAD.encode(opened.unwrap())), key["key"]);

        let nowhere = read_out(&day, &day.world.administrators[0], &json!(NO_ID)).await.expect(422);
        assert_eq!(nowhere["errors"][0]["pointer"], "/exam_room_id");
        for client in [&day.world.marker, &day.world.candidates[0].client] {
            let refused = read_out(&day, client, &day.site.room).await.status;
            assert!(refused == 403 || refused == 404, "{refused}");
        }
        let noted = audited(&app, "run_exam_day").await;
        assert!(noted.iter().any(|detail| detail["exam_room"] == day.site.room));
        let code = keys[0]["code"].as_str().unwrap();
        assert!(!noted.iter().any(|detail| detail.to_string().contains(code)), "what was said stands nowhere");
    }

    async fn a_key_that_only_the_safe_browser_may_use_is_not_read_out(app) {
        let day = Day::started(&app, 1).await;
        let rules = ExamRules { needs_safe_browser: true, ..ExamRules::lenient() };
        let rules = serde_json::to_string(&rules).unwrap();
        execute(&app, &format!("UPDATE exam_session SET rules = '{rules}'")).await;
        let refused = read_out(&day, &day.world.administrators[0], &day.site.room).await;
        assert_eq!(refused.expect_problem(409), "wrong-state");
    }

    async fn who_began_without_a_network_goes_on_from_there(app) {
        let mut day = Day::started(&app, 2).await;
        told(&day).await;
        day.world.later(&app, 600).await;
        let opened = claimed(&day, 0, 1).await.expect(200);
        assert_eq!((&opened["epoch"], &claimed(&day, 0, 1).await.expect(200)["epoch"]), (&json!(1), &json!(1)), "asked twice");
        assert_eq!(claimed(&day, 0, 2).await.expect_problem(409), "sitting-taken-over", "another device");
        day.invigilator = app.log_in("jiankao").await;
        let seat = day.seat(0).await;
        assert_eq!(seat["opened_at"], day.world.view(0).await["starts_at"], "it counts from the start of the device");
        // What nobody has claimed is not taken.
        let mut alone = Device::begun(&day.world, 1, &json!({ "epoch": PROVISIONAL_EPOCH, "answers": [] }));
        let entry = alone.answer(&day.world, 0, 1);
        assert_eq!(alone.send(&day.world, &[entry]).await.expect_problem(409), "wrong-state");
        let noted = audited(&app, "answer_own_sitting").await;
        assert!(noted.iter().any(|detail| detail["began_offline_at"].is_string()));
    }

    async fn who_had_no_network_all_the_time_is_heard_after_the_end(app) {
        let mut day = Day::started(&app, 2).await;
        told(&day).await;
        day.world.later(&app, TEST_S + 60).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.exam_session().await["state"], "armed", "somebody may still come");
        assert_eq!(Device::opened(&day.world, 1, 1, false).await.expect_problem(410), "time-up", "who says nothing of it");
        let opened = claimed(&day, 0, 1).await.expect(200);
        let mut device = Device::begun(&day.world, 0, &opened);
        let entries = [device.answer_at(&day.world, 0, 1, 5_000), device.answer_at(&day.world, 1, 0, 90_000)];
        device.send(&day.world, &entries).await.expect(200);
        assert_eq!(day.world.verdicts(&app, 0).await, ["store_as_late"; 2]);
        day.world.later(&app, 600).await;
        assert_eq!(claimed(&day, 1, 2).await.expect_problem(410), "time-up", "the late window is over");
        day.world.settle(&app).await;
        assert_eq!(day.world.exam_session().await["state"], "marking");
    }

    async fn a_file_of_a_device_that_was_never_heard_of_is_taken_from_who_was_there(app) {
        let mut day = Day::started(&app, 1).await;
        told(&day).await;
        let mut alone = Device::begun(&day.world, 0, &json!({ "epoch": PROVISIONAL_EPOCH, "answers": [] }));
        let entries = [alone.answer(&day.world, 0, 1), alone.answer(&day.world, 1, 0)];
        let file = file_of(&app, &day.world, 0, &entries).text();
        day.world.later(&app, TEST_S + 60).await;
        day.world.settle(&app).await;
        let own = upload(&day.world.candidates[0].client, &day.world.path(0, "answer_file"), file.clone()).await;
        assert_eq!(own.expect(200)["taken"], 0, "nobody vouches for it");
        let keeper = app.log_in("jiankao").await;
        for (taken, known) in [(2, 0), (0, 2)] {
            let report = upload(&keeper, &room(&day), file.clone()).await.expect(200);
            assert_eq!((&report["taken"], &report["known"]), (&json!(taken), &json!(known)));
        }
        assert_eq!(day.world.verdicts(&app, 0).await, ["store_as_late"; 2]);
    }

    async fn where_no_key_was_read_out_nobody_began_by_one(app) {
        let mut day = Day::started(&app, 1).await;
        day.world.later(&app, TEST_S + 60).await;
        assert_eq!(claimed(&day, 0, 1).await.expect_problem(410), "time-up");
    }
}
