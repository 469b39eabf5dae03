//! Who leaves a school leaves its classes, and may come again.

use super::*;
use crate::classes::school::{CLASSES, add, course, step as step_class};
use backend::learning;
use shared::ids::AccountId;

/// A class of the school that has one seat.
pub(super) async fn class(app: &TestApp, desk: &Desk) -> String {
    class_of(app, &desk.county, (desk.school, &desk.clerk), "GYW01").await
}

/// A class of a school that has one seat, and studies a course with this code.
pub(super) async fn class_of(
    app: &TestApp,
    county: &Client,
    (school, office): (ProviderId, &Client),
    code: &str,
) -> String {
    let courses = [json!({ "course_id": course(app, code).await })];
    let entry =
        json!({ "provider_id": school, "name": "夜校班", "form": "evening", "capacity": 1, "courses": courses });
    let plan = office.post(CLASSES, &entry).await.expect(201);
    let class = format!("{CLASSES}/{}", plan["class"]["id"].as_str().unwrap());
    step_class(county, &class, "approved").await.expect(200);
    step_class(office, &class, "enrolling").await.expect(200);
    class
}

/// The nth person takes the seat; their account, and their record as it is then.
pub(super) async fn take_seat(desk: &Desk, class: &str, n: u32) -> (AccountId, Value) {
    let registered = desk.register(&desk.enrol(n).await).await;
    let account = registered["account_id"].as_str().unwrap().parse().unwrap();
    add(&desk.clerk, class, &[account]).await.expect(201);
    let studying = desk.clerk.get(&path(&registered)).await.expect(200);
    assert_eq!(studying["record"]["state"], "studying");
    (account, studying)
}

/// Who withdrew is led through all reviews again, and put into the class.
async fn come_again(desk: &Desk, class: &str, account: AccountId, withdrawn: &Value) -> Value {
    let again = step(&desk.clerk, withdrawn, "reenter", "").await.expect(200);
    let reviewed = step(&desk.head, &again, "approve", "").await.expect(200);
    let approved = step(&desk.county, &reviewed, "approve", "").await.expect(200);
    let back = step(&desk.city, &approved, "approve", "").await.expect(200);
    assert_eq!(back["record"]["state"], "registered");
    add(&desk.clerk, class, &[account]).await.expect(201);
    desk.clerk.get(&path(&back)).await.expect(200)
}

/// How many courses an account may study.
pub(super) async fn studied(app: &TestApp, account: AccountId) -> usize {
    learning::my_courses(&app.cx, account).await.unwrap().len()
}

/// The accounts that are in a class, or have left it.
pub(super) async fn members(desk: &Desk, class: &str, state: &str) -> Vec<Value> {
    desk.clerk.get(&format!("{class}/members?state={state}")).await.expect(200).as_array().unwrap().clone()
}

db_tests! {
    async fn nobody_joins_a_class_of_another_level(app) {
        let desk = Desk::open(&app).await;
        let class = class(&app, &desk).await;
        let mut new = desk.stated(2);
        (new["level"], new["education_level"]) = (json!("junior"), json!("81"));
        let submitted = desk.submit(&desk.clerk.post(ENROLMENTS, &new).await.expect(201)).await;
        let reviewed = step(&desk.head, &submitted, "approve", "").await.expect(200);
        let junior = step(&desk.county, &reviewed, "approve", "").await.expect(200);
        let account: AccountId = junior["account_id"].as_str().unwrap().parse().unwrap();
        let wrong = add(&desk.clerk, &class, &[account]).await.expect(422)["errors"][0].clone();
        assert_eq!((&wrong["pointer"], &wrong["code"]), (&json!("/learners/0"), &json!("class-level")));
        assert!(wrong["detail"].as_str().unwrap().contains("初中"), "{wrong}");
        assert_eq!(desk.clerk.get(&path(&junior)).await.expect(200)["record"]["state"], "registered");
        take_seat(&desk, &class, 4).await;
    }

    async fn who_withdraws_or_changes_school_leaves_its_classes(app) {
        let desk = Desk::open(&app).await;
        let class = class(&app, &desk).await;
        for (n, leave) in [(2, "withdraw"), (4, "transfer")] {
            let (account, studying) = take_seat(&desk, &class, n).await;
            assert_eq!(studied(&app, account).await, 1);
            let reason = format!("外出打工 {n}");
            step(&desk.clerk, &studying, leave, &reason).await.expect(200);
            app.jobs.run_due().await.unwrap();
            assert_eq!(studied(&app, account).await, 0, "{leave}");
            assert_eq!(members(&desk, &class, "in").await, [Value::Null; 0], "{leave}: the seat is free");
            let left = members(&desk, &class, "left").await;
            let left = left.iter().find(|member| member["account_id"] == json!(account)).unwrap();
            assert_eq!(left["departures"].as_array().unwrap().len(), 1);
            assert_eq!(left["departures"][0]["reason"], json!(reason));
            app.jobs.run_due().await.unwrap();
            assert_eq!(count(&app, "class_departure").await, (n / 2).to_string(), "once");
        }
    }

    async fn who_comes_again_studies_again(app) {
        let desk = Desk::open(&app).await;
        let class = class(&app, &desk).await;
        let (account, studying) = take_seat(&desk, &class, 2).await;
        let withdrawn = step(&desk.clerk, &studying, "withdraw", "外出打工").await.expect(200);
        app.jobs.run_due().await.unwrap();
        let back = come_again(&desk, &class, account, &withdrawn).await;
        assert_eq!((&back["record"]["state"], studied(&app, account).await), (&json!("studying"), 1));
    }

    async fn who_is_still_in_a_class_when_they_come_again_begins_anew(app) {
        let desk = Desk::open(&app).await;
        let class = class(&app, &desk).await;
        let (account, studying) = take_seat(&desk, &class, 2).await;
        let withdrawn = step(&desk.clerk, &studying, "withdraw", "外出打工").await.expect(200);
        let back = come_again(&desk, &class, account, &withdrawn).await;
        assert_eq!(back["record"]["state"], "studying");
        app.jobs.run_due().await.unwrap();
        assert_eq!(studied(&app, account).await, 1, "what follows from the withdrawal comes too late");
        assert_eq!(members(&desk, &class, "in").await.len(), 1);
    }
}
