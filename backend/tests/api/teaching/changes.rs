//! Meetings that are moved and cancelled.

use super::{EVENING, HOUR_S, act, another, clashes, taught};
use crate::{
    classes::school::{step, with, wrong_field},
    support::db_tests,
};
use serde_json::{Value, json};

db_tests! {
    async fn a_moved_meeting_says_how_it_was_and_why(app) {
        let taught = taught(&app).await;
        let (office, meeting) = (&taught.school.office, taught.meet(&taught.evening(0)).await);
        let moved = json!({
            "starts_at": EVENING.plus_s(HOUR_S), "ends_at": EVENING.plus_s(2 * HOUR_S),
            "teacher_id": taught.school.teacher_id, "reason": "老师开会",
        });
        let reply = act(office, &meeting, "reschedule", 1, &moved).await;
        assert_eq!(reply.headers["etag"], "\"2\"");
        let reply = reply.expect(200);
        assert_eq!((&reply["starts_at"], &reply["place"]), (&moved["starts_at"], &Value::Null));
        let before = &reply["changes"][0];
        assert_eq!((&before["starts_at"], &before["place"], &before["reason"]), (&meeting["starts_at"], &json!("本部 101"), &json!("老师开会")));
        let seen = taught.learners[0].1.get("/api/v1/me/meetings").await.expect(200);
        assert_eq!(seen[0]["meeting"], reply, "learners see the notice");

        assert_eq!(act(office, &meeting, "reschedule", 1, &moved).await.expect_problem(412), "stale");
        for (field, value, pointer, code) in [
            ("reason", json!(" "), "/reason", "required"),
            ("reason", json!("长".repeat(201)), "/reason", "too-long"),
            ("ends_at", moved["starts_at"].clone(), "/ends_at", "before-start"),
            ("teacher_id", json!(taught.learners[0].0), "/teacher_id", "no-class-teacher"),
        ] {
            let reply = act(office, &meeting, "reschedule", 2, &with(moved.clone(), field, value)).await;
            assert_eq!(wrong_field(reply), (pointer.to_owned(), code.to_owned()));
        }
    }

    async fn a_meeting_moves_onto_its_own_old_time_but_onto_no_other(app) {
        let taught = taught(&app).await;
        let (office, meeting) = (&taught.school.office, taught.meet(&taught.evening(0)).await);
        let other = another(&app, &taught).await;
        office.post(&format!("{other}/meetings"), &taught.evening(3)).await.expect(201);
        let to = |hours: i64, minutes: i64| json!({
            "starts_at": EVENING.plus_s(hours * HOUR_S), "ends_at": EVENING.plus_s(hours * HOUR_S + minutes * 60),
            "teacher_id": taught.school.teacher_id, "room_id": taught.room, "reason": "改时间",
        });
        act(office, &meeting, "reschedule", 1, &to(1, 90)).await.expect(200);
        let with_other = |kind: &str| (kind.to_owned(), Some("另一个班".to_owned()));
        assert_eq!(clashes(act(office, &meeting, "reschedule", 2, &to(2, 90)).await), [with_other("teacher"), with_other("room")]);
    }

    async fn a_cancelled_meeting_frees_its_place_and_stays_cancelled(app) {
        let taught = taught(&app).await;
        let (office, meeting) = (&taught.school.office, taught.meet(&taught.evening(0)).await);
        let cancelled = act(office, &meeting, "cancel", 1, &json!({ "reason": "台风" })).await.expect(200);
        assert_eq!((&cancelled["state"], &cancelled["changes"][0]["reason"]), (&json!("cancelled"), &json!("台风")));
        let seen = taught.learners[0].1.get("/api/v1/me/meetings").await.expect(200);
        assert_eq!(seen[0]["meeting"]["state"], "cancelled");
        assert_eq!(act(office, &meeting, "cancel", 2, &json!({ "reason": "台风" })).await.expect_problem(409), "wrong-state");
        taught.meet(&taught.evening(0)).await;
    }

    async fn the_timetable_of_a_class_that_has_ended_stays(app) {
        let taught = taught(&app).await;
        let (office, meeting) = (&taught.school.office, taught.meet(&taught.evening(0)).await);
        step(office, &taught.path, "running").await.expect(200);
        step(office, &taught.path, "finished").await.expect(200);
        let entered = office.post(&format!("{}/meetings", taught.path), &taught.evening(24)).await;
        assert_eq!(entered.expect_problem(409), "wrong-state");
        assert_eq!(act(office, &meeting, "cancel", 1, &json!({ "reason": "台风" })).await.expect_problem(409), "wrong-state");
    }
}
