//! Classes: planned by a school, approved by the county, joined and left by learners.

mod attendance_rules;
mod closing;
mod members;
pub(crate) mod school;

use crate::{
    people::{audited, close},
    support::{Client, Reply, Store, TestApp, db_tests, execute, send},
};
use backend::platform::db::dialect;
use futures::future::join;
use migrations::Migrator;
use reqwest::Method;
use school::{
    CLASSES, NEXT_COUNTY, School, TOWN, account, add, course, enrolling, entry, picture, planned, replace, school,
    step, with, wrong_field,
};
use sea_orm::{ConnectionTrait, Database};
use sea_orm_migration::MigratorTrait;
use serde_json::{Value, json};
use shared::{
    ids::AccountId,
    rights::{Place, Role, RoleAt},
};
use tokio::sync::Notify;

const ROOMS: &str = "/api/v1/rooms";

async fn names(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("{CLASSES}?{query}")).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

async fn plan(client: &Client, path: &str) -> Value {
    client.get(&format!("{path}/plan")).await.expect(200)
}

/// Adds a rule of attendance: region, first day, minutes up to which one is late, minutes of a class hour.
pub(crate) async fn add_rule(app: &TestApp, row: &str) {
    let add = "INSERT INTO attendance_rule (region, valid_from, late_min, class_hour_min) VALUES";
    execute(app, &format!("{add} {row}")).await;
}

/// The bureau of the county that a school lies in.
async fn county(app: &TestApp) -> Client {
    app.staff("county", Role::CountyBureau, "330502").await
}

/// A teaching point of a school: what was entered of it, and its id.
async fn teaching_point(school: &School) -> (Value, Value) {
    let entry = json!({ "provider_id": school.id, "name": "本部", "division": TOWN, "address": "1 号",
        "phone": "0572-0000001", "state": "open" });
    let point = school.office.post("/api/v1/teaching_points", &entry).await.expect(201);
    (entry, point["id"].clone())
}

/// Closes a teaching point that nobody has changed, for who was told of these classes.
async fn closed_point(school: &School, (entry, id): &(Value, Value), told: Value) -> Reply {
    let path = format!("/api/v1/teaching_points/{}", id.as_str().unwrap());
    let closing = school.office.request(Method::PUT, &path).header("if-match", "\"1\"");
    send(closing.json(&with(with(entry.clone(), "state", json!("closed")), "told_classes", told))).await
}

/// The same for who was told of all of the school's.
async fn close_point(school: &School, point: &(Value, Value)) {
    let page = school.office.get(CLASSES).await.expect(200);
    let told = page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    closed_point(school, point, Value::Array(told)).await.expect(200);
}

/// What is said of a teaching point that is closed.
fn point_closed() -> (String, String) {
    ("/teaching_point_id".to_owned(), "point-closed".to_owned())
}

db_tests! {
    async fn a_class_goes_its_way_from_plan_to_archive(app) {
        let (school, county) = (school(&app, "school", TOWN).await, county(&app).await);
        let course = course(&app, "GYW01").await;
        let path = planned(&school, &entry(&school, &[course])).await;
        let seen = plan(&school.office, &path).await;
        assert_eq!((&seen["class"]["state"], &seen["next"], &seen["may_keep"]), (&json!("planned"), &json!([]), &json!(true)));
        assert_eq!((&seen["courses"][0]["code"], &seen["courses"][0]["version"]), (&json!("GYW01"), &json!(1)));
        assert_eq!(step(&school.office, &path, "approved").await.expect_problem(403), "forbidden");
        assert_eq!(plan(&county, &path).await["next"], json!(["approved"]));
        assert_eq!(step(&county, &path, "running").await.expect_problem(403), "forbidden");
        assert_eq!(step(&school.office, &path, "enrolling").await.expect_problem(409), "wrong-state");

        assert_eq!(step(&county, &path, "approved").await.expect(200)["class"]["state"], "approved");
        assert_eq!(step(&county, &path, "approved").await.expect_problem(409), "wrong-state", "once");
        step(&school.office, &path, "enrolling").await.expect(200);
        assert_eq!(step(&school.office, &path, "running").await.expect_problem(409), "wrong-state", "nobody is in it");
        let (learner, _) = app.learner("zhang").await;
        add(&school.office, &path, &[learner]).await.expect(201);
        for state in ["running", "finished", "archived"] {
            assert_eq!(step(&school.office, &path, state).await.expect(200)["class"]["state"], state);
        }
        let over = plan(&school.office, &path).await;
        assert_eq!((&over["next"], &over["may_keep"]), (&json!([]), &json!(false)));
        let version = i32::try_from(over["version"].as_i64().unwrap()).unwrap();
        assert_eq!(replace(&school.office, &path, version, &entry(&school, &[course])).await.expect_problem(409), "wrong-state");
    }

    async fn a_class_says_its_season_and_who_answers_for_its_partner_and_shows_the_agreement(app) {
        let (school, county) = (school(&app, "school", TOWN).await, county(&app).await);
        let course = course(&app, "GYW01").await;
        let told = with(with(entry(&school, &[course]), "season", json!("autumn")), "partner_contact", json!("甲"));
        let wrong = school.office.post(CLASSES, &with(told.clone(), "partner_phone", json!("甲"))).await;
        assert_eq!(wrong_field(wrong), ("/partner_phone".to_owned(), "office-phone".to_owned()));
        let path = planned(&school, &with(told, "partner_phone", json!("0572-0000001"))).await;
        let seen = plan(&county, &path).await;
        assert_eq!((&seen["season"], &seen["partner_contact"], &seen["partner_phone"]), (&json!("autumn"), &json!("甲"), &json!("0572-0000001")));
        assert_eq!(seen["has_agreement"], false);

        let look = format!("{path}/agreement/look");
        assert_eq!(county.post(&look, &json!({})).await.expect_problem(404), "not-found");
        let add = async |client: &Client| send(client.request(Method::POST, &format!("{path}/agreement")).body(picture())).await;
        assert_eq!(add(&county).await.expect_problem(403), "forbidden");
        assert_eq!(add(&school.office).await.expect(201)["has_agreement"], true);
        let photo = county.post(&look, &json!({})).await;
        assert_eq!((photo.status, &photo.bytes[..2]), (200, &[0xFF, 0xD8][..]));
        let looks = audited(&app, "read_classes").await;
        assert_eq!(looks.iter().filter(|noted| noted.get("agreement").is_some()).count(), 1, "{looks:?}");
    }

    async fn who_planned_a_class_does_not_approve_it(app) {
        let school = school(&app, "school", TOWN).await;
        let both = [
            RoleAt { role: Role::SchoolOffice, place: school.place.clone() },
            RoleAt { role: Role::CountyBureau, place: Place::division("330502") },
        ];
        let both = app.person("both", &both).await;
        let course = course(&app, "GYW01").await;
        let plan = both.post(CLASSES, &entry(&school, &[course])).await.expect(201);
        let path = format!("{CLASSES}/{}", plan["class"]["id"].as_str().unwrap());
        assert_eq!(plan["next"], json!([]));
        assert_eq!(step(&both, &path, "approved").await.expect_problem(409), "second-person-needed");
        step(&county(&app).await, &path, "approved").await.expect(200);
    }

    async fn what_is_wrong_with_a_plan_is_named(app) {
        let school = school(&app, "school", TOWN).await;
        let other = school::school(&app, "other", NEXT_COUNTY).await;
        let course = course(&app, "GYW01").await;
        let right = entry(&school, &[course]);
        let point = json!({ "provider_id": other.id, "name": "本部", "division": NEXT_COUNTY, "address": "1 号",
            "phone": "0572-0000001", "state": "open" });
        let point = other.office.post("/api/v1/teaching_points", &point).await.expect(201);
        for (field, value, pointer, code) in [
            ("name", json!(" "), "/name", "required"),
            ("form", json!("village"), "/partner", "required"),
            ("form", json!("night"), "/form", "unknown"),
            ("capacity", json!(0), "/capacity", "out-of-range"),
            ("courses", json!([]), "/courses", "required"),
            ("courses", json!([{ "course_id": course, "version": 2 }]), "/courses/0/version", "not-published"),
            ("courses", json!([{ "course_id": school.id }]), "/courses/0/course_id", "not-published"),
            ("courses", json!([{ "course_id": course, "hours": 1 }]), "/courses/0/hours", "unknown"),
            ("tutor_id", json!(other.teacher_id), "/tutor_id", "no-class-teacher"),
            ("tutor_id", json!(school.id), "/tutor_id", "no-class-teacher"),
            ("teaching_point_id", point["id"].clone(), "/teaching_point_id", "other-provider"),
            ("teaching_point_id", json!(school.id), "/teaching_point_id", "not-found"),
            ("provider_id", json!(other.id), "/provider_id", "not-found"),
            ("starts_on", json!("2026-02-30"), "/starts_on", "wrong-type"),
            ("state", json!("running"), "/state", "unknown"),
        ] {
            let reply = school.office.post(CLASSES, &with(right.clone(), field, value)).await;
            assert_eq!(wrong_field(reply), (pointer.to_owned(), code.to_owned()));
        }
        let dates = with(with(right.clone(), "starts_on", json!("2027-01-02")), "ends_on", json!("2027-01-01"));
        assert_eq!(wrong_field(school.office.post(CLASSES, &dates).await), ("/ends_on".to_owned(), "before-start".to_owned()));
        assert_eq!(names(&school.office, "").await, [""; 0]);
        assert_eq!(county(&app).await.post(CLASSES, &right).await.expect_problem(403), "forbidden");
    }

    async fn nothing_new_is_planned_where_all_is_closed(app) {
        let school = school(&app, "school", TOWN).await;
        let (county, course) = (county(&app).await, course(&app, "GYW01").await);
        let point = teaching_point(&school).await;
        let there = with(entry(&school, &[course]), "teaching_point_id", point.1.clone());
        let path = planned(&school, &there).await;
        close_point(&school, &point).await;

        assert_eq!(wrong_field(school.office.post(CLASSES, &there).await), point_closed());
        let room = json!({ "teaching_point_id": point.1, "name": "101", "seats": 40 });
        assert_eq!(wrong_field(school.office.post(ROOMS, &room).await), point_closed());
        let elsewhere = with(there.clone(), "teaching_point_id", Value::Null);
        let seen = plan(&school.office, &path).await["version"].as_i64().unwrap();
        let seen = i32::try_from(seen).unwrap();
        replace(&school.office, &path, seen, &with(there.clone(), "capacity", json!(3))).await.expect(200);
        replace(&school.office, &path, seen + 1, &elsewhere).await.expect(200);
        assert_eq!(wrong_field(replace(&school.office, &path, seen + 2, &there).await), point_closed());

        close(&county, school.id, TOWN).await;
        let refused = wrong_field(school.office.post(CLASSES, &elsewhere).await);
        assert_eq!(refused, ("/provider_id".to_owned(), "provider-closed".to_owned()));
    }

    async fn who_asks_again_after_a_point_was_closed_gets_the_first_answer(app) {
        let school = school(&app, "school", TOWN).await;
        let point = teaching_point(&school).await;
        let class = with(entry(&school, &[course(&app, "GYW01").await]), "teaching_point_id", point.1.clone());
        let room = json!({ "teaching_point_id": point.1, "name": "101", "seats": 40 });
        for (path, body) in [(CLASSES, &class), (ROOMS, &room)] {
            execute(&app, "UPDATE teaching_point SET state = 'open', version = 1").await;
            let ask = async |key: &str| {
                send(school.office.request(Method::POST, path).header("idempotency-key", key).json(body)).await
            };
            let first = ask(path).await.expect(201);
            close_point(&school, &point).await;
            assert_eq!(ask(path).await.expect(201), first);
            assert_eq!(wrong_field(ask("another").await), point_closed());
        }
        assert_eq!(names(&school.office, "").await.len(), 1);
    }

    async fn nothing_is_planned_at_a_point_while_it_is_closed(app) {
        let school = school(&app, "school", TOWN).await;
        let (_, point) = teaching_point(&school).await;
        let elsewhere = entry(&school, &[course(&app, "GYW01").await]);
        let (path, there) = (planned(&school, &elsewhere).await, with(elsewhere, "teaching_point_id", point.clone()));
        let room = json!({ "teaching_point_id": point, "name": "101", "seats": 40 });
        let office = &school.office;
        for asked in [
            office.request(Method::POST, CLASSES).json(&there),
            office.request(Method::POST, ROOMS).json(&room),
            office.request(Method::PUT, &format!("{path}/plan")).header("if-match", "\"1\"").json(&there),
        ] {
            let (has_begun, may_end) = (Notify::new(), Notify::new());
            let closing = app.cx.db.write_journal(async |tx| {
                tx.execute_unprepared("UPDATE teaching_point SET state = 'closed'").await?;
                has_begun.notify_one();
                may_end.notified().await;
                Ok(())
            });
            let planning = async {
                has_begun.notified().await;
                // While others are answered, who looks too early at the point would have looked.
                let others = async {
                    for _ in 0..20 {
                        plan(office, &path).await;
                    }
                    may_end.notify_one();
                };
                join(send(asked), others).await.0
            };
            let (closed, refused) = join(closing, planning).await;
            closed.unwrap();
            assert_eq!(wrong_field(refused), point_closed());
            execute(&app, "UPDATE teaching_point SET state = 'open'").await;
        }
        assert_eq!((names(office, "").await.len(), plan(office, &path).await["version"].clone()), (1, json!(1)));
        planned(&school, &there).await;
    }

    async fn the_rule_of_the_first_day_and_of_the_smallest_region_holds(app) {
        let school = school(&app, "school", TOWN).await;
        let entry = entry(&school, &[course(&app, "GYW01").await]);
        let kept = async |entry: &Value| plan(&school.office, &planned(&school, entry).await).await["rule_version"].clone();
        assert_eq!(kept(&entry).await, "330000/2022-01-01");
        for rule in ["('33', '2026-09-01', 10, 45)", "('3305', '2026-11-23', 15, 40)", "('3305', '2027-01-01', 10, 40)", "('3307', '2026-01-01', 1, 1)"] {
            add_rule(&app, rule).await;
        }
        assert_eq!(kept(&entry).await, "330500/2026-11-23", "today, where no first day is settled");
        for (day, version) in [
            ("2025-09-01", "330000/2022-01-01"), ("2026-11-22", "330000/2026-09-01"), ("2026-11-23", "330500/2026-11-23"),
            ("2026-12-31", "330500/2026-11-23"), ("2027-01-01", "330500/2027-01-01"),
        ] {
            assert_eq!(kept(&with(entry.clone(), "starts_on", json!(day))).await, version, "{day}");
        }
        let of_old = school.office.post(CLASSES, &with(entry, "starts_on", json!("2021-12-31"))).await;
        assert_eq!(wrong_field(of_old), ("/starts_on".to_owned(), "out-of-range".to_owned()), "there was no rule");
    }

    async fn a_class_keeps_its_rule_when_a_newer_one_comes(app) {
        let (school, county) = (school(&app, "school", TOWN).await, county(&app).await);
        let entry = entry(&school, &[course(&app, "GYW01").await]);
        let path = planned(&school, &entry).await;
        let rule = |hour: u32| json!({ "region": "33", "valid_from": "2022-01-01", "late_min": 15, "class_hour_min": hour,
            "face_min_pct": 100 });
        assert_eq!(plan(&school.office, &path).await["attendance"], rule(45));
        add_rule(&app, "('3305', '2026-11-01', 10, 40)").await;
        let renamed = replace(&school.office, &path, 1, &with(entry.clone(), "name", json!("新班名"))).await.expect(200);
        assert_eq!((&renamed["rule_version"], &renamed["attendance"]), (&json!("330000/2022-01-01"), &rule(45)));

        // Until it runs, the first day is a part of the plan.
        let moved = with(entry.clone(), "starts_on", json!("2026-12-01"));
        let moved = replace(&school.office, &path, 2, &moved).await.expect(200);
        assert_eq!((&moved["rule_version"], &moved["attendance"]["class_hour_min"]), (&json!("330500/2026-11-01"), &json!(40)));
        step(&county, &path, "approved").await.expect(200);
        add_rule(&app, "('330502', '2026-12-02', 5, 45)").await;
        let later = with(entry.clone(), "starts_on", json!("2026-12-03"));
        let later = replace(&school.office, &path, 4, &later).await.expect(200);
        assert_eq!(later["rule_version"], "330502/2026-12-02", "also when the county has approved it");
        execute(&app, "UPDATE class SET state = 'running'").await;
        let running = replace(&school.office, &path, 5, &with(entry, "starts_on", json!("2026-11-30"))).await.expect(200);
        assert_eq!(running["rule_version"], "330502/2026-12-02");
    }

    async fn a_plan_is_sent_twice_and_stored_once(app) {
        let school = school(&app, "school", TOWN).await;
        let entry = entry(&school, &[course(&app, "GYW01").await]);
        let send_it = async |entry: &Value| {
            send(school.office.request(Method::POST, CLASSES).header("idempotency-key", "one").json(entry)).await
        };
        let first = send_it(&entry).await.expect(201);
        assert_eq!(send_it(&entry).await.expect(201)["class"]["id"], first["class"]["id"]);
        assert_eq!(names(&school.office, "").await.len(), 1);
        assert_eq!(send_it(&with(entry, "name", json!("班"))).await.expect_problem(422), "idempotency-conflict");
    }

    async fn a_plan_is_changed_until_the_county_has_approved_it(app) {
        let (school, county) = (school(&app, "school", TOWN).await, county(&app).await);
        let (one, two) = (course(&app, "GYW01").await, course(&app, "GSX01").await);
        let entry = entry(&school, &[one]);
        let path = planned(&school, &entry).await;
        let both = with(entry.clone(), "courses", json!([{ "course_id": two }, { "course_id": one, "version": 1 }]));
        let changed = replace(&school.office, &path, 1, &both).await;
        assert_eq!(changed.headers["etag"], "\"2\"");
        assert_eq!(changed.expect(200)["courses"][0]["code"], "GSX01");
        assert_eq!(replace(&school.office, &path, 1, &entry).await.expect_problem(412), "stale");
        assert_eq!(replace(&county, &path, 2, &entry).await.expect_problem(403), "forbidden");
        let form = with(both.clone(), "form", json!("online"));
        assert_eq!(wrong_field(replace(&school.office, &path, 2, &form).await).0, "/form");

        step(&county, &path, "approved").await.expect(200);
        assert_eq!(wrong_field(replace(&school.office, &path, 3, &entry).await), ("/courses".to_owned(), "unchangeable".to_owned()));
        let renamed = with(both, "name", json!("新班名"));
        assert_eq!(replace(&school.office, &path, 3, &renamed).await.expect(200)["class"]["name"], "新班名");
    }

    async fn the_tutor_keeps_the_class_and_no_other_and_only_while_they_are_its_tutor(app) {
        let school = school(&app, "school", TOWN).await;
        let course = course(&app, "GYW01").await;
        let place = Place::Provider { id: school.id, division: TOWN.to_owned() };
        let tutor = app.person("tutor", &[RoleAt { role: Role::Teacher, place }]).await;
        let tutor_id = account(&app, "tutor").await;
        let listed = school.office.get(&format!("/api/v1/class_teachers?provider_id={}", school.id)).await.expect(200);
        let listed: Vec<_> = listed.as_array().unwrap().iter().map(|row| row["display_name"].as_str().unwrap()).collect();
        assert_eq!(listed, ["school-office", "school-teacher", "tutor"]);

        let entry = with(entry(&school, &[course]), "tutor_id", json!(tutor_id));
        let path = planned(&school, &entry).await;
        assert_eq!(plan(&tutor, &path).await["class"]["tutor_name"], "tutor");
        let roles = async || {
            let me = tutor.get("/api/v1/me").await.expect(200);
            let roles = me["roles"].as_array().unwrap().clone();
            roles.iter().filter(|held| held["role"] == "class_tutor").count()
        };
        assert_eq!(roles().await, 1);
        assert_eq!(replace(&tutor, &path, 1, &entry).await.expect_problem(403), "forbidden");
        replace(&school.office, &path, 1, &entry).await.expect(200);
        assert_eq!(roles().await, 1, "nothing was changed");
        let other = with(entry, "tutor_id", json!(school.teacher_id));
        replace(&school.office, &path, 2, &other).await.expect(200);
        assert_eq!(roles().await, 0);
    }

    async fn nobody_makes_a_tutor_of_themselves_or_of_who_sees_papers(app) {
        let school = school(&app, "school", TOWN).await;
        let course = course(&app, "GYW01").await;
        let province = Place::Division { code: "33".to_owned() };
        let both = [
            RoleAt { role: Role::SchoolOffice, place: school.place.clone() },
            RoleAt { role: Role::PaperHead, place: province },
        ];
        app.person("head", &both).await;
        let entry = entry(&school, &[course]);
        let named = |tutor: AccountId| with(entry.clone(), "tutor_id", json!(tutor));
        let office = account(&app, "school-office").await;
        let own = school.office.post(CLASSES, &named(office)).await;
        assert_eq!(wrong_field(own), ("/tutor_id".to_owned(), "own-tutor".to_owned()));
        let head = account(&app, "head").await;
        let refused = school.office.post(CLASSES, &named(head)).await.expect(409);
        assert_eq!(refused["code"], "wrong-state");
        assert!(refused["detail"].as_str().unwrap().contains("命题组长"), "{refused}");
        assert_eq!(names(&school.office, "").await, [""; 0], "nothing was planned");

        let path = planned(&school, &named(school.teacher_id)).await;
        assert_eq!(replace(&school.office, &path, 1, &named(head)).await.expect_problem(409), "wrong-state");
        assert_eq!(wrong_field(replace(&school.office, &path, 1, &named(office)).await).1, "own-tutor");
        assert_eq!(plan(&school.office, &path).await["class"]["tutor_name"], "school-teacher");
    }

    async fn lists_show_what_lies_at_ones_places(app) {
        let here = school(&app, "here", TOWN).await;
        let there = school(&app, "there", NEXT_COUNTY).await;
        let course = course(&app, "GYW01").await;
        for (school, name, form) in [(&here, "甲班", "evening"), (&here, "乙_班", "online"), (&there, "丙班", "retake")] {
            let entry = with(with(entry(school, &[course]), "name", json!(name)), "form", json!(form));
            planned(school, &entry).await;
        }
        let path = enrolling(&app, &here, &with(entry(&here, &[course]), "name", json!("丁班"))).await;
        let (county, province) = (county(&app).await, app.staff("province", Role::ProvinceOffice, "33").await);
        assert_eq!(names(&province, "").await, ["丁班", "丙班", "乙_班", "甲班"]);
        assert_eq!(names(&county, "").await, ["丁班", "乙_班", "甲班"]);
        assert_eq!(names(&there.office, "").await, ["丙班"]);
        for (query, expected) in [
            ("state=enrolling", vec!["丁班"]),
            ("form=online", vec!["乙_班"]),
            ("name=_", vec!["乙_班"]),
            ("name=甲", vec!["甲班"]),
            ("division=330503", vec!["丙班"]),
            ("division=330502&state=planned", vec!["乙_班", "甲班"]),
        ] {
            assert_eq!(names(&province, query).await, expected, "{query}");
        }
        assert_eq!(names(&province, &format!("provider_id={}", there.id)).await, ["丙班"]);
        assert_eq!(names(&county, "division=330503").await, [""; 0]);

        let first = province.get(&format!("{CLASSES}?limit=3")).await.expect(200);
        let cursor = first["next_cursor"].as_str().unwrap();
        assert_eq!(names(&province, &format!("limit=3&cursor={cursor}")).await, ["甲班"]);
        for query in ["division=x", "cursor=x"] {
            assert_eq!(province.get(&format!("{CLASSES}?{query}")).await.expect_problem(422), "invalid");
        }
        let place = Place::Class {
            id: path.rsplit('/').next().unwrap().parse().unwrap(),
            provider: here.id,
            division: TOWN.to_owned(),
        };
        let tutor = app.person("tutor", &[RoleAt { role: Role::ClassTutor, place }]).await;
        assert_eq!(names(&tutor, "").await, ["丁班"]);
        let (_, learner) = app.learner("zhang").await;
        assert_eq!(learner.get(CLASSES).await.expect_problem(403), "forbidden");
        for stranger in [&there.office, &learner] {
            for part in ["plan", "members"] {
                assert_eq!(stranger.get(&format!("{path}/{part}")).await.expect_problem(404), "not-found");
            }
            assert_eq!(step(stranger, &path, "running").await.expect_problem(404), "not-found");
        }
    }
}

#[actix_web::test]
async fn classes_of_earlier_days_are_running() {
    let store = Store::bare_sqlite();
    let conn = Database::connect(dialect::options(&store.url())).await.unwrap();
    let all = Migrator::migrations();
    let before = all.iter().position(|migration| migration.name().ends_with("_classes")).unwrap();
    Migrator::up(&conn, Some(u32::try_from(before).unwrap())).await.unwrap();
    let id = format!("X'{:032}'", 1);
    for statement in [
        format!("INSERT INTO provider (id, name, division, created_at) VALUES ({id}, 'School', '{TOWN}', 1)"),
        format!(
            "INSERT INTO class (id, provider_id, name, form, created_at) VALUES ({id}, {id}, '老班', 'village_class', 1)"
        ),
    ] {
        conn.execute_unprepared(&statement).await.unwrap();
    }
    drop(conn);

    let app = TestApp::start(store).await;
    let county = county(&app).await;
    let listed = county.get(&format!("{CLASSES}?division={TOWN}&form=village")).await.expect(200);
    let row = &listed["items"][0];
    assert_eq!((&row["name"], &row["state"], &row["capacity"]), (&json!("老班"), &json!("running"), &json!(60)));
    assert_eq!((&row["division"], &row["learners"]), (&json!(TOWN), &json!(0)));
}
