//! What courses are from a day on: one of the province's office proposes it, another approves it, and it is withdrawn
//! until it begins.

use crate::{
    people::audited,
    support::{Client, Reply, Sheets, TestApp, db_tests},
    teaching::taught,
    work::waiting,
};
use serde_json::{Value, json};
use shared::{ids::CourseId, rights::Role};

const RULES: &str = "/api/v1/course_rules";
const PROPOSALS: &str = "/api/v1/course_rules/proposals";
const CATALOGUE: &str = "/api/v1/public/courses/GYW01";

/// Two of the province's office.
async fn province(app: &TestApp) -> [Client; 2] {
    let one = app.staff("sheng-one", Role::ProvinceOffice, "33").await;
    [one, app.staff("sheng-two", Role::ProvinceOffice, "33").await]
}

/// From this day on the course has 20 hours face to face, and half its points pass its test.
fn rule(course_id: CourseId, valid_from: &str) -> Value {
    json!({
        "rule": { "course_id": course_id, "valid_from": valid_from, "class_hours": 120, "face_to_face_hours": 20,
            "credits": 2, "pass_pct": 50, "gate_task_pct": 60 },
        "reason": "省教育厅通知",
    })
}

async fn decide(client: &Client, proposal: &Value, verb: &str) -> Reply {
    let path = format!("{PROPOSALS}/{}/{verb}", proposal["id"].as_str().unwrap());
    client.post(&path, &json!({ "reason": "日期有误" })).await
}

/// The first days of the rules in the book.
async fn days(client: &Client) -> Vec<Value> {
    let book = client.get(RULES).await.expect(200);
    book["versions"].as_array().unwrap().iter().map(|version| version["rule"]["valid_from"].clone()).collect()
}

db_tests! {
    async fn two_persons_change_what_a_course_is_from_a_day_on(app) {
        let taught = taught(&app).await;
        let [one, other] = province(&app).await;
        assert_eq!(days(&one).await, ["2022-01-01"], "as it was entered");
        let proposal = one.post(PROPOSALS, &rule(taught.course, "2026-11-24")).await.expect(201);
        assert_eq!((&proposal["state"], &proposal["version"]["course_code"]), (&json!("proposed"), &json!("GYW01")));
        assert_eq!(one.post(PROPOSALS, &rule(taught.course, "2026-11-24")).await.expect_problem(409), "wrong-state");
        for (client, waits) in [(&one, 0), (&other, 1), (&taught.school.office, 0)] {
            assert_eq!(waiting(client, "course_rules_to_approve").await, waits);
        }
        assert_eq!(decide(&one, &proposal, "approve").await.expect_problem(409), "second-person-needed");
        assert_eq!(decide(&taught.school.office, &proposal, "approve").await.expect_problem(404), "not-found");
        let approved = decide(&other, &proposal, "approve").await.expect(200);
        assert_eq!((&approved["state"], &approved["approved_by_name"]), (&json!("approved"), &json!("sheng-two")));
        assert_eq!(days(&one).await, ["2026-11-24", "2022-01-01"], "the last one first");
        let noted = audited(&app, "keep_course_rules").await;
        assert_eq!((noted.len(), &noted[1]["state"]), (2, &json!("approved")));

        let hours = async |client: &Client| client.get("/api/v1/me/class_hours").await.expect(200)[0]["needed_together"].clone();
        let shown = async || {
            let course = app.stranger().get(CATALOGUE).await.expect(200)["course"].clone();
            (course["class_hours"].clone(), course["credits"]["credits"].clone(), course["credits"]["valid_from"].clone())
        };
        // Hours of all kinds and those face to face, as the learner has them printed.
        let printed = async |client: &Client| {
            let print = client.post("/api/v1/me/study_proofs", &json!({})).await;
            let text: String = Sheets::read(&print.bytes).text.split_whitespace().collect();
            ["0/100", "0/10", "0/120", "0/20"].map(|hours| text.contains(hours))
        };
        assert_eq!(hours(&taught.learners[0].1).await, 10);
        assert_eq!(printed(&taught.learners[0].1).await, [true, true, false, false]);
        assert_eq!(shown().await, (json!(100), json!(1), json!("2022-01-01")), "its day has not come");
        app.clock.advance_s(86_400);
        let learner = app.log_in("zhang").await;
        assert_eq!(hours(&learner).await, 20);
        assert_eq!(printed(&learner).await, [false, false, true, true], "the print says the same as the page");
        assert_eq!(shown().await, (json!(120), json!(2), json!("2026-11-24")));
        let other = app.log_in("sheng-two").await;
        assert_eq!(decide(&other, &proposal, "refuse").await.expect_problem(409), "wrong-state");
    }

    async fn what_has_not_begun_is_withdrawn(app) {
        let taught = taught(&app).await;
        let [one, other] = province(&app).await;
        let proposal = one.post(PROPOSALS, &rule(taught.course, "2026-12-01")).await.expect(201);
        decide(&other, &proposal, "approve").await.expect(200);
        let withdrawn = decide(&one, &proposal, "refuse").await.expect(200);
        assert_eq!((&withdrawn["state"], &withdrawn["answer"]), (&json!("withdrawn"), &json!("日期有误")));
        assert_eq!(days(&one).await, ["2022-01-01"]);
        one.post(PROPOSALS, &rule(taught.course, "2026-12-01")).await.expect(201);
    }

    async fn each_field_that_is_wrong_is_told_by_itself(app) {
        let taught = taught(&app).await;
        let [one, _] = province(&app).await;
        let mut wrong = rule(taught.course, "2026-11-23");
        wrong["rule"]["class_hours"] = json!(0);
        wrong["rule"]["credits"] = json!(201);
        wrong["rule"]["pass_pct"] = json!(0);
        wrong["rule"]["gate_task_pct"] = json!(101);
        let problem = one.post(PROPOSALS, &wrong).await.expect(422);
        let told = |error: &Value| (error["pointer"].clone(), error["detail"].clone());
        let told: Vec<_> = problem["errors"].as_array().unwrap().iter().map(told).collect();
        let fields = ["valid_from", "class_hours", "face_to_face_hours", "credits", "pass_pct", "gate_task_pct"];
        let pointers: Vec<_> = told.iter().map(|(pointer, _)| pointer.clone()).collect();
        assert_eq!(pointers, fields.map(|field| json!(format!("/rule/{field}"))));
        assert_eq!(told[2].1, "面授学时不能多于总学时");
        let unknown = one.post(PROPOSALS, &rule(app.cx.ids.new_id(), "2026-12-01")).await.expect(422);
        assert_eq!(unknown["errors"][0]["pointer"], "/rule/course_id");
        let of_city = app.staff("shi", Role::ProvinceOffice, "3305").await;
        assert_eq!(of_city.post(PROPOSALS, &rule(taught.course, "2026-12-01")).await.expect_problem(403), "forbidden");
    }
}
