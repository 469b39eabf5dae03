//! Roll-calls of phones, and the hours that come of them.

use super::{EVENING, Taught, act, another, taught};
use crate::{
    classes::{
        add_rule,
        school::{NEXT_COUNTY, account, add, school, with, wrong_field},
    },
    exports::{column, said, taken},
    people::audited,
    support::{Client, NO_ID, db_tests, execute},
    work::waiting,
};
use serde_json::{Value, json};
use shared::{
    ids::AccountId,
    rights::{Role, RoleAt},
    time::Timestamp,
};

const ROLL_CALLS: &str = "/api/v1/roll_calls";

/// The nth entry, noted so many minutes after the meeting began.
fn noted(n: u32, meeting: &Value, (learner, by): (AccountId, AccountId), minutes: i64, state: &str) -> Value {
    let starts_at: Timestamp = serde_json::from_value(meeting["starts_at"].clone()).unwrap();
    json!({
        "id": format!("019ab000-0000-7000-8000-{n:012}"), "meeting_id": meeting["id"], "learner": learner,
        "state": state, "minutes": null, "noted_at": starts_at.plus_s(minutes * 60), "noted_by": by,
        "method": "roll_call", "reason": "",
    })
}

async fn send(client: &Client, entries: &[Value]) -> Vec<Value> {
    let acks = client.post(ROLL_CALLS, &json!({ "entries": entries })).await.expect(200);
    acks.as_array().unwrap().iter().map(|ack| ack["receipt"].clone()).collect()
}

/// Name, state and minutes of each on the roll.
async fn roll(client: &Client, meeting: &Value) -> Vec<(Value, Value, Value)> {
    let path = format!("/api/v1/meetings/{}/roll", meeting["id"].as_str().unwrap());
    let roll = client.get(&path).await.expect(200);
    let row = |row: &Value| (row["display_name"].clone(), row["state"].clone(), row["minutes"].clone());
    roll["rows"].as_array().unwrap().iter().map(row).collect()
}

fn row(name: &str, state: &str, minutes: u16) -> (Value, Value, Value) {
    (json!(name), json!(state), json!(minutes))
}

impl Taught {
    /// A learner and the teacher.
    fn pair(&self, learner: usize) -> (AccountId, AccountId) {
        (self.learners[learner].0, self.school.teacher_id)
    }
}

db_tests! {
    async fn roll_calls_of_two_phones_give_one_roll_in_any_order(app) {
        let mut taught = taught(&app).await;
        let office_id = account(&app, "school-office").await;
        let meetings = [taught.meet(&taught.evening(0)).await, taught.meet(&taught.evening(2)).await];
        taught.later(&app, 14 * 3_600).await;
        let mut rolls = Vec::new();
        for (at, meeting) in (0..).zip(&meetings) {
            let n = at * 10;
            let phone = [
                noted(n + 1, meeting, taught.pair(0), 5, "absent"),
                noted(n + 2, meeting, taught.pair(1), 5, "present"),
                noted(n + 3, meeting, taught.pair(0), 9, "present"),
            ];
            let office = [
                noted(n + 4, meeting, (taught.learners[0].0, office_id), 7, "leave"),
                noted(n + 5, meeting, (taught.learners[1].0, office_id), 9, "late"),
            ];
            if at == 0 {
                assert_eq!(send(&taught.school.teacher, &phone).await, ["recorded"; 3]);
                assert_eq!(send(&taught.school.office, &office).await, ["recorded"; 2]);
            } else {
                assert_eq!(send(&taught.school.office, &office).await, ["recorded"; 2]);
                for entry in phone.iter().rev() {
                    assert_eq!(send(&taught.school.teacher, std::slice::from_ref(entry)).await, ["recorded"]);
                }
            }
            assert_eq!(send(&taught.school.teacher, &phone).await, ["known"; 3], "a reply was lost");
            rolls.push(roll(&taught.school.teacher, meeting).await);
        }
        assert_eq!(rolls[0], [row("shen", "late", 90), row("zhang", "present", 90)]);
        assert_eq!(rolls[0], rolls[1]);
    }

    async fn the_register_of_a_class_is_taken_away_by_who_calls_its_roll(app) {
        let mut taught = taught(&app).await;
        let (first, cancelled) = (taught.meet(&taught.evening(0)).await, taught.meet(&taught.evening(2)).await);
        taught.meet(&taught.evening(480)).await;
        act(&taught.school.office, &cancelled, "cancel", 1, &json!({ "reason": "停电" })).await.expect(200);
        taught.later(&app, 20 * 3_600).await;
        let entries = [
            noted(1, &first, taught.pair(0), 5, "absent"),
            noted(2, &first, taught.pair(0), 9, "present"),
            noted(3, &first, taught.pair(1), 9, "late"),
        ];
        assert_eq!(send(&taught.school.teacher, &entries).await, ["recorded"; 3]);
        let export = format!("{}/attendance/exports", taught.path);
        let [list, about] = taken(&taught.school.teacher, &export).await;
        let sums = ["到", "迟到", "请假", "缺勤"].map(|state| column(&list, state));
        assert_eq!(column(&list, "姓名"), ["shen", "zhang"]);
        assert_eq!(sums, [["0", "1"], ["1", "0"], ["0", "0"], ["0", "0"]].map(Vec::from));
        let header = &list.rows[0];
        assert_eq!(header.len(), 6, "neither what was cancelled nor what is to come: {header:?}");
        assert!(header[5].starts_with("2026-11-2"), "{header:?}");
        assert_eq!(column(&list, &header[5]), ["迟到", "到"], "what counts is the latest entry");
        assert_eq!(said(&about, "行数"), "2");
        let noted = audited(&app, "take_attendance").await;
        assert_eq!(noted.last().map(|entry| &entry["exported"]), Some(&json!("attendance")));
        let county = app.staff("bureau", Role::CountyBureau, "330502").await;
        assert_eq!(county.post(&export, &json!({})).await.expect_problem(403), "forbidden", "it sees the class, not who came");
    }

    async fn a_wrong_entry_keeps_no_right_one_back(app) {
        let mut taught = taught(&app).await;
        let mut other = school(&app, "other", NEXT_COUNTY).await;
        let (stranger, _) = app.learner("stranger").await;
        let (meeting, cancelled) = (taught.meet(&taught.evening(0)).await, taught.meet(&taught.evening(2)).await);
        act(&taught.school.office, &cancelled, "cancel", 1, &json!({ "reason": "停电" })).await.expect(200);
        taught.later(&app, 10 * 3_600 + 600).await;
        other.log_in_again(&app).await;
        let right = |n| noted(n, &meeting, taught.pair(0), 5, "present");
        let with = |mut entry: Value, field: &str, value: Value| { entry[field] = value; entry };
        let sent = [
            right(1),
            with(right(2), "meeting_id", json!(NO_ID)),
            noted(3, &meeting, (stranger, taught.school.teacher_id), 5, "present"),
            with(right(4), "noted_by", json!(other.teacher_id)),
            with(right(5), "method", json!("code")),
            with(right(6), "noted_at", json!(EVENING.plus_s(3_600))),
            with(right(7), "reason", json!("长".repeat(301))),
            noted(8, &cancelled, taught.pair(0), -115, "leave"),
            noted(12, &meeting, taught.pair(0), -31, "present"),
            with(right(1), "state", json!("late")),
            noted(9, &meeting, taught.pair(1), 6, "late"),
        ];
        let acks = taught.school.teacher.post(ROLL_CALLS, &json!({ "entries": sent })).await.expect(200);
        let codes: Vec<_> = acks.as_array().unwrap().iter().map(|ack| ack["errors"][0]["code"].as_str()).collect();
        let refused = ["not-found", "not-in-class", "other-teacher", "code-by-learner", "date-in-future", "too-long", "cancelled", "before-roll", "roll-entry-id-taken"];
        assert_eq!(codes, [[None].as_slice(), refused.map(Some).as_slice(), [None].as_slice()].concat());
        assert!(acks.as_array().unwrap().iter().all(|ack| ack["errors"][0]["detail"] != ""));
        assert_eq!(roll(&taught.school.teacher, &meeting).await, [row("shen", "late", 90), row("zhang", "present", 90)]);

        for (body, code) in [(json!([]), "required"), (json!(vec![right(1); 501]), "too-long")] {
            let reply = taught.school.teacher.post(ROLL_CALLS, &json!({ "entries": body })).await;
            assert_eq!(wrong_field(reply), ("/entries".to_owned(), code.to_owned()));
        }
        let by_other = with(right(10), "noted_by", json!(other.teacher_id));
        let acks = other.teacher.post(ROLL_CALLS, &json!({ "entries": [by_other] })).await.expect(200);
        assert_eq!(acks[0]["errors"][0]["code"], "not-found", "nothing is said of meetings elsewhere");
    }

    async fn what_is_noted_long_after_needs_a_reason(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        taught.later(&app, 20 * 3_600).await;
        let mut late = noted(1, &meeting, taught.pair(0), 121, "present");
        let acks = taught.school.teacher.post(ROLL_CALLS, &json!({ "entries": [late] })).await.expect(200);
        assert_eq!(acks[0]["errors"][0], json!({ "pointer": "/reason", "code": "required", "detail": "必须填写" }));
        late["reason"] = json!("手机没电，电话19900009137");
        late["method"] = json!("paper");
        for receipt in ["recorded", "known"] {
            assert_eq!(send(&taught.school.teacher, &[late.clone()]).await, [receipt]);
        }
        let path = format!("/api/v1/meetings/{}/roll", meeting["id"].as_str().unwrap());
        let roll = taught.school.teacher.get(&path).await.expect(200).to_string();
        assert!(roll.contains("手机没电，电话19*******37"), "no whole number is kept: {roll}");
    }

    async fn todays_meetings_without_a_roll_wait_for_who_calls_it(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        let cancelled = taught.meet(&taught.evening(2)).await;
        act(&taught.school.office, &cancelled, "cancel", 1, &json!({ "reason": "停电" })).await.expect(200);
        taught.meet(&taught.evening(-24)).await;
        let without = async |client: &Client| {
            let listed = client.get("/api/v1/me/meetings_without_roll").await.expect(200).as_array().unwrap().clone();
            assert_eq!(waiting(client, "meetings_without_roll").await, listed.len() as u64, "the count says the same");
            listed
        };
        assert_eq!(without(&taught.school.teacher).await, [] as [Value; 0], "it has not begun");
        taught.later(&app, 10 * 3_600 + 600).await;
        for client in [&taught.school.teacher, &taught.school.office] {
            assert_eq!(without(client).await, std::slice::from_ref(&meeting));
        }
        let colleague = app.person("colleague", &[RoleAt { role: Role::Teacher, place: taught.school.place.clone() }]).await;
        for client in [&colleague, &taught.learners[0].1] {
            assert_eq!(without(client).await, [] as [Value; 0]);
        }
        send(&taught.school.teacher, &[noted(1, &meeting, taught.pair(0), 5, "present")]).await;
        assert_eq!(without(&taught.school.office).await, [] as [Value; 0]);
    }

    async fn hours_are_the_minutes_that_count_divided_once(app) {
        let mut taught = taught(&app).await;
        let mut meetings = Vec::new();
        for evening in 0..4 {
            meetings.push(taught.meet(&taught.evening(24 * evening)).await);
        }
        taught.later(&app, 5 * 86_400).await;
        let before = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
        assert_eq!((&before[0]["minutes"], &before[0]["needed"]), (&json!(0), &json!(10)), "before the first meeting");
        let at = |n: u32, day: usize, learner, state: &str, minutes: Option<u16>| {
            let mut entry = noted(n, &meetings[day], taught.pair(learner), 5, state);
            entry["minutes"] = json!(minutes);
            entry
        };
        let entries = [
            at(1, 0, 0, "present", None), at(2, 1, 0, "late", Some(80)), at(3, 2, 0, "leave", Some(90)), at(4, 3, 0, "present", Some(200)),
            at(5, 0, 1, "late", Some(44)),
        ];
        assert_eq!(send(&taught.school.teacher, &entries).await, ["recorded"; 5]);
        let mine = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
        let expected = |minutes: u32, hours: u32| json!([{
            "course_id": taught.course, "course_title": "Course GYW01", "minutes": minutes, "class_hours": hours,
            "online_minutes": 0, "online_class_hours": 0, "needed": 10, "needed_together": 10,
        }]);
        assert_eq!(mine, expected(260, 5));
        let path = format!("{}/class_hours", taught.path);
        let class = taught.school.teacher.get(&path).await.expect(200);
        assert_eq!(class[0]["courses"], expected(44, 0));
        assert_eq!(class[1]["courses"], expected(260, 5));
        act(&taught.school.office, &meetings[0], "cancel", 1, &json!({ "reason": "记错了" })).await.expect(200);
        assert_eq!(taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200), expected(170, 3));

        let county = app.staff("county", Role::CountyBureau, "330502").await;
        let roll = format!("/api/v1/meetings/{}/roll", meetings[1]["id"].as_str().unwrap());
        for path in [&path, &roll] {
            assert_eq!(county.get(path).await.expect_problem(403), "forbidden");
            assert_eq!(taught.learners[0].1.get(path).await.expect_problem(404), "not-found");
        }
        assert_eq!(county.post(ROLL_CALLS, &json!({ "entries": [] })).await.expect_problem(403), "forbidden");
    }

    async fn a_missed_meeting_is_made_up_at_another_one_or_by_a_task(app) {
        let mut taught = taught(&app).await;
        let beside = another(&app, &taught).await;
        let missed = [taught.meet(&taught.evening(0)).await, taught.meet(&taught.evening(24)).await];
        let other = taught.school.office.post(&format!("{beside}/meetings"), &taught.evening(48)).await.expect(201);
        taught.later(&app, 4 * 86_400).await;
        let entries = [
            noted(1, &missed[0], taught.pair(0), 5, "absent"),
            noted(2, &missed[1], taught.pair(0), 5, "leave"),
            noted(3, &missed[0], taught.pair(1), 5, "present"),
        ];
        assert_eq!(send(&taught.school.teacher, &entries).await, ["recorded"; 3]);
        let office = &taught.school.office;
        let paths = missed.each_ref().map(|meeting| format!("/api/v1/meetings/{}/makeups", meeting["id"].as_str().unwrap()));
        let [zhang, shen] = [taught.learners[0].0, taught.learners[1].0];
        let attending = json!({ "learner": zhang, "by": { "kind": "meeting", "meeting_id": other["id"] }, "note": "" });
        let task = |learner: AccountId, minutes: u16| {
            json!({ "learner": learner, "by": { "kind": "task", "minutes": minutes }, "note": "作文一篇，电话19900009137" })
        };
        for (body, pointer, code) in [
            (task(zhang, 91), "/by/minutes", "out-of-range"),
            (task(shen, 45), "/learner", "not-missed"),
            (with(attending.clone(), "by", json!({ "kind": "meeting", "meeting_id": NO_ID })), "/by/meeting_id", "not-found"),
            (with(attending.clone(), "by", json!({ "kind": "meeting", "meeting_id": missed[0]["id"] })), "/by/meeting_id", "other-course"),
        ] {
            assert_eq!(wrong_field(office.post(&paths[0], &body).await), (pointer.to_owned(), code.to_owned()));
        }
        let made_up = office.post(&paths[0], &attending).await.expect(201);
        let makeup = &made_up["missed"][0]["makeup"];
        assert_eq!((&makeup["minutes"], &makeup["by_meeting"]["class_name"]), (&json!(90), &json!("另一个班")));
        let again = wrong_field(office.post(&paths[0], &task(zhang, 45)).await);
        assert_eq!(again, ("/learner".to_owned(), "made-up-already".to_owned()));
        let made_up = office.post(&paths[1], &task(zhang, 45)).await.expect(201).to_string();
        assert!(made_up.contains("电话19*******37"), "no whole number is kept: {made_up}");

        let hours = async |taught: &Taught| {
            let mine = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
            let class = taught.school.teacher.get(&format!("{}/class_hours", taught.path)).await.expect(200);
            assert_eq!(class[1]["courses"], mine, "the class says the same");
            ["minutes", "class_hours", "online_minutes", "online_class_hours"].map(|field| mine[0][field].as_u64().unwrap())
        };
        assert_eq!(hours(&taught).await, [90, 2, 45, 1]);
        let taken_back = json!({ "learner": zhang, "reason": "不是本人写的" });
        for _ in 0..2 {
            let left = office.post(&format!("{}/withdraw", paths[1]), &taken_back).await.expect(200);
            assert_eq!(left["missed"][0]["makeup"], Value::Null);
        }
        assert_eq!(hours(&taught).await, [90, 2, 0, 0]);
        assert_eq!(send(&taught.school.teacher, &[noted(4, &missed[0], taught.pair(0), 9, "present")]).await, ["recorded"]);
        assert_eq!(hours(&taught).await, [90, 2, 0, 0], "who was there after all has it once");
        assert_eq!(taught.learners[0].1.get(&paths[0]).await.expect_problem(404), "not-found");
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        assert_eq!(county.post(&paths[0], &attending).await.expect_problem(403), "forbidden");
    }

    async fn a_broadcast_is_an_hour_online_and_practice_one_face_to_face(app) {
        let mut taught = taught(&app).await;
        let mut entries = Vec::new();
        for (evening, mode) in (0_u32..).zip(["face_to_face", "live", "recorded", "practice"]) {
            let meeting = taught.meet(&with(taught.evening(24 * i64::from(evening)), "mode", json!(mode))).await;
            entries.push(noted(evening + 1, &meeting, taught.pair(0), 5, "present"));
        }
        taught.later(&app, 5 * 86_400).await;
        assert_eq!(send(&taught.school.teacher, &entries).await, ["recorded"; 4]);
        let mine = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
        let class = taught.school.teacher.get(&format!("{}/class_hours", taught.path)).await.expect(200);
        assert_eq!(class[1]["courses"], mine, "the class says the same");
        let book = taught.school.teacher.get(&format!("{}/gradebook", taught.path)).await.expect(200);
        let row = book["items"].as_array().unwrap().iter().find(|row| row["display_name"] == "zhang").unwrap();
        let of_course = &row["courses"][0];
        assert_eq!((&of_course["class_hours"], &of_course["online_class_hours"]), (&json!(4), &json!(4)));
        let [list, _] = taken(&taught.school.teacher, &format!("{}/gradebook/exports", taught.path)).await;
        let at = list.rows.iter().position(|row| row[0] == "zhang").unwrap() - 1;
        for header in ["Course GYW01 面授学时", "Course GYW01 线上学时"] {
            assert_eq!(column(&list, header)[at], "4", "{header}");
        }
        for (field, counted) in [("minutes", 180), ("class_hours", 4), ("online_minutes", 180), ("online_class_hours", 4)] {
            assert_eq!(mine[0][field], json!(counted), "{field}");
        }
        let all = taught.learners[0].1.get("/api/v1/me/recorded_hours").await.expect(200);
        let hours = json!({ "online": 4, "face_to_face": 4, "needed": 100, "needed_face_to_face": 10 });
        assert_eq!(all, json!([{ "course_id": taught.course, "hours": hours }]), "against all that the course has");
        let attended = taught.learners[0].1.get("/api/v1/me/data").await.expect(200)["attendance"].clone();
        assert!(attended.as_array().unwrap().iter().all(|meeting| meeting["minutes"] == 90), "{attended}");
    }

    async fn two_meetings_at_the_same_time_are_one_hour_and_face_to_face_comes_first(app) {
        let mut taught = taught(&app).await;
        let beside = another(&app, &taught).await;
        add(&taught.school.office, &beside, &[taught.learners[0].0]).await.expect(201);
        let online = with(with(taught.evening(0), "mode", json!("live")), "room_id", json!(null));
        let online = taught.meet(&online).await;
        // Half an hour later the other class begins, in its room and with another teacher.
        let in_room = with(taught.evening(0), "teacher_id", json!(null));
        let in_room = with(in_room, "starts_at", json!(EVENING.plus_s(30 * 60)));
        let in_room = with(in_room, "ends_at", json!(EVENING.plus_s(120 * 60)));
        let in_room = taught.school.office.post(&format!("{beside}/meetings"), &in_room).await.expect(201);
        taught.later(&app, 86_400).await;
        let entries = [noted(1, &online, taught.pair(0), 5, "present"), noted(2, &in_room, taught.pair(0), 5, "present")];
        assert_eq!(send(&taught.school.teacher, &entries).await, ["recorded"; 2]);

        let counted = |courses: &Value| (courses[0]["minutes"].clone(), courses[0]["online_minutes"].clone());
        let mine = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
        assert_eq!(counted(&mine), (json!(90), json!(30)));
        let of_class = async |path: &str| taught.school.teacher.get(&format!("{path}/class_hours")).await.expect(200);
        assert_eq!(counted(&of_class(&taught.path).await[1]["courses"]), (json!(0), json!(30)), "online alone");
        assert_eq!(counted(&of_class(&beside).await[0]["courses"]), (json!(90), json!(0)));
        let data = taught.learners[0].1.get("/api/v1/me/data").await.expect(200);
        assert_eq!((&data["attendance"][0]["minutes"], &data["attendance"][1]["minutes"]), (&json!(30), &json!(90)));
    }

    async fn who_studies_in_a_lesson_gets_the_time_once(app) {
        let mut taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        taught.later(&app, 10 * 3_600 - 120).await;
        let (account, learner) = &taught.learners[0];
        let courses = learner.get("/api/v1/me/courses").await.expect(200);
        let path = format!("/api/v1/me/units/{}/heartbeats", courses[0]["next_unit"]["id"].as_str().unwrap());
        // Two minutes before the lesson begins, and two of it.
        for _ in 0..=12 {
            let beat = json!({ "stream": "019ab000-0000-7000-8000-000000000001", "read_pct": 1 });
            learner.post(&path, &beat).await.expect(200);
            app.clock.advance_s(20);
        }
        assert_eq!(send(&taught.school.teacher, &[noted(1, &meeting, taught.pair(0), 1, "present")]).await, ["recorded"]);
        let met = backend::teaching::presences_of(&app.cx, *account).await.unwrap();
        let records = backend::learning::study_records(&app.cx, *account, &met).await.unwrap();
        assert_eq!((records[0].standing.studied_minutes, records[0].minutes_beside_meetings), (4, 2));
        let mine = learner.get("/api/v1/me/class_hours").await.expect(200);
        assert_eq!((&mine[0]["minutes"], &mine[0]["online_minutes"]), (&json!(90), &json!(0)));
    }

    async fn ones_own_data_tell_of_classes_that_one_has_left(app) {
        let taught = taught(&app).await;
        let (account, learner) = &taught.learners[0];
        let in_class = learner.get("/api/v1/me/data").await.expect(200);
        let departures = format!("{}/departures", taught.path);
        taught.school.office.post(&departures, &json!({ "learner": account, "reason": "搬家" })).await.expect(201);
        assert_eq!(learner.get("/api/v1/me/class_hours").await.expect(200), json!([]), "the page shows what is studied");
        let data = learner.get("/api/v1/me/data").await.expect(200);
        for part in ["class_hours", "courses"] {
            assert_eq!(data[part].as_array().unwrap().len(), 1, "{part}");
            assert_eq!(data[part], in_class[part], "{part}");
        }
    }

    async fn a_town_whose_rule_lets_hours_online_stand_for_some_face_to_face_asks_for_fewer(app) {
        add_rule(&app, "('3305', '2026-01-01', 10, 45)").await;
        execute(&app, "UPDATE attendance_rule SET face_min_pct = 30 WHERE region = '3305'").await;
        let taught = taught(&app).await;
        let plan = taught.school.office.get(&format!("{}/plan", taught.path)).await.expect(200);
        assert_eq!(plan["attendance"]["face_min_pct"], 30);
        let mine = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
        let together = mine[0]["needed_together"].as_u64().unwrap();
        assert!(together > 0, "{mine}");
        assert_eq!(mine[0]["needed"], json!((together * 30).div_ceil(100)));
        let class = taught.school.teacher.get(&format!("{}/class_hours", taught.path)).await.expect(200);
        assert_eq!(class[1]["courses"], mine, "the class says the same");
    }

    async fn a_city_with_class_hours_of_40_minutes_counts_more_of_them(app) {
        add_rule(&app, "('3305', '2026-01-01', 10, 40)").await;
        let mut taught = taught(&app).await;
        let plan = taught.school.office.get(&format!("{}/plan", taught.path)).await.expect(200);
        assert_eq!((&plan["rule_version"], &plan["attendance"]["class_hour_min"]), (&json!("330500/2026-01-01"), &json!(40)));
        let meeting = taught.meet(&taught.evening(0)).await;
        taught.later(&app, 12 * 3_600).await;
        let mut entry = noted(1, &meeting, taught.pair(0), 5, "late");
        entry["minutes"] = json!(80);
        assert_eq!(send(&taught.school.teacher, &[entry]).await, ["recorded"]);
        let counted = async |taught: &Taught| {
            let mine = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
            let class = taught.school.teacher.get(&format!("{}/class_hours", taught.path)).await.expect(200);
            assert_eq!(class[1]["courses"], mine, "the class says the same");
            (mine[0]["minutes"].clone(), mine[0]["class_hours"].clone())
        };
        assert_eq!(counted(&taught).await, (json!(80), json!(2)));
        add_rule(&app, "('330502', '2026-11-01', 10, 45)").await;
        assert_eq!(counted(&taught).await, (json!(80), json!(2)), "the class keeps its rule");

        // Another class of the course keeps the newer rule, and its minutes are counted by themselves.
        let path = another(&app, &taught).await;
        add(&taught.school.office, &path, &[taught.learners[0].0]).await.expect(201);
        let meeting = taught.school.office.post(&format!("{path}/meetings"), &taught.evening(24)).await.expect(201);
        taught.later(&app, 24 * 3_600).await;
        let mut entry = noted(2, &meeting, taught.pair(0), 5, "late");
        entry["minutes"] = json!(50);
        assert_eq!(send(&taught.school.teacher, &[entry]).await, ["recorded"]);
        let mine = taught.learners[0].1.get("/api/v1/me/class_hours").await.expect(200);
        assert_eq!((&mine[0]["minutes"], &mine[0]["class_hours"]), (&json!(130), &json!(3)), "80 / 40 and 50 / 45");
    }
}
