//! Documents that are corrected, phones that change, and whole numbers for a purpose.

use super::{HERE, NEXT_DOOR, PEOPLE, add, audited, change, document, number, office, path, person, towns};
use crate::support::{Client, Reply, db_tests};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

async fn correct(client: &Client, person: &Value, n: u32) -> Reply {
    let body = json!({ "document": document(n), "reason": "录入时填错" });
    change(client, Method::POST, &format!("{}/documents", path(person)), &person["version"], &body).await
}

async fn set_phone(client: &Client, person: &Value, phone: &Value) -> Reply {
    let body = json!({ "phone": phone });
    change(client, Method::PUT, &format!("{}/phone", path(person)), &person["version"], &body).await
}

async fn reveal(client: &Client, person: &Value, note: &str) -> Reply {
    client.post(&format!("{}/reveal", path(person)), &json!({ "purpose": "call_person", "note": note })).await
}

async fn put_right(client: &Client, person: &Value, stated: &Value) -> Reply {
    let body = json!({ "stated": stated, "reason": "身份证上是这样" });
    change(client, Method::POST, &format!("{}/corrections", path(person)), &person["version"], &body).await
}

fn named(name: &str) -> Value {
    json!({ "field": "name", "name": name })
}

db_tests! {
    async fn an_office_puts_a_wrong_name_right_and_what_stood_there_is_kept(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        let right = put_right(&office, &added, &named(" 章秀英 ")).await.expect(200);
        assert_eq!((&right["name"], &right["version"]), (&json!("章秀英"), &json!(2)));
        assert_eq!(office.get(&format!("{PEOPLE}?name=章")).await.expect(200)["items"].as_array().unwrap().len(), 1);
        let done = &office.get("/api/v1/corrections?state=accepted").await.expect(200)["items"][0];
        assert_eq!((&done["person_id"], &done["is_by_office"]), (&added["id"], &json!(true)));
        assert_eq!((&done["former"], &done["stated"], &done["reason"]), (&json!("张秀英2"), &json!("章秀英"), &json!("身份证上是这样")));
        assert_eq!(office.get("/api/v1/corrections?state=open").await.expect(200)["items"], json!([]));
        let noted = &audited(&app, "keep_people").await[1];
        assert_eq!((&noted["field"], &noted["request"], &noted["reason"]), (&json!("name"), &done["id"], &done["reason"]));
        let again = put_right(&office, &right, &named("章秀英")).await.expect(422);
        assert_eq!((&again["errors"][0]["pointer"], &again["errors"][0]["code"]), (&json!("/stated/name"), &json!("unchanged")));
        assert_eq!(put_right(&office, &added, &named("章英")).await.expect_problem(412), "stale");
        put_right(&office, &right, &named("章英")).await.expect(200);
    }

    async fn what_the_number_tells_is_not_put_right_but_by_another_document(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        for (stated, pointer, code) in [
            (json!({ "field": "sex", "sex": "male" }), "/stated/sex", "sex-differs"),
            (json!({ "field": "birth_date", "birth_date": "1985-03-15" }), "/stated/birth_date", "birth-date-differs"),
            (json!({ "field": "household", "household_division": "33" }), "/stated/household_division", "division-malformed"),
            (json!({ "field": "education", "education_level": "61" }), "/stated/education_level", "not-enrolled"),
        ] {
            let problem = put_right(&office, &added, &stated).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        assert_eq!(office.get(&path(&added)).await.expect(200), added, "nothing has changed");
        let passport = json!({ "field": "document", "document": { "kind": "passport", "number": "E12345678" } });
        let right = put_right(&office, &added, &passport).await.expect(200);
        let right = put_right(&office, &right, &json!({ "field": "sex", "sex": "male" })).await.expect(200);
        let born = json!({ "field": "birth_date", "birth_date": "1984-05-06" });
        let right = put_right(&office, &right, &born).await.expect(200);
        let household = json!({ "field": "household", "household_division": NEXT_DOOR });
        let right = put_right(&office, &right, &household).await.expect(200);
        assert_eq!((&right["sex"], &right["birth_year"]), (&json!("male"), &json!(1984)));
        assert_eq!(right["household_division"], NEXT_DOOR);
        let done = office.get("/api/v1/corrections?state=accepted").await.expect(200);
        assert_eq!(done["items"].as_array().unwrap().len(), 4);
        assert!(!done.to_string().contains("1984-05-06") && !done.to_string().contains("E12345678"), "{done}");
    }

    async fn an_office_says_why_and_takes_nobodys_document_when_it_puts_right(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let (added, _) = (add(&office, 2, HERE).await, add(&office, 4, HERE).await);
        let path = format!("{}/corrections", path(&added));
        let unreasoned = json!({ "stated": named("章秀英"), "reason": "" });
        let problem = change(&office, Method::POST, &path, &json!(1), &unreasoned).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/reason");
        let body = json!({ "stated": named("章秀英"), "reason": "填错" });
        assert_eq!(office.post(&path, &body).await.expect_problem(428), "precondition-required");
        let taken = json!({ "field": "document", "document": document(4) });
        assert_eq!(put_right(&office, &added, &taken).await.expect_problem(409), "document-in-use");
        assert_eq!(office.get("/api/v1/corrections?state=accepted").await.expect(200)["items"], json!([]));
    }

    async fn a_corrected_document_keeps_the_former_one(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        app.clock.advance_s(60);
        let corrected = correct(&office, &added, 5).await.expect(200);
        assert_eq!((&corrected["version"], &corrected["sex"]), (&json!(2), &json!("male")), "the new number tells the sex");
        let documents = corrected["documents"].as_array().unwrap();
        assert_eq!(documents.len(), 2);
        assert_eq!((&documents[0]["ended_at"], &documents[1]["id"]), (&Value::Null, &added["documents"][0]["id"]));
        assert_eq!(documents[1]["ended_because"], "录入时填错");
        let find = format!("{PEOPLE}/find");
        assert_eq!(office.post(&find, &document(5)).await.expect(200)["id"], added["id"]);
        assert_eq!(office.post(&find, &document(2)).await.expect_problem(404), "not-found", "the wrong number is free");
        assert_ne!(add(&office, 2, HERE).await["id"], added["id"]);
        let audited = &audited(&app, "keep_people").await[1];
        assert_eq!((&audited["document"], &audited["in_place_of"]), (&documents[0]["id"], &documents[1]["id"]));
        assert_eq!(audited["reason"], "录入时填错");
    }

    async fn a_correction_takes_nobodys_document(app) {
        towns(&app).await;
        let office_here = office(&app, "wang", HERE).await;
        let (added, other) = (add(&office_here, 2, HERE).await, add(&office_here, 4, HERE).await);
        add(&office(&app, "li", NEXT_DOOR).await, 6, NEXT_DOOR).await;
        for taken in [4, 6] {
            let problem = correct(&office_here, &added, taken).await.expect(409);
            assert_eq!(problem["code"], "document-in-use");
            assert!(!problem.to_string().contains(other["id"].as_str().unwrap()), "{problem}");
        }
        let problem = correct(&office_here, &added, 2).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/document/number"), &json!("duplicate")));
        assert_eq!(office_here.get(&path(&added)).await.expect(200), added, "nothing has changed");
    }

    async fn a_correction_says_why_and_of_what_was_seen(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        let path = format!("{}/documents", path(&added));
        let correction = |reason: &str| json!({ "document": document(4), "reason": reason });
        for (reason, code) in [("", "required"), (&number(4), "holds-number")] {
            let problem = change(&office, Method::POST, &path, &json!(1), &correction(reason)).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/reason"), &json!(code)));
        }
        let stale = change(&office, Method::POST, &path, &json!(7), &correction("填错")).await;
        assert_eq!(stale.expect_problem(412), "stale");
        assert_eq!(office.post(&path, &correction("填错")).await.expect_problem(428), "precondition-required");
        let mut unknown = correction("填错");
        unknown["person_id"] = added["id"].clone();
        assert_eq!(change(&office, Method::POST, &path, &json!(1), &unknown).await.expect(422)["errors"][0]["code"], "unknown");
    }

    async fn a_phone_changes_and_may_be_shared(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let (one, other) = (add(&office, 2, HERE).await, add(&office, 4, HERE).await);
        assert_eq!(one["phone_masked"], other["phone_masked"], "of one family");
        let changed = set_phone(&office, &one, &json!("139 1234 5678")).await.expect(200);
        assert_eq!((&changed["phone_masked"], &changed["version"]), (&json!("139****5678"), &json!(2)));
        assert_eq!(set_phone(&office, &one, &json!(null)).await.expect_problem(412), "stale");
        let removed = set_phone(&office, &changed, &json!(null)).await.expect(200);
        assert_eq!(removed["phone_masked"], Value::Null);
        let problem = set_phone(&office, &removed, &json!("139")).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/phone"), &json!("phone-malformed")));
        let unknown = json!({ "phone": null, "name": "x" });
        let unknown = change(&office, Method::PUT, &format!("{}/phone", path(&other)), &json!(1), &unknown).await;
        assert_eq!(unknown.expect(422)["errors"][0]["code"], "unknown");
    }

    async fn a_whole_number_is_shown_for_an_audited_purpose(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        let shown = reveal(&office, &added, "核对报名表").await;
        assert_eq!(shown.headers["cache-control"], "no-store");
        assert_eq!(shown.expect(200), json!({ "document": document(2), "phone": "13800138000", "birth_date": "1985-03-14" }));
        assert_eq!(audited(&app, "reveal_person").await, [json!({ "note": "核对报名表", "purpose": "call_person" })]);
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        reveal(&county, &added, "核对").await.expect(200);
        for (body, pointer) in [
            (json!({ "purpose": "call_person", "note": "" }), "/note"),
            (json!({ "purpose": "call_person", "note": format!("是不是{}", number(2)) }), "/note"),
            (json!({ "purpose": "curiosity", "note": "看看" }), "/purpose"),
            (json!({ "note": "看看" }), "/purpose"),
            (json!({ "purpose": "call_person", "note": "看看", "as": "x" }), "/as"),
        ] {
            let problem = office.post(&format!("{}/reveal", path(&added)), &body).await.expect(422);
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
        assert_eq!(audited(&app, "reveal_person").await.len(), 2, "what is refused shows nothing");
    }

    async fn nobody_carries_a_township_away(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        for _ in 0..60 {
            reveal(&office, &added, "核对").await.expect(200);
        }
        let refused = reveal(&office, &added, "核对").await;
        assert!(refused.headers.contains_key("retry-after"));
        assert_eq!(refused.expect_problem(429), "too-many");
    }

    async fn nobody_completes_a_masked_number_by_searching(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        for n in 0..300 {
            office.post(&format!("{PEOPLE}/find"), &document(n)).await.expect_problem(404);
        }
        let refused = office.post(&format!("{PEOPLE}/find"), &document(2)).await;
        assert!(refused.headers.contains_key("retry-after"));
        assert_eq!(refused.expect_problem(429), "too-many");
    }

    async fn nobody_tries_numbers_out_unseen(app) {
        towns(&app).await;
        let office_here = office(&app, "wang", HERE).await;
        let added = add(&office_here, 2, HERE).await;
        add(&office(&app, "li", NEXT_DOOR).await, 6, NEXT_DOOR).await;
        for _ in 0..60 {
            assert_eq!(correct(&office_here, &added, 6).await.expect_problem(409), "document-in-use");
        }
        let tries = audited(&app, "keep_people").await;
        assert_eq!(tries.iter().filter(|detail| **detail == json!({ "in_use": true })).count(), 60);
        for number in [6, 8] {
            let refused = correct(&office_here, &added, number).await;
            assert!(refused.headers.contains_key("retry-after"));
            assert_eq!(refused.expect_problem(429), "too-many", "whether it is taken or free");
        }
        assert_eq!(reveal(&office_here, &added, "核对").await.expect_problem(429), "too-many", "it counts like a look");
        assert_eq!(office_here.get(&path(&added)).await.expect(200), added, "nothing has changed");
    }

    async fn what_a_document_does_not_tell_is_stated(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let mut body = person(2, HERE);
        body["document"] = json!({ "kind": "passport", "number": "e1234567" });
        body["birth_date"] = json!("1990-02-03");
        let added = office.post(PEOPLE, &body).await.expect(201);
        assert_eq!((&added["birth_year"], &added["sex"]), (&json!(1990), &Value::Null));
        let corrected = correct(&office, &added, 4).await.expect(200);
        assert_eq!((&corrected["birth_year"], &corrected["sex"]), (&json!(1985), &json!("female")));
        assert_eq!(reveal(&office, &added, "核对").await.expect(200)["birth_date"], "1985-03-14");
        assert_eq!(corrected["documents"][1]["kind"], "passport");
    }
}
