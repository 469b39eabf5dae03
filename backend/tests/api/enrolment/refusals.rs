//! Who may not enrol is told so in one sentence, and nothing is written.

use super::*;

/// A number of somebody born on this day that no real person can have.
fn number_of(born: &str) -> String {
    let body = format!("330199{born}002");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// The request with these fields changed.
fn with(mut new: Value, fields: &Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        new[name] = value.clone();
    }
    new
}

fn born(new: &Value, day: &str) -> Value {
    let mut new = new.clone();
    new["applicant"]["document"]["number"] = json!(number_of(day));
    new
}

/// The check and the request itself give the same reason.
async fn refused(client: &Client, new: &Value, key: &str) -> String {
    let verdict = client.post(CHECK, new).await.expect(200);
    assert_eq!(verdict["refusal"]["key"], format!("enrolment-refused.{key}"), "{verdict}");
    let refused = client.post(ENROLMENTS, new).await.expect(409);
    assert_eq!(refused["code"], "enrolment-refused");
    assert_eq!(refused["detail"], verdict["refusal"]["detail"]);
    assert!(!refused["detail"].as_str().unwrap().contains(['{', '}']), "{refused}");
    refused["detail"].as_str().unwrap().to_owned()
}

/// The field that is wrong, and how.
async fn wrong(client: &Client, new: &Value) -> (String, String) {
    let reply = client.post(ENROLMENTS, new).await.expect(422);
    let text = |name: &str| reply["errors"][0][name].as_str().unwrap().to_owned();
    (text("pointer"), text("code"))
}

db_tests! {
    async fn each_reason_is_one_sentence(app) {
        let desk = Desk::open(&app).await;
        let (clerk, new) = (&desk.clerk, desk.stated(2));
        // The test's day is 2026-11-23.
        let young = refused(clerk, &born(&new, "20101124"), "too-young").await;
        assert!(young.contains("2026-11-24"), "{young}");
        clerk.post(CHECK, &born(&new, "20101123")).await.expect(200)["refusal"].is_null().then_some(()).unwrap();
        refused(clerk, &born(&new, "19651123"), "too-old").await;
        clerk.post(CHECK, &born(&new, "19651124")).await.expect(200)["refusal"].is_null().then_some(()).unwrap();
        refused(clerk, &with(new.clone(), &json!({ "is_in_full_time_school": true })), "in-school").await;
        refused(clerk, &with(new.clone(), &json!({ "education_level": null })), "education-unsettled").await;
        refused(clerk, &with(new.clone(), &json!({ "education_level": "73" })), "junior-missing").await;
        refused(clerk, &with(new.clone(), &json!({ "education_level": "61" })), "holds-senior").await;
        refused(clerk, &with(new.clone(), &json!({ "level": "junior" })), "holds-junior").await;
        let illiterate = json!({ "level": "junior", "education_level": "90" });
        refused(clerk, &with(new.clone(), &illiterate), "prior-missing").await;
        assert_eq!((count(&app, "person").await, count(&app, "student_record").await), ("0".to_owned(), "0".to_owned()));
    }

    async fn who_comes_again_is_as_old_as_whoever_enrols_may_be(app) {
        let desk = Desk::open(&app).await;
        let enrolled = desk.clerk.post(ENROLMENTS, &born(&desk.stated(2), "19651124")).await.expect(201);
        let left = step(&desk.clerk, &desk.submit(&enrolled).await, "withdraw", "家里忙").await.expect(200);
        app.clock.advance_s(86_400);
        let refused = step(&app.log_in("clerk").await, &left, "reenter", "").await.expect(409);
        assert_eq!(refused["code"], "enrolment-refused");
        assert!(refused["detail"].as_str().unwrap().contains("61"), "{refused}");
    }

    async fn the_row_of_the_day_and_of_the_place_decides(app) {
        let desk = Desk::open(&app).await;
        let add = "INSERT INTO enrolment_rule (region, level, valid_from, youngest, oldest, prior, is_literacy_enough) VALUES";
        crate::support::execute(&app, &format!("{add} ('3305', 'senior', '2026-11-24', 16, 40, '71', false)")).await;
        let rules = async |query: &str| desk.clerk.get(&format!("/api/v1/enrolment_rules{query}")).await.expect(200);
        assert_eq!(rules("").await.as_array().unwrap().len(), 2);
        let enrolled = desk.enrol(2).await;
        assert_eq!(enrolled["rule"]["region"], "33");
        app.clock.advance_s(86_400);
        let clerk = app.log_in("clerk").await;
        refused(&clerk, &desk.stated(4), "too-old").await;
        let held = clerk.get(&path(&enrolled)).await.expect(200);
        assert_eq!(held["rule"]["region"], "33", "who has enrolled keeps their row");
        let of = async |query: &str| {
            let rules = clerk.get(&format!("/api/v1/enrolment_rules?{query}")).await.expect(200);
            rules[1]["oldest"].clone()
        };
        assert_eq!(of(&format!("division={HERE}")).await, 40);
        assert_eq!(of(&format!("division={HERE}&day=2026-11-23")).await, 60);
        assert_eq!(of("division=330106").await, 60);
        assert_eq!(clerk.get("/api/v1/enrolment_rules?day=gestern").await.status, 422);
    }

    async fn nobody_is_enrolled_twice_and_only_who_may_know_is_told_where(app) {
        let desk = Desk::open(&app).await;
        desk.enrol(2).await;
        let named = refused(&desk.clerk, &desk.stated(2), "already-enrolled").await;
        assert!(named.contains("School") && named.contains("2026-11-23"), "{named}");
        let (next_door, neighbour) = neighbour(&app).await;
        let elsewhere = refused(&neighbour, &stated(next_door, 2), "already-enrolled-elsewhere").await;
        assert!(!elsewhere.contains("School") && !elsewhere.contains("2026"), "{elsewhere}");
    }

    async fn whom_another_place_keeps_comes_by_transfer(app) {
        let desk = Desk::open(&app).await;
        desk.clerk.post(PEOPLE, &crate::people::person(2, HERE)).await.expect(201);
        let (next_door, neighbour) = neighbour(&app).await;
        refused(&neighbour, &stated(next_door, 2), "kept-elsewhere").await;
        let mut young = stated(next_door, 2);
        young["is_in_full_time_school"] = json!(true);
        refused(&neighbour, &young, "in-school").await;
    }

    async fn whom_the_roster_lists_and_another_place_keeps_comes_by_transfer(app) {
        let desk = Desk::open(&app).await;
        let list = format!("姓名,身份证号,文化程度\n张三,{},初中毕业\n", number(2));
        crate::roster::take(&app, &desk.clerk, &list).await;
        let entry = desk.clerk.get("/api/v1/roster").await.expect(200)["items"][0].clone();
        crate::support::execute(&app, &format!("UPDATE person SET division = '{NEXT_DOOR}'")).await;
        let applicant = json!({ "kind": "listed", "entry_id": entry["id"] });
        let new = json!({ "provider_id": desk.school, "level": "senior", "applicant": applicant });
        refused(&desk.clerk, &new, "kept-elsewhere").await;
        assert_eq!(count(&app, "student_record").await, "0");
    }

    async fn a_wrong_field_is_named(app) {
        let desk = Desk::open(&app).await;
        let (clerk, new) = (&desk.clerk, desk.stated(2));
        let changed = |pointer: &str, value: Value| {
            let mut new = new.clone();
            *new.pointer_mut(pointer).unwrap() = value;
            new
        };
        let field = async |pointer: &str, value: Value| wrong(clerk, &changed(pointer, value)).await;
        let at = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        let number = "/applicant/document/number";
        assert_eq!(field(number, json!("330199198503140023")).await, at(number, "document-wrong-check"));
        assert_eq!(field("/applicant/name", json!(" ")).await, at("/applicant/name", "required"));
        assert_eq!(field("/applicant/phone", json!("123")).await, at("/applicant/phone", "phone-malformed"));
        assert_eq!(field("/provider_id", json!(crate::support::NO_ID)).await, at("/provider_id", "not-found"));
        let passport = json!({ "kind": "passport", "number": "E00000001" });
        assert_eq!(field("/applicant/document", passport).await, at("/applicant/birth_date", "required"));
        let somebody = json!({ "kind": "listed", "entry_id": crate::support::NO_ID });
        assert_eq!(field("/applicant", somebody).await, at("/applicant/entry_id", "not-found"));
        let somebody = json!({ "kind": "known", "person_id": crate::support::NO_ID });
        assert_eq!(field("/applicant", somebody).await, at("/applicant/person_id", "not-found"));
        let mut more = new.clone();
        more["applicant"]["age"] = json!(3);
        assert_eq!(clerk.post(ENROLMENTS, &more).await.status, 422);
        more = with(new.clone(), &json!({ "age": 3 }));
        assert_eq!(clerk.post(ENROLMENTS, &more).await.status, 422);
        clerk.post(PEOPLE, &crate::people::person(4, HERE)).await.expect(201);
        let mut other = desk.stated(4);
        other["applicant"]["name"] = json!("李四");
        assert_eq!(wrong(clerk, &other).await, at("/applicant/name", "name-differs"));
    }

    async fn a_wide_school_asks_where_somebody_lives(app) {
        let desk = Desk::open(&app).await;
        let wide = enter(&app, &crate::exam_world::school("330502")).await;
        let office = app.staff("wide", Role::SchoolOffice, "330502").await;
        let new = stated(wide, 2);
        assert_eq!(wrong(&office, &new).await, ("/applicant/residence_division".to_owned(), "required".to_owned()));
        let mut new = new;
        new["applicant"]["residence_division"] = json!(NEXT_DOOR);
        let enrolled = office.post(ENROLMENTS, &new).await.expect(201);
        assert_eq!(enrolled["person"]["residence_division"], NEXT_DOOR);
        let foreign = desk.clerk.post(ENROLMENTS, &stated(wide, 4)).await;
        assert_eq!(foreign.expect_problem(403), "forbidden");
    }
}
