//! The code on the screen, and learners who type it in.

use super::{Taught, act, taught};
use crate::{
    classes::add_rule,
    people::keys::rotate_away,
    support::{Client, Reply, TestApp, db_tests, execute},
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

fn path(meeting: &Value, part: &str) -> String {
    format!("/api/v1/meetings/{}/{part}", meeting["id"].as_str().unwrap())
}

async fn code(client: &Client, meeting: &Value) -> String {
    client.get(&path(meeting, "check_in_code")).await.expect(200)["code"].as_str().unwrap().to_owned()
}

async fn check_in(client: &Client, meeting: &Value, code: &str) -> Reply {
    client.post(&path(meeting, "check_ins"), &json!({ "code": code })).await
}

/// What the codes of meetings are made of, as it lies in the store, by when they begin.
async fn secrets(app: &TestApp) -> Vec<Vec<u8>> {
    let conn = app.cx.db.read();
    let sql = "SELECT check_in_secret FROM meeting ORDER BY starts_at";
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// What the codes of the first meeting are made of.
async fn secret(app: &TestApp) -> Vec<u8> {
    secrets(app).await.swap_remove(0)
}

impl Taught {
    fn learner(&self, at: usize) -> &Client {
        &self.learners[at].1
    }
}

db_tests! {
    async fn who_types_the_code_is_there_and_when_counts(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        let too_early = taught.school.teacher.get(&path(&meeting, "check_in_code")).await;
        assert_eq!(too_early.expect_problem(409), "check-in-refused");
        taught.later(&app, 9 * 3_600 + 1_800).await;
        let teacher = &taught.school.teacher;
        let shown = teacher.get(&path(&meeting, "check_in_code")).await.expect(200);
        assert_eq!((shown["code"].as_str().unwrap().len(), &shown["changes_in_ms"]), (8, &json!(20_000)));
        let first = code(teacher, &meeting).await;
        let receipt = check_in(taught.learner(0), &meeting, &first).await.expect(200);
        assert_eq!(receipt["state"], "present");
        app.clock.advance_s(20);
        assert_ne!(code(teacher, &meeting).await, first);
        assert_eq!(check_in(taught.learner(0), &meeting, &first).await.expect(200), receipt, "the code before is taken, and a repeat changes nothing");
        app.clock.advance_s(20);
        assert_eq!(check_in(taught.learner(1), &meeting, &first).await.expect_problem(409), "check-in-refused", "a photo that comes too late");

        taught.later(&app, 1_800 + 600).await;
        let teacher = &taught.school.teacher;
        assert_eq!(check_in(taught.learner(1), &meeting, &code(teacher, &meeting).await).await.expect(200)["state"], "late");
        let roll = teacher.get(&path(&meeting, "roll")).await.expect(200);
        let row = |at: usize| (&roll["rows"][at]["state"], &roll["rows"][at]["method"], &roll["rows"][at]["minutes"]);
        assert_eq!(row(0), (&json!("late"), &json!("code"), &json!(79)));
        assert_eq!(row(1), (&json!("present"), &json!("code"), &json!(90)));
        assert_eq!(roll["rows"][1]["entries"].as_array().unwrap().len(), 1);
        let mine = taught.learner(0).get("/api/v1/me/meetings").await.expect(200);
        assert_eq!(mine[0]["attendance"], "present");
    }

    async fn the_rule_of_the_class_says_up_to_when_one_is_late(app) {
        add_rule(&app, "('3305', '2026-01-01', 5, 45)").await;
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        taught.later(&app, 10 * 3_600 + 300).await;
        let teacher = &taught.school.teacher;
        let shown = code(teacher, &meeting).await;
        assert_eq!(check_in(taught.learner(0), &meeting, &shown).await.expect(200)["state"], "late");
        app.clock.advance_s(20);
        assert_eq!(check_in(taught.learner(1), &meeting, &shown).await.expect(200)["state"], "absent");
    }

    async fn nobody_checks_in_where_they_do_not_belong(app) {
        let mut taught = taught(&app).await;
        let (meeting, next) = (taught.meet(&taught.evening(0)).await, taught.meet(&taught.evening(2)).await);
        taught.later(&app, 10 * 3_600).await;
        let teacher = &taught.school.teacher;
        let shown = code(teacher, &meeting).await;
        let (_, stranger) = app.learner("stranger").await;
        let refused = check_in(&stranger, &meeting, &shown).await.expect(409);
        assert_eq!(refused["detail"], "您不在这个班里，不能在这里签到；请联系班主任。");
        assert_eq!(check_in(teacher, &meeting, &shown).await.expect_problem(403), "forbidden");
        assert_eq!(check_in(taught.learner(0), &next, &shown).await.expect_problem(409), "check-in-refused", "another meeting, and not yet");
        for wrong in ["", "1234567", "００００００００"] {
            assert_eq!(check_in(taught.learner(0), &meeting, wrong).await.expect_problem(409), "check-in-refused");
        }
        for client in [taught.learner(0), &stranger] {
            assert_eq!(client.get(&path(&meeting, "check_in_code")).await.expect_problem(404), "not-found");
        }
        act(&taught.school.office, &meeting, "cancel", 1, &json!({ "reason": "停电" })).await.expect(200);
        assert_eq!(check_in(taught.learner(0), &meeting, &shown).await.expect_problem(409), "check-in-refused");
    }

    async fn what_makes_the_codes_lies_sealed_and_follows_a_newer_key(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        taught.later(&app, 10 * 3_600).await;
        let (shown, sealed) = (code(&taught.school.teacher, &meeting).await, secret(&app).await);
        assert!(sealed.starts_with(b"ring") && sealed.len() > 32, "{sealed:?}");
        rotate_away(&app).await;
        assert_ne!(secret(&app).await, sealed);
        assert_eq!(code(&taught.school.teacher, &meeting).await, shown);
        check_in(taught.learner(0), &meeting, &shown).await.expect(200);
    }

    async fn a_meeting_of_the_time_before_has_codes_as_well(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        execute(&app, "UPDATE meeting SET check_in_secret = substr(check_in_secret, 1, 0)").await;
        assert_eq!(secret(&app).await, [0_u8; 0]);
        taught.later(&app, 10 * 3_600).await;
        let shown = code(&taught.school.teacher, &meeting).await;
        check_in(taught.learner(0), &meeting, &shown).await.expect(200);
    }

    async fn what_a_program_of_the_time_before_left_open_is_no_secret_and_goes(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        taught.meet(&taught.evening(24)).await;
        // Such a program still runs beside this one during an upgrade: its secrets are 32 bytes, and nothing else.
        let open = "UPDATE meeting SET check_in_secret = substr(check_in_secret, length(check_in_secret) - 31)";
        execute(&app, &format!("{open} WHERE starts_at = (SELECT MIN(starts_at) FROM meeting)")).await;
        let before = secrets(&app).await;
        assert_eq!((before[0].len(), before[1].starts_with(b"ring")), (32, true));

        taught.later(&app, 10 * 3_600).await;
        let shown = code(&taught.school.teacher, &meeting).await;
        check_in(taught.learner(0), &meeting, &shown).await.expect(200);
        rotate_away(&app).await;
        let after = secrets(&app).await;
        assert!(after[0].is_empty(), "what lay open is taken away");
        assert!(after[1].starts_with(b"ring") && after[1] != before[1], "the others follow the newer key");
        assert_eq!(code(&taught.school.teacher, &meeting).await, shown);
        check_in(taught.learner(1), &meeting, &shown).await.expect(200);
    }

    async fn who_guesses_must_wait(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        taught.later(&app, 10 * 3_600).await;
        for _ in 0..20 {
            check_in(taught.learner(0), &meeting, "00000000").await.expect(409);
        }
        assert_eq!(check_in(taught.learner(0), &meeting, "00000000").await.expect_problem(429), "too-many");
        let shown = code(&taught.school.teacher, &meeting).await;
        check_in(taught.learner(1), &meeting, &shown).await.expect(200);
    }
}
