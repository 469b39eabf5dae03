//! Meetings that are moved and cancelled.

use super::{EVENING, HOUR_S, act, another, clashes, taught};
use crate::{
    classes::school::{step, with, wrong_field},
    support::{Client, db_tests, execute},
};
use serde_json::{Value, json};

const NOTICES: &str = "/api/v1/me/meeting_notices";

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
            ("reason", json!("请打19900009137"), "/reason", "holds-number"),
            ("ends_at", moved["starts_at"].clone(), "/ends_at", "before-start"),
            ("teacher_id", json!(taught.learners[0].0), "/teacher_id", "no-class-teacher"),
        ] {
            let reply = act(office, &meeting, "reschedule", 2, &with(moved.clone(), field, value)).await;
            assert_eq!(wrong_field(reply), (pointer.to_owned(), code.to_owned()));
        }
    }

    async fn a_room_of_a_closed_point_is_for_the_classes_that_meet_there(app) {
        let taught = taught(&app).await;
        let office = &taught.school.office;
        let [inside, online] = [taught.evening(0), with(taught.evening(24), "room_id", Value::Null)];
        let (inside, online) = (taught.meet(&inside).await, taught.meet(&online).await);
        execute(&app, "UPDATE teaching_point SET state = 'closed'").await;

        let path = format!("{}/meetings", taught.path);
        let closed = |pointer: &str| (pointer.to_owned(), "point-closed".to_owned());
        assert_eq!(wrong_field(office.post(&path, &taught.evening(48)).await), closed("/room_id"));
        let series = json!({ "first": taught.evening(48), "until": "2026-12-31" });
        let series = office.post(&format!("{}/meeting_series", taught.path), &series).await;
        assert_eq!(wrong_field(series), closed("/first/room_id"));
        let moved = |hours: i64, room: &Value| {
            let meeting = taught.evening(hours);
            json!({ "starts_at": meeting["starts_at"], "ends_at": meeting["ends_at"], "room_id": room, "reason": "停电" })
        };
        let into_room = act(office, &online, "reschedule", 1, &moved(24, &taught.room)).await;
        assert_eq!(wrong_field(into_room), closed("/room_id"));
        act(office, &inside, "reschedule", 1, &moved(1, &taught.room)).await.expect(200);
        act(office, &inside, "reschedule", 2, &moved(1, &Value::Null)).await.expect(200);

        execute(&app, "UPDATE class SET teaching_point_id = (SELECT teaching_point_id FROM room)").await;
        taught.meet(&taught.evening(48)).await;
        act(office, &online, "reschedule", 1, &moved(24, &taught.room)).await.expect(200);
    }

    async fn who_teaches_and_who_learns_is_told_of_a_moved_lesson_and_the_notice_is_kept_and_read(app) {
        let taught = taught(&app).await;
        let (office, meeting) = (&taught.school.office, taught.meet(&taught.evening(0)).await);
        let moved = json!({
            "starts_at": EVENING.plus_s(HOUR_S), "ends_at": EVENING.plus_s(2 * HOUR_S),
            "teacher_id": taught.school.teacher_id, "reason": "老师开会",
        });
        act(office, &meeting, "reschedule", 1, &moved).await.expect(200);
        let notices = async |client: &Client| client.get(NOTICES).await.expect(200);
        for client in [&taught.school.teacher, &taught.learners[0].1, &taught.learners[1].1] {
            let told = notices(client).await;
            assert_eq!((told.as_array().unwrap().len(), &told[0]["was_at"], &told[0]["reason"]), (1, &meeting["starts_at"], &json!("老师开会")));
            assert_eq!((&told[0]["meeting"]["starts_at"], &told[0]["read_at"]), (&moved["starts_at"], &Value::Null));
        }
        assert_eq!(notices(office).await, json!([]), "who moved it knows");
        let teacher = &taught.school.teacher;
        let path = format!("{NOTICES}/{}/read", notices(teacher).await[0]["id"].as_str().unwrap());
        assert_eq!(taught.learners[0].1.post(&path, &json!({})).await.expect_problem(404), "not-found", "it is not theirs");
        for _ in 0..2 {
            assert_eq!(teacher.post(&path, &json!({})).await.status, 204);
        }
        assert_ne!(notices(teacher).await[0]["read_at"], Value::Null);
        act(office, &meeting, "cancel", 2, &json!({ "reason": "台风" })).await.expect(200);
        assert_eq!(notices(teacher).await.as_array().unwrap().len(), 2, "one of each change");
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
