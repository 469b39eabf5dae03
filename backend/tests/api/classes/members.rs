//! Who joins a class and who leaves it.

use super::school::{School, add, course, enrolling, entry, school, step, with, wrong_field};
use crate::support::{Client, Reply, TestApp, db_tests};
use futures::future::join;
use serde_json::{Value, json};
use shared::ids::AccountId;

/// A class with room for so many.
async fn class(app: &TestApp, capacity: u16) -> (School, String) {
    let school = school(app, "school", super::school::TOWN).await;
    let course = course(app, "GYW01").await;
    let path = enrolling(app, &school, &with(entry(&school, &[course]), "capacity", json!(capacity))).await;
    (school, path)
}

async fn dismiss(client: &Client, path: &str, learner: AccountId, reason: &str) -> Reply {
    client.post(&format!("{path}/departures"), &json!({ "learner": learner, "reason": reason })).await
}

async fn members(client: &Client, path: &str, query: &str) -> Vec<Value> {
    client.get(&format!("{path}/members{query}")).await.expect(200).as_array().unwrap().clone()
}

db_tests! {
    async fn of_two_who_want_the_last_seat_one_gets_it(app) {
        let (school, path) = class(&app, 1).await;
        let ((one, _), (two, _)) = (app.learner("one").await, app.learner("two").await);
        let (first, second) = join(add(&school.office, &path, &[one]), add(&school.office, &path, &[two])).await;
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        assert_eq!(members(&school.office, &path, "").await.len(), 1);
    }

    async fn all_are_added_or_nobody(app) {
        let (school, path) = class(&app, 2).await;
        let ((one, _), (two, _), (three, _)) = (app.learner("one").await, app.learner("two").await, app.learner("three").await);
        let full = add(&school.office, &path, &[one, two, three]).await.expect(409);
        assert_eq!((&full["code"], &full["params"]["capacity"]), (&json!("wrong-state"), &json!(2)));
        assert_eq!(members(&school.office, &path, "").await, [Value::Null; 0]);
        add(&school.office, &path, &[one, one, two]).await.expect(201);
        assert_eq!(add(&school.office, &path, &[two, one]).await.expect(201)["class"]["learners"], 2, "who is in it stays");

        let teacher = add(&school.office, &path, &[one, school.teacher_id]).await;
        assert_eq!(wrong_field(teacher), ("/learners/1".to_owned(), "not-a-learner".to_owned()));
        assert_eq!(wrong_field(add(&school.office, &path, &[]).await), ("/learners".to_owned(), "required".to_owned()));
        assert_eq!(wrong_field(add(&school.office, &path, &[one; 201]).await), ("/learners".to_owned(), "too-long".to_owned()));
        assert_eq!(add(&school.teacher, &path, &[one]).await.expect_problem(403), "forbidden");
    }

    async fn who_leaves_is_remembered_and_may_come_again(app) {
        let (school, path) = class(&app, 1).await;
        let ((one, learner), (two, _)) = (app.learner("one").await, app.learner("two").await);
        add(&school.office, &path, &[one]).await.expect(201);
        assert_eq!(learner.get("/api/v1/me/courses").await.expect(200).as_array().unwrap().len(), 1);
        let numbered = "请打19900009137";
        for (reason, code) in [(" ", "required"), (&*"长".repeat(201), "too-long"), (numbered, "holds-number")] {
            assert_eq!(wrong_field(dismiss(&school.office, &path, one, reason).await), ("/reason".to_owned(), code.to_owned()));
        }
        app.clock.advance_s(60);
        let left = dismiss(&school.office, &path, one, "搬家").await.expect(201);
        assert_eq!((&left["departures"][0]["reason"], &left["left_at"]), (&json!("搬家"), &left["departures"][0]["left_at"]));
        assert_eq!(wrong_field(dismiss(&school.office, &path, one, "搬家").await), ("/learner".to_owned(), "not-in-class".to_owned()));
        assert_eq!(learner.get("/api/v1/me/courses").await.expect(200), json!([]));

        add(&school.office, &path, &[two]).await.expect(201);
        assert_eq!(add(&school.office, &path, &[one]).await.expect_problem(409), "wrong-state", "the seat is taken");
        dismiss(&school.office, &path, two, "工作忙").await.expect(201);
        app.clock.advance_s(60);
        add(&school.office, &path, &[one]).await.expect(201);
        let names = |rows: Vec<Value>| rows.iter().map(|row| row["display_name"].clone()).collect::<Vec<_>>();
        assert_eq!(names(members(&school.office, &path, "").await), ["two", "one"]);
        assert_eq!(names(members(&school.office, &path, "?state=in").await), ["one"]);
        assert_eq!(names(members(&school.office, &path, "?state=left").await), ["two"]);
        let back = members(&school.office, &path, "?state=in").await;
        assert_eq!((&back[0]["left_at"], back[0]["departures"].as_array().unwrap().len()), (&Value::Null, 1));
        assert_eq!(learner.get("/api/v1/me/courses").await.expect(200).as_array().unwrap().len(), 1);
    }

    async fn nobody_joins_a_class_that_has_ended(app) {
        let (school, path) = class(&app, 3).await;
        let ((one, _), (two, _)) = (app.learner("one").await, app.learner("two").await);
        add(&school.office, &path, &[one]).await.expect(201);
        step(&school.office, &path, "running").await.expect(200);
        add(&school.office, &path, &[two]).await.expect(201);
        let entry = json!({ "provider_id": school.id, "name": "班", "form": "evening", "capacity": 1, "courses": [] });
        let plan = school.office.get(&format!("{path}/plan")).await.expect(200);
        let entry = with(entry, "courses", json!([{ "course_id": plan["courses"][0]["course_id"] }]));
        let version = i32::try_from(plan["version"].as_i64().unwrap()).unwrap();
        assert_eq!(wrong_field(super::replace(&school.office, &path, version, &entry).await).0, "/capacity");
        step(&school.office, &path, "finished").await.expect(200);
        let (three, _) = app.learner("three").await;
        assert_eq!(add(&school.office, &path, &[three]).await.expect_problem(409), "wrong-state");
        assert_eq!(dismiss(&school.office, &path, one, "搬家").await.expect_problem(409), "wrong-state");
    }
}
