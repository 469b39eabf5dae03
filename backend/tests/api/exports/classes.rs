//! Records, classes, and the hours of a class.

use super::{column, said, take, taken};
use crate::{
    classes::school::{TOWN, add, course, enrolling, entry, school, with},
    people::{HERE, audited, number, office, towns},
    support::db_tests,
};
use serde_json::json;
use shared::rights::Role;

db_tests! {
    async fn records_are_taken_away_by_state_and_level(app) {
        let school = towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        for (n, level) in [(2, "senior"), (4, "junior")] {
            let applicant = json!({ "kind": "stated", "name": format!("张秀英{n}"), "phone": "19900009137",
                "document": { "kind": "resident_identity_card", "number": number(n) } });
            let body = json!({ "provider_id": school, "level": level, "education_level": if n == 2 { "71" } else { "81" },
                "applicant": applicant });
            office.post("/api/v1/enrolments", &body).await.expect(201);
        }
        let [list, about] = taken(&office, "/api/v1/enrolments/exports?level=senior&state=applied").await;
        assert_eq!((column(&list, "姓名"), column(&list, "层次")), (vec!["张秀英2"], vec!["成人高中"]));
        assert_eq!((column(&list, "状态"), column(&list, "入学日期")), (vec!["已申请"], vec!["2026-11-23"]));
        assert_eq!((said(&about, "筛选条件 状态"), said(&about, "筛选条件 层次")), ("已申请", "成人高中"));
        let noted = audited(&app, "read_enrolments").await;
        assert_eq!(noted, [json!({ "exported": "enrolments", "rows": 1, "filter": { "level": "senior", "state": "applied" } })]);
    }

    async fn classes_are_taken_away_and_a_name_that_looks_like_a_formula_is_a_text(app) {
        let school = school(&app, "school", TOWN).await;
        let course = course(&app, "GYW01").await;
        let plan = with(entry(&school, &[course]), "name", json!("=HYPERLINK(\"http://example.org\")"));
        enrolling(&app, &school, &with(plan, "capacity", json!(30))).await;
        let [list, _] = taken(&school.office, "/api/v1/classes/exports?state=enrolling").await;
        assert_eq!(column(&list, "班级"), ["'=HYPERLINK(\"http://example.org\")"]);
        assert_eq!((column(&list, "学校"), column(&list, "在班人数"), column(&list, "班额")), (vec!["school"], vec!["0"], vec!["30"]));
        let [none, _] = taken(&school.office, "/api/v1/classes/exports?state=archived").await;
        assert_eq!(none.rows.len(), 1);
    }

    async fn who_is_and_was_in_a_class_is_taken_away(app) {
        let school = school(&app, "school", TOWN).await;
        let course = course(&app, "GYW01").await;
        let path = enrolling(&app, &school, &entry(&school, &[course])).await;
        let (zhang, shen) = (app.learner("zhang").await.0, app.learner("shen").await.0);
        add(&school.office, &path, &[zhang, shen]).await.expect(201);
        let left = json!({ "learner": shen, "reason": "=搬家" });
        school.office.post(&format!("{path}/departures"), &left).await.expect(201);
        let export = format!("{path}/members/exports");
        let [list, _] = taken(&school.office, &export).await;
        let mut rows: Vec<_> = list.rows[1..].iter().map(|row| row.iter().map(String::as_str).collect::<Vec<_>>()).collect();
        rows.sort_unstable();
        let day = "2026-11-23";
        assert_eq!(rows, [["shen", "已离班", day, day, "'=搬家"], ["zhang", "在班", day, "", ""]]);
        let [list, about] = taken(&school.office, &format!("{export}?state=in")).await;
        assert_eq!((column(&list, "姓名"), said(&about, "筛选条件 状态")), (vec!["zhang"], "在班"));
        let noted = audited(&app, "read_classes").await;
        assert_eq!((&noted[0]["exported"], &noted[0]["rows"], &noted[1]["filter"]["state"]), (&json!("class_members"), &json!(2), &json!("in")));
        let elsewhere = app.staff("elsewhere", Role::SchoolOffice, "330602").await;
        assert_eq!(take(&elsewhere, &export).await.expect_problem(404), "not-found");
    }

    async fn the_hours_of_a_class_are_taken_away_by_who_calls_its_roll(app) {
        let school = school(&app, "school", TOWN).await;
        let course = course(&app, "GYW01").await;
        let path = enrolling(&app, &school, &entry(&school, &[course])).await;
        let (zhang, shen) = (app.learner("zhang").await.0, app.learner("shen").await.0);
        add(&school.office, &path, &[zhang, shen]).await.expect(201);
        let export = format!("{path}/class_hours/exports");
        let [list, about] = taken(&school.office, &export).await;
        assert_eq!((column(&list, "姓名"), column(&list, "进班日期")), (vec!["shen", "zhang"], vec!["2026-11-23"; 2]));
        for (at, name) in [(2, "面授学时"), (3, "应到学时"), (4, "线上学时"), (5, "面授线上合计应到学时")] {
            assert!(list.rows[0][at].ends_with(name), "{:?}", list.rows[0]);
        }
        assert_eq!((&list.rows[1][2], said(&about, "行数")), (&"0".to_owned(), "2"));
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        assert_eq!(take(&county, &export).await.expect_problem(403), "forbidden", "it sees the class, not who came");
        let elsewhere = app.staff("elsewhere", Role::SchoolOffice, "330602").await;
        assert_eq!(take(&elsewhere, &export).await.expect_problem(404), "not-found");
    }
}
