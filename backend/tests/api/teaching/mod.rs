//! Timetables and attendance.

mod attendance;
mod changes;
mod check_in;
mod photos;
mod skills;

use crate::{
    classes::school::{NEXT_COUNTY, School, TOWN, add, course, enrolling, entry, school, with, wrong_field},
    support::{Client, Reply, TestApp, db_tests, send},
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::{AccountId, CourseId},
    rights::{Place, Role, RoleAt},
    time::Timestamp,
};

/// Monday 2026-11-23, 19:00 in China: ten hours after a test begins.
const EVENING: Timestamp = Timestamp(crate::support::START.0 + 36_000_000);
const HOUR_S: i64 = 3_600;

/// A class with two learners, and what is needed to meet.
pub(crate) struct Taught {
    pub(crate) school: School,
    pub(crate) course: CourseId,
    path: String,
    room: Value,
    pub(crate) learners: [(AccountId, Client); 2],
}

impl Taught {
    /// An evening of 90 minutes so many hours after the first.
    pub(crate) fn evening(&self, hours_later: i64) -> Value {
        let starts_at = EVENING.plus_s(hours_later * HOUR_S);
        json!({
            "course_id": self.course, "topic": "第一课", "teacher_id": self.school.teacher_id, "room_id": self.room,
            "starts_at": starts_at, "ends_at": starts_at.plus_s(90 * 60),
        })
    }

    /// Lets time pass, and logs everybody in again.
    async fn later(&mut self, app: &TestApp, seconds: i64) {
        app.clock.advance_s(seconds);
        self.school.log_in_again(app).await;
        for ((_, client), name) in self.learners.iter_mut().zip(["zhang", "shen"]) {
            *client = app.log_in(name).await;
        }
    }

    pub(crate) async fn meet(&self, entry: &Value) -> Value {
        self.school.office.post(&format!("{}/meetings", self.path), entry).await.expect(201)
    }
}

async fn room(school: &School, division: &str, name: &str) -> Value {
    let point = json!({ "provider_id": school.id, "name": name, "division": division, "address": "1 号",
        "phone": "0572-0000001", "state": "open" });
    let point = school.office.post("/api/v1/teaching_points", &point).await.expect(201);
    let room = json!({ "teaching_point_id": point["id"], "name": "101", "seats": 40 });
    let room = school.office.post("/api/v1/rooms", &room).await.expect(201);
    let listed = school.office.get(&format!("/api/v1/rooms?teaching_point_id={}", point["id"].as_str().unwrap())).await;
    assert_eq!(listed.expect(200), json!([room]));
    room["id"].clone()
}

pub(crate) async fn taught(app: &TestApp) -> Taught {
    let school = school(app, "school", TOWN).await;
    let course = course(app, "GYW01").await;
    let path = enrolling(app, &school, &with(entry(&school, &[course]), "capacity", json!(30))).await;
    let room = room(&school, TOWN, "本部").await;
    let learners = [app.learner("zhang").await, app.learner("shen").await];
    add(&school.office, &path, &[learners[0].0, learners[1].0]).await.expect(201);
    Taught { school, course, path, room, learners }
}

/// Another class of the school; its path.
async fn another(app: &TestApp, taught: &Taught) -> String {
    enrolling(app, &taught.school, &with(entry(&taught.school, &[taught.course]), "name", json!("另一个班"))).await
}

/// Kind of each clash, and the class that it is with.
#[track_caller]
fn clashes(reply: Reply) -> Vec<(String, Option<String>)> {
    let problem = reply.expect(409);
    assert_eq!(problem["code"], "timetable-clash");
    let clash = |clash: &Value| {
        let with = clash["with"]["class_name"].as_str().map(str::to_owned);
        (clash["kind"].as_str().unwrap().to_owned(), with)
    };
    problem["params"]["clashes"].as_array().unwrap().iter().map(clash).collect()
}

async fn listed(client: &Client, path: &str, query: &str) -> Vec<Value> {
    let page = client.get(&format!("{path}/meetings{query}")).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|meeting| meeting["starts_at"].clone()).collect()
}

async fn act(client: &Client, meeting: &Value, verb: &str, seen: i32, body: &Value) -> Reply {
    let path = format!("/api/v1/meetings/{}/{verb}", meeting["id"].as_str().unwrap());
    send(client.request(Method::POST, &path).header("if-match", format!("\"{seen}\"")).json(body)).await
}

db_tests! {
    async fn a_meeting_is_entered_and_read_by_those_who_come(app) {
        let taught = taught(&app).await;
        let meeting = taught.meet(&taught.evening(0)).await;
        assert_eq!(meeting["starts_at"], "2026-11-23T11:00:00.000Z", "stored in UTC");
        assert_eq!((&meeting["place"], &meeting["teacher_name"], &meeting["course_title"]),
            (&json!("本部 101"), &json!("school-teacher"), &json!("Course GYW01")));
        let path = format!("/api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let (_, other) = app.learner("other").await;
        for client in [&taught.school.office, &taught.school.teacher, &taught.learners[0].1] {
            assert_eq!(client.get(&path).await.expect(200), meeting);
        }
        assert_eq!(other.get(&path).await.expect_problem(404), "not-found");

        let mine = |client: Client| async move { client.get("/api/v1/me/meetings").await.expect(200) };
        let learner = mine(taught.learners[0].1.clone()).await;
        assert_eq!((&learner[0]["part"], &learner[0]["meeting"], &learner[0]["attendance"]), (&json!("learner"), &meeting, &Value::Null));
        assert_eq!(mine(taught.school.teacher.clone()).await[0]["part"], "teacher");
        assert_eq!(mine(other).await, json!([]));
        let client = &taught.learners[0].1;
        assert_eq!(client.get("/api/v1/me/meetings?from=2026-11-24T00:00:00Z").await.expect(200), json!([]));
        let wide = client.get("/api/v1/me/meetings?to=2028-01-01T00:00:00Z").await;
        assert_eq!(wrong_field(wide), ("/to".to_owned(), "out-of-range".to_owned()));
    }

    async fn what_is_wrong_with_a_meeting_is_named(app) {
        let taught = taught(&app).await;
        let other = school(&app, "other", NEXT_COUNTY).await;
        let (foreign_room, right) = (room(&other, NEXT_COUNTY, "他校").await, taught.evening(0));
        for (field, value, pointer, code) in [
            ("course_id", json!(other.id), "/course_id", "not-studied"),
            ("teacher_id", json!(other.teacher_id), "/teacher_id", "no-class-teacher"),
            ("teacher_id", json!(taught.learners[0].0), "/teacher_id", "no-class-teacher"),
            ("room_id", foreign_room, "/room_id", "not-found"),
            ("room_id", json!(other.id), "/room_id", "not-found"),
            ("ends_at", right["starts_at"].clone(), "/ends_at", "before-start"),
            ("ends_at", json!("2026-11-23T16:00:00.001Z"), "/ends_at", "other-day"),
            ("topic", json!("长".repeat(121)), "/topic", "too-long"),
            ("weeks", json!(3), "/weeks", "unknown"),
        ] {
            let path = format!("{}/meetings", taught.path);
            let reply = taught.school.office.post(&path, &with(right.clone(), field, value.clone())).await;
            assert_eq!(wrong_field(reply), (pointer.to_owned(), code.to_owned()));
            let series = json!({ "first": with(right.clone(), field, value), "until": "2026-11-30" });
            let reply = taught.school.office.post(&format!("{}/meeting_series", taught.path), &series).await;
            assert_eq!(wrong_field(reply), (format!("/first{pointer}"), code.to_owned()));
        }
        let until_midnight = with(right, "ends_at", json!("2026-11-23T16:00:00Z"));
        taught.meet(&until_midnight).await;
    }

    async fn a_series_meets_each_week_but_on_holidays(app) {
        let taught = taught(&app).await;
        let province = app.staff("province", Role::ProvinceOffice, "33").await;
        let said = json!({ "kind": "off", "name": "元旦" });
        let say = async |client: &Client, day: &str, body: &Value| {
            send(client.request(Method::PUT, &format!("/api/v1/holidays/{day}")).json(body)).await
        };
        say(&province, "2027-01-04", &said).await.expect(200);
        say(&province, "2026-12-14", &json!({ "kind": "worked", "name": "调休" })).await.expect(200);
        assert_eq!(say(&taught.school.office, "2027-01-04", &said).await.expect_problem(403), "forbidden");
        assert_eq!(say(&province, "2027-02-30", &said).await.expect_problem(422), "invalid");
        assert_eq!(say(&province, "2027-02-03", &with(said, "name", json!(""))).await.expect_problem(422), "invalid");

        let series = json!({ "first": taught.evening(0), "until": "2027-01-11" });
        let reply = taught.school.office.post(&format!("{}/meeting_series", taught.path), &series).await.expect(201);
        let starts: Vec<_> = reply["meetings"].as_array().unwrap().iter().map(|row| row["starts_at"].as_str().unwrap()).collect();
        let days = ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-21", "2026-12-28", "2027-01-11"];
        assert_eq!(starts, days.map(|day| format!("{day}T11:00:00.000Z")), "19:00 in China, whatever the season");
        let skipped = |at: usize| (reply["skipped"][at]["day"].clone(), reply["skipped"][at]["name"].clone());
        assert_eq!([skipped(0), skipped(1)], [(json!("2026-12-14"), json!("调休")), (json!("2027-01-04"), json!("元旦"))]);

        assert_eq!(listed(&taught.school.office, &taught.path, "?from=2026-12-21T11:00:00Z&to=2027-01-11T11:00:00Z").await.len(), 2);
        let first = taught.school.office.get(&format!("{}/meetings?limit=4", taught.path)).await.expect(200);
        let cursor = first["next_cursor"].as_str().unwrap();
        assert_eq!(listed(&taught.school.office, &taught.path, &format!("?limit=4&cursor={cursor}")).await.len(), 2);
        let wide = with(series, "until", json!("2028-01-11"));
        let reply = taught.school.office.post(&format!("{}/meeting_series", taught.path), &wide).await;
        assert_eq!(wrong_field(reply), ("/until".to_owned(), "out-of-range".to_owned()));
    }

    async fn a_series_meets_on_each_of_its_days_and_says_how_it_is_held(app) {
        let taught = taught(&app).await;
        let first = with(taught.evening(0), "mode", json!("practice"));
        let series = json!({ "first": first, "until": "2026-11-29", "weekdays": ["monday", "saturday"] });
        let reply = taught.school.office.post(&format!("{}/meeting_series", taught.path), &series).await.expect(201);
        let days: Vec<_> = reply["meetings"].as_array().unwrap().iter().map(|row| (&row["starts_at"], &row["mode"])).collect();
        let (expected, practice) = (["2026-11-23", "2026-11-28"].map(|day| json!(format!("{day}T11:00:00.000Z"))), json!("practice"));
        assert_eq!(days, expected.iter().map(|day| (day, &practice)).collect::<Vec<_>>());
        let online = taught.meet(&with(taught.evening(24), "room_id", Value::Null)).await;
        assert_eq!((&online["mode"], &taught.meet(&taught.evening(48)).await["mode"]), (&json!("live"), &json!("face_to_face")));
    }

    async fn a_meeting_on_a_day_off_is_entered_and_says_so(app) {
        let taught = taught(&app).await;
        let province = app.staff("province", Role::ProvinceOffice, "33").await;
        for (day, kind) in [("2026-11-23", "usual"), ("2026-11-24", "off"), ("2026-11-28", "worked")] {
            let body = json!({ "kind": kind, "name": "演练" });
            send(province.request(Method::PUT, &format!("/api/v1/holidays/{day}")).json(&body)).await.expect(200);
        }
        let ordinary = taught.meet(&taught.evening(0)).await;
        assert_eq!(ordinary["holiday"], Value::Null);
        let off = json!({ "day": "2026-11-24", "kind": "off", "name": "演练" });
        let entered = taught.meet(&taught.evening(24)).await;
        assert_eq!((&entered["state"], &entered["holiday"]), (&json!("planned"), &off));

        let (starts_at, ends_at) = (EVENING.plus_s(5 * 24 * HOUR_S), EVENING.plus_s((5 * 24 + 1) * HOUR_S));
        let moved = json!({ "starts_at": starts_at, "ends_at": ends_at, "reason": "改到周六" });
        let moved = act(&taught.school.office, &entered, "reschedule", 1, &moved).await.expect(200);
        assert_eq!((&moved["holiday"]["kind"], &moved["holiday"]["day"]), (&json!("worked"), &json!("2026-11-28")));
        let path = format!("{}/meetings", taught.path);
        let listed = taught.school.office.get(&path).await.expect(200);
        assert_eq!(listed["items"], json!([ordinary, moved]), "the list says it, too");
    }

    async fn the_holidays_of_the_state_council_come_with_the_program(app) {
        let (_, learner) = app.learner("zhang").await;
        let days = learner.get("/api/v1/holidays?year=2026").await.expect(200);
        let days = days.as_array().unwrap();
        let of = |kind: &str| days.iter().filter(|day| day["kind"] == kind).count();
        assert_eq!((of("off"), of("worked")), (33, 6));
        assert_eq!(days[0], json!({ "day": "2026-01-01", "kind": "off", "name": "元旦" }));
        assert_eq!(learner.get("/api/v1/holidays?year=10000").await.expect_problem(422), "invalid");
    }

    async fn nothing_is_needed_at_two_places_at_once(app) {
        let taught = taught(&app).await;
        taught.meet(&taught.evening(0)).await;
        let (office, other) = (&taught.school.office, another(&app, &taught).await);
        let (here, there) = (format!("{}/meetings", taught.path), format!("{other}/meetings"));
        let later = with(taught.evening(1), "ends_at", json!(EVENING.plus_s(2 * HOUR_S)));
        let all = |name: &str, kinds: &[&str]| kinds.iter().map(|kind| ((*kind).to_owned(), Some(name.to_owned()))).collect::<Vec<_>>();
        assert_eq!(clashes(office.post(&there, &later).await), all("2026年秋 夜校班", &["teacher", "room"]));
        assert_eq!(clashes(office.post(&here, &later).await), all("2026年秋 夜校班", &["teacher", "room", "class"]));
        let alone = with(with(later.clone(), "teacher_id", Value::Null), "room_id", Value::Null);
        assert_eq!(clashes(office.post(&here, &alone).await), all("2026年秋 夜校班", &["class"]));
        office.post(&there, &alone).await.expect(201);

        let series = json!({ "first": taught.evening(-7 * 24), "until": "2026-12-07" });
        assert_eq!(clashes(office.post(&format!("{}/meeting_series", taught.path), &series).await).len(), 3);
        assert_eq!(listed(office, &taught.path, "").await.len(), 1, "none of the series is entered");
        let next = with(taught.evening(0), "starts_at", json!(EVENING.plus_s(90 * 60)));
        taught.meet(&with(next, "ends_at", json!(EVENING.plus_s(3 * HOUR_S)))).await;
    }

    async fn of_two_who_plan_for_the_same_hour_one_is_told_of_the_other(app) {
        let taught = taught(&app).await;
        let (other, evening) = (another(&app, &taught).await, taught.evening(0));
        let enter = |path: String| {
            let (office, evening) = (taught.school.office.clone(), evening.clone());
            async move { office.post(&format!("{path}/meetings"), &evening).await.status }
        };
        let (one, two) = join(enter(taught.path.clone()), enter(other)).await;
        assert_eq!([one.min(two), one.max(two)], [201, 409]);
    }

    async fn of_a_meeting_elsewhere_only_that_it_is_there_is_told(app) {
        let taught = taught(&app).await;
        let other = school(&app, "other", NEXT_COUNTY).await;
        let roles = [&taught.school, &other].map(|school| RoleAt { role: Role::Teacher, place: school.place.clone() });
        app.person("both", &roles).await;
        let both = crate::classes::school::account(&app, "both").await;
        taught.meet(&with(taught.evening(0), "teacher_id", json!(both))).await;
        let path = enrolling(&app, &other, &entry(&other, &[taught.course])).await;
        let there = with(with(taught.evening(0), "teacher_id", json!(both)), "room_id", Value::Null);
        let reply = other.office.post(&format!("{path}/meetings"), &there).await.expect(409);
        assert_eq!(reply["params"]["clashes"], json!([{ "kind": "teacher", "starts_at": EVENING, "with": null }]));
        assert!(!reply.to_string().contains("夜校班"), "{reply}");
    }

    async fn who_may_write_a_timetable(app) {
        let taught = taught(&app).await;
        let id = taught.path.rsplit('/').next().unwrap().parse().unwrap();
        let place = Place::Class { id, provider: taught.school.id, division: TOWN.to_owned() };
        let tutor = app.person("tutor", &[RoleAt { role: Role::ClassTutor, place }]).await;
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        let other = school(&app, "other", NEXT_COUNTY).await;
        let path = format!("{}/meetings", taught.path);
        let meeting = tutor.post(&path, &taught.evening(0)).await.expect(201);
        let reason = json!({ "reason": "停电" });
        for (client, code) in [(&taught.school.teacher, 403), (&county, 403), (&taught.learners[0].1, 404), (&other.office, 404)] {
            client.post(&path, &taught.evening(24)).await.expect(code);
            act(client, &meeting, "cancel", 1, &reason).await.expect(code);
        }
        assert_eq!(listed(&county, &taught.path, "").await.len(), 1);
        for client in [&taught.learners[0].1, &other.office] {
            assert_eq!(client.get(&path).await.expect_problem(404), "not-found");
        }
        let room = json!({ "teaching_point_id": NEXT_COUNTY, "name": "1", "seats": 1 });
        assert_eq!(wrong_field(tutor.post("/api/v1/rooms", &room).await).1, "wrong-type");
    }

    async fn a_room_gets_its_right_name_and_no_lesson_is_planned_in_one_that_is_closed(app) {
        let taught = taught(&app).await;
        let office = &taught.school.office;
        let planned = taught.meet(&taught.evening(0)).await;
        let change = async |client: &Client, seen: u32, body: &Value| {
            let path = format!("/api/v1/rooms/{}", taught.room.as_str().unwrap());
            send(client.request(Method::PUT, &path).header("if-match", format!("\"{seen}\"")).json(body)).await
        };
        let body = |name: &str, seats: u32, state: &str| json!({ "name": name, "seats": seats, "state": state });
        let renamed = change(office, 1, &body(" 201 ", 30, "open")).await.expect(200);
        assert_eq!((&renamed["name"], &renamed["seats"], &renamed["version"]), (&json!("201"), &json!(30), &json!(2)));
        assert_eq!(change(office, 1, &body("202", 30, "open")).await.expect_problem(412), "stale");
        assert_eq!(wrong_field(change(office, 2, &body("", 30, "open")).await).1, "required");
        assert_eq!(wrong_field(change(office, 2, &body("201", 0, "open")).await).0, "/seats");
        let second = json!({ "teaching_point_id": renamed["teaching_point_id"], "name": "202", "seats": 40 });
        office.post("/api/v1/rooms", &second).await.expect(201);
        assert_eq!(wrong_field(change(office, 2, &body("202", 30, "open")).await).1, "duplicate");

        let closed = change(office, 2, &body("201", 30, "closed")).await.expect(200);
        assert_eq!(closed["state"], "closed");
        let meetings = format!("{}/meetings", taught.path);
        let refused = office.post(&meetings, &taught.evening(48)).await;
        assert_eq!(wrong_field(refused), ("/room_id".to_owned(), "room-closed".to_owned()));
        let kept = office.get(&format!("/api/v1/meetings/{}", planned["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(kept["state"], "planned", "what is planned stays");
        change(office, 3, &body("201", 30, "open")).await.expect(200);
        office.post(&meetings, &taught.evening(48)).await.expect(201);
        let other = school(&app, "other", NEXT_COUNTY).await;
        assert_eq!(change(&other.office, 4, &body("1", 1, "open")).await.expect_problem(404), "not-found");
    }
}
