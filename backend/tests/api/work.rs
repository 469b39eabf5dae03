//! What waits for whom: counted to the last, seen by nobody else, and listed by the same filter.

use crate::{
    classes::school::{CLASSES, NEXT_COUNTY, School, TOWN, course, entry, planned, school, step, with},
    support::{Client, TestApp, db_tests},
};
use serde_json::{Value, json};
use shared::rights::Role;

/// Kind and count of everything that waits.
pub(crate) async fn work(client: &Client) -> Vec<(String, u64)> {
    let lines = client.get("/api/v1/me/work").await.expect(200);
    let line = |line: &Value| (line["kind"].as_str().unwrap().to_owned(), line["count"].as_u64().unwrap());
    lines.as_array().unwrap().iter().map(line).collect()
}

/// How much of one kind waits.
pub(crate) async fn waiting(client: &Client, kind: &str) -> u64 {
    work(client).await.into_iter().find(|(found, _)| found == kind).map_or(0, |(_, count)| count)
}

async fn plan(app: &TestApp, school: &School, classes: usize) -> Vec<String> {
    let course = course(app, "GYW01").await;
    let mut paths = Vec::new();
    for n in 0..classes {
        paths.push(planned(school, &with(entry(school, &[course]), "name", json!(format!("第{n}班")))).await);
    }
    paths
}

db_tests! {
    async fn classes_are_counted_beyond_any_page(app) {
        let school = school(&app, "school", TOWN).await;
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        assert_eq!(work(&county).await, []);
        let paths = plan(&app, &school, 203).await;
        assert_eq!(work(&county).await, [("classes_to_approve".to_owned(), 203)]);
        assert_eq!(work(&school.office).await, []);
        step(&county, &paths[0], "approved").await.expect(200);
        assert_eq!(work(&county).await, [("classes_to_approve".to_owned(), 202)]);
        assert_eq!(work(&school.office).await, [("classes_to_open".to_owned(), 1)]);
        let listed = school.office.get(&format!("{CLASSES}?state=approved")).await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);

        let elsewhere = crate::classes::school::school(&app, "elsewhere", NEXT_COUNTY).await;
        let province = app.staff("province", Role::ProvinceOffice, "33").await;
        let (_, learner) = app.learner("zhang").await;
        for client in [&elsewhere.office, &school.teacher, &province, &learner] {
            assert_eq!(work(client).await, []);
        }
    }
}
