//! A school or a teaching point is closed: its classes that are not over are named, and go on; no other begins there.

use super::{
    closed_point, county,
    school::{CLASSES, School, TOWN, add, course, enrolling, entry, planned, school, step, with},
    teaching_point,
};
use crate::{
    people::audited,
    support::{Client, Reply, db_tests, send},
    work::waiting,
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::ids::CourseId;

/// Closes or opens a school over its first version, by somebody who was told of these classes.
async fn set(bureau: &Client, school: &School, seen: &str, (state, told): (&str, &[&Value])) -> Reply {
    let entry = json!({ "kind": "adult_school", "name": "school", "division": TOWN, "state": state,
        "told_classes": told });
    let request = bureau.request(Method::PUT, &format!("/api/v1/providers/{}", school.id));
    send(request.header("if-match", seen).json(&entry)).await
}

/// The id of the class at a path.
fn id(path: &str) -> Value {
    json!(path.rsplit_once('/').unwrap().1)
}

fn named(school: &School, course: CourseId, name: &str) -> Value {
    with(entry(school, &[course]), "name", json!(name))
}

async fn next(client: &Client, path: &str) -> Value {
    client.get(&format!("{path}/plan")).await.expect(200)["next"].clone()
}

async fn state(bureau: &Client, school: &School) -> Value {
    bureau.get(&format!("/api/v1/providers/{}", school.id)).await.expect(200)["state"].clone()
}

db_tests! {
    async fn a_school_is_closed_over_no_class_that_its_bureau_was_not_told_of(app) {
        let (school, bureau) = (school(&app, "school", TOWN).await, county(&app).await);
        let course = course(&app, "GYW01").await;
        let evening = planned(&school, &named(&school, course, "夜校班")).await;
        let running = enrolling(&app, &school, &named(&school, course, "村班")).await;

        let problem = set(&bureau, &school, "\"1\"", ("closed", &[])).await.expect(409);
        assert_eq!((&problem["code"], &problem["params"]["count"]), (&json!("wrong-state"), &json!(2)));
        for name in ["夜校班", "村班"] {
            assert!(problem["detail"].as_str().unwrap().contains(name), "{problem}");
        }
        let problem = set(&bureau, &school, "\"1\"", ("closed", &[&id(&running)])).await.expect(409);
        assert_eq!(problem["params"], json!({ "count": 1, "classes": "夜校班" }));
        assert_eq!(state(&bureau, &school).await, "open");

        set(&bureau, &school, "\"1\"", ("closed", &[&id(&running), &id(&evening)])).await.expect(200);
        assert_eq!(state(&bureau, &school).await, "closed");
        let audited = audited(&app, "edit_provider").await;
        let told = audited.iter().filter_map(|noted| noted.get("unfinished_classes"));
        let told: Vec<_> = told.map(|classes| classes.as_array().unwrap().len()).collect();
        assert_eq!(told, [2], "the log tells which classes the school left behind");
        set(&bureau, &school, "\"2\"", ("closed", &[])).await.expect(200);
    }

    async fn a_closed_school_begins_no_class_and_leads_to_its_end_what_has_begun(app) {
        let (school, bureau) = (school(&app, "school", TOWN).await, county(&app).await);
        let course = course(&app, "GYW01").await;
        let evening = planned(&school, &named(&school, course, "夜校班")).await;
        let village = enrolling(&app, &school, &named(&school, course, "村班")).await;
        assert_eq!(next(&bureau, &evening).await, json!(["approved"]));
        assert_eq!(waiting(&bureau, "classes_to_approve").await, 1);
        set(&bureau, &school, "\"1\"", ("closed", &[&id(&evening), &id(&village)])).await.expect(200);

        assert_eq!(next(&bureau, &evening).await, json!([]));
        assert_eq!(waiting(&bureau, "classes_to_approve").await, 0, "nobody waits for what does not begin");
        let plan = bureau.get(&format!("{evening}/plan")).await.expect(200);
        assert_eq!(plan["is_school_closed"], true, "why it does not go on");
        assert_eq!(step(&bureau, &evening, "approved").await.expect_problem(409), "wrong-state");
        let (learner, _) = app.learner("zhang").await;
        add(&school.office, &village, &[learner]).await.expect(201);
        for wanted in ["running", "finished", "archived"] {
            assert_eq!(next(&school.office, &village).await, json!([wanted]));
            step(&school.office, &village, wanted).await.expect(200);
        }

        set(&bureau, &school, "\"2\"", ("open", &[])).await.expect(200);
        step(&bureau, &evening, "approved").await.expect(200);
    }

    async fn a_school_whose_classes_are_over_is_closed_at_once(app) {
        let (school, bureau) = (school(&app, "school", TOWN).await, county(&app).await);
        let course = course(&app, "GYW01").await;
        let village = enrolling(&app, &school, &named(&school, course, "村班")).await;
        let (learner, _) = app.learner("zhang").await;
        add(&school.office, &village, &[learner]).await.expect(201);
        for wanted in ["running", "finished"] {
            step(&school.office, &village, wanted).await.expect(200);
        }
        set(&bureau, &school, "\"1\"", ("closed", &[])).await.expect(200);
    }

    async fn a_teaching_point_is_closed_over_no_class_that_meets_there_untold(app) {
        let school = school(&app, "school", TOWN).await;
        let (course, point) = (course(&app, "GYW01").await, teaching_point(&school).await);
        planned(&school, &named(&school, course, "别处的班")).await;
        let there = with(named(&school, course, "夜校班"), "teaching_point_id", point.1.clone());
        let path = planned(&school, &there).await;
        let found = school.office.get(&format!("{CLASSES}?teaching_point_id={}", point.1.as_str().unwrap())).await.expect(200);
        assert_eq!((found["items"].as_array().unwrap().len(), &found["items"][0]["name"]), (1, &json!("夜校班")));

        let problem = closed_point(&school, &point, json!([])).await.expect(409);
        assert_eq!(problem["params"], json!({ "count": 1, "classes": "夜校班" }));
        closed_point(&school, &point, json!([id(&path)])).await.expect(200);
        let plan = school.office.get(&format!("{path}/plan")).await.expect(200);
        assert_eq!(plan["teaching_point_id"], point.1, "it meets there until somebody moves it");
        let noted = audited(&app, "edit_teaching_point").await;
        assert_eq!(noted.last().unwrap()["unfinished_classes"], json!([id(&path)]));
    }

    async fn a_class_that_is_planned_while_its_school_closes_is_told_or_refused(app) {
        let (school, bureau) = (school(&app, "school", TOWN).await, county(&app).await);
        let course = course(&app, "GYW01").await;
        let plan = named(&school, course, "夜校班");
        let (planned, closed) = join(school.office.post(CLASSES, &plan), set(&bureau, &school, "\"1\"", ("closed", &[]))).await;
        let outcome = (planned.status, closed.status);
        assert!([(201, 409), (422, 200)].contains(&outcome), "{outcome:?}");
    }
}
