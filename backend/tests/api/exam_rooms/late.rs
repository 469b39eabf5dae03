//! Who may still begin after the limit: who was in the room, whom an interruption kept, and whom two persons let in.

use super::Day;
use crate::{
    exam_world::{Device, STARTS_AFTER_S},
    people::audited,
    support::{TestApp, db_tests, execute},
};
use serde_json::{Value, json};
use shared::sittings::ExamRules;

const LIMITED: ExamRules = ExamRules { late_limit_min: Some(15), ..ExamRules::lenient() };
const MINUTE_S: i64 = 60;

/// A test to which candidates come at most a quarter of an hour late has begun.
async fn begun(app: &TestApp, candidates: usize) -> Day {
    let mut day = Day::armed(app, candidates).await;
    let rules = serde_json::to_string(&LIMITED).unwrap();
    execute(app, &format!("UPDATE exam_session SET rules = '{rules}'")).await;
    day.world.later(app, STARTS_AFTER_S).await;
    day
}

/// Time passes, and everybody is logged in all the while.
async fn pass(day: &mut Day, app: &TestApp, seconds: i64) {
    day.world.later(app, seconds).await;
    (day.invigilator, day.head) = (app.log_in("jiankao").await, app.log_in("zhukao").await);
}

async fn refused(day: &Day, candidate: usize) -> String {
    Device::opened(&day.world, candidate, 1, false).await.expect_problem(409)
}

db_tests! {
    async fn who_was_let_in_in_time_begins_however_late_their_device_is(app) {
        let mut day = begun(&app, 2).await;
        let admit = json!({ "kind": "admit", "ticket_number": day.ticket(0).await, "document_matches": true,
            "photo_matches": true });
        day.act(&day.invigilator, &admit).await.expect(200);
        pass(&mut day, &app, 16 * MINUTE_S).await;
        assert_eq!((&day.seat(0).await["is_too_late"], &day.seat(1).await["is_too_late"]), (&json!(false), &json!(true)));
        day.act(&day.invigilator, &admit).await.expect(200);
        assert_eq!(refused(&day, 1).await, "exam-too-late");
        Device::open(&day.world, 0, 1, false).await;
    }

    async fn a_power_failure_makes_nobody_late(app) {
        let mut day = begun(&app, 3).await;
        day.act(&day.invigilator, &json!({ "kind": "pause", "text": "停电" })).await.expect(200);
        pass(&mut day, &app, 20 * MINUTE_S).await;
        Device::open(&day.world, 0, 1, false).await;
        day.act(&day.invigilator, &json!({ "kind": "resume" })).await.expect(200);
        pass(&mut day, &app, 15 * MINUTE_S).await;
        Device::open(&day.world, 1, 1, false).await;
        pass(&mut day, &app, 1).await;
        assert_eq!(refused(&day, 2).await, "exam-too-late");
    }

    async fn two_persons_of_the_room_let_somebody_begin_late(app) {
        let mut day = begun(&app, 1).await;
        let ticket = day.ticket(0).await;
        let admit_late = |reason: Value| json!({ "kind": "admit_late", "ticket_number": ticket, "text": reason });
        let let_in = admit_late(json!("接送车辆故障"));
        assert_eq!(day.act(&day.invigilator, &let_in).await.expect_problem(409), "wrong-state", "nobody is late yet");
        pass(&mut day, &app, 16 * MINUTE_S).await;
        let unsaid = day.act(&day.invigilator, &admit_late(Value::Null)).await.expect(422);
        assert_eq!(unsaid["errors"][0]["pointer"], "/text");
        let noted = audited(&app, "keep_exam_room").await.len();
        day.act(&day.invigilator, &let_in).await.expect(200);
        assert!(!day.seat(0).await["late_proposed_by"].is_null());
        assert_eq!(day.act(&day.invigilator, &let_in).await.expect_problem(409), "second-person-needed");
        assert_eq!(refused(&day, 0).await, "exam-too-late", "one person lets nobody in");
        day.act(&day.head, &let_in).await.expect(200);
        let acts = audited(&app, "keep_exam_room").await;
        assert_eq!((acts.len(), &acts[noted]["act"]), (noted + 2, &json!("admit_late")));
        assert_eq!(day.seat(0).await["is_too_late"], false);
        Device::open(&day.world, 0, 1, false).await;
        assert_eq!(day.act(&day.head, &let_in).await.expect_problem(409), "wrong-state", "they have begun");
        let progress = format!("/api/v1/exam_sessions/{}/progress", day.world.exam_session_id);
        let progress = day.world.administrators[0].get(&progress).await.expect(200);
        let told: Vec<&Value> = progress["acts"].as_array().unwrap().iter().map(|act| &act["kind"]).collect();
        assert_eq!(told, ["admit_late", "admit_late"]);
    }
}
