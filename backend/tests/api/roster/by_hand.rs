//! What the office writes on its roster by hand: somebody met at a door, facts that are put right, an assignment that
//! is taken back, and why a list may be kept.

use super::{
    BATCHES, batch_path, import, take, upload,
    visits::{ASSIGNMENTS, ROSTER, account, entry, names, three},
};
use crate::{
    people::{HERE, NEXT_DOOR, PEOPLE, audited, canary::dump, number, office, person, texts, towns},
    support::{Client, NO_ID, Reply, db_tests, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

/// Puts a person on the roster.
async fn add(client: &Client, key: &str, body: &Value) -> Reply {
    send(client.request(Method::POST, ROSTER).header("idempotency-key", key).json(body)).await
}

/// Puts the facts of an entry right as it was seen.
async fn correct(client: &Client, seen: &Value, facts: &Value) -> Reply {
    let path = format!("{ROSTER}/{}/facts", seen["id"].as_str().unwrap());
    let request = client.request(Method::PUT, &path).header("if-match", format!("\"{}\"", seen["version"]));
    send(request.json(facts)).await
}

fn met(person: &Value) -> Value {
    json!({ "person_id": person["id"], "intent": "senior", "study_route": "dual_certificate",
        "facts": { "education_level": "71", "is_proof_seen": true, "employer": "织里童装厂", "note": "路上遇到" } })
}

db_tests! {
    async fn somebody_whom_no_list_names_is_put_on_the_roster(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        let found = here.post(PEOPLE, &person(2, HERE)).await.expect(201);
        let added = add(&here, "1", &met(&found)).await.expect(201);
        assert_eq!((&added["entry"]["name"], &added["entry"]["state"]), (&found["name"], &json!("intent_yes")));
        assert_eq!((&added["entry"]["education_level"], &added["details"]["is_proof_seen"]), (&json!("71"), &json!(true)));
        assert_eq!((&added["details"]["employer"], &added["entry"]["division"]), (&json!("织里童装厂"), &json!(HERE)));
        assert_eq!(added["entry"]["birth_year"], found["birth_year"]);
        assert_eq!((names(&here, "&unassigned=true").await.len(), waiting(&here, "persons_to_assign").await), (1, 1));
        assert_eq!(add(&here, "1", &met(&found)).await.expect(201)["entry"], added["entry"], "a repeat puts nobody there twice");
        let problem = add(&here, "2", &met(&found)).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/person_id"), &json!("on-roster")));
        assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("已经在花名册上"));
        assert_eq!(texts(&app, "SELECT CAST(COUNT(*) AS text) FROM roster_entry").await, ["1"]);
        assert_eq!(here.get(BATCHES).await.expect(200)["items"], json!([]), "no list is shown that nobody uploaded");
        // A list that names them finds them there.
        let (_, report) = take(&app, &here, &format!("姓名,身份证号\n{},{}\n", found["name"].as_str().unwrap(), number(2))).await;
        assert_eq!((&report["added"], &report["already_there"]), (&json!(0), &json!(1)));
        let second = here.post(PEOPLE, &person(4, HERE)).await.expect(201);
        add(&here, "3", &json!({ "person_id": second["id"], "facts": {} })).await.expect(201);
        assert_eq!(waiting(&here, "lists_to_correct").await, 0);
    }

    async fn only_the_office_of_the_place_writes_on_its_roster(app) {
        towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        let found = here.post(PEOPLE, &person(2, HERE)).await.expect(201);
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        assert_eq!(add(&county, "1", &met(&found)).await.expect_problem(403), "forbidden");
        for (client, body) in [(&next_door, met(&found)), (&here, met(&json!({ "id": NO_ID })))] {
            let problem = add(client, "1", &body).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/person_id"), &json!("not-found")));
        }
        let wrong = json!({ "person_id": found["id"], "facts": { "education_level": "初中", "graduation_year": 1900 } });
        let problem = add(&here, "1", &wrong).await.expect(422);
        let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
        assert_eq!(pointers, ["/facts/education_level", "/facts/graduation_year"]);
        let added = add(&here, "2", &met(&found)).await.expect(201)["entry"].clone();
        assert_eq!(correct(&county, &added, &json!({})).await.expect_problem(403), "forbidden");
        assert_eq!(correct(&next_door, &added, &json!({})).await.expect_problem(404), "not-found");
    }

    async fn facts_are_put_right_and_what_stood_there_is_kept(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        // Its remark holds a number, which is shown masked and comes back so.
        let person = entry(&here, "张秀英").await;
        let path = format!("{ROSTER}/{}", person["id"].as_str().unwrap());
        let note = here.get(&path).await.expect(200)["details"]["note"].clone();
        assert!(note.as_str().unwrap().contains('*'), "{note}");
        let facts = json!({ "education_level": "21", "is_proof_seen": true, "employer": "一厂", "note": note,
            "residence_address": "示范路1号", "is_residence_registered": false });
        let corrected = correct(&here, &person, &facts).await.expect(200);
        assert_eq!((&corrected["entry"]["version"], &corrected["entry"]["education_level"]), (&json!(2), &json!("21")));
        let details = &corrected["details"];
        assert_eq!((&details["employer"], &details["is_proof_seen"], &details["note"]), (&json!("一厂"), &json!(true), &note));
        let wang = account(&app, "wang").await;
        assert_eq!((&corrected["corrections"][0]["corrected_by"], &corrected["hands"][0]["account_id"]), (&wang, &wang));
        assert_eq!(correct(&here, &person, &facts).await.expect_problem(412), "stale");
        let unchanged = here.get(&path).await.expect(200);
        let problem = correct(&here, &unchanged["entry"], &json!({ "is_proof_seen": true })).await.expect(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/education_level"), &json!("required")));
        let again = correct(&here, &unchanged["entry"], &json!({ "note": "电话19900009137" })).await.expect(200);
        assert_eq!((&again["entry"]["education_level"], again["corrections"].as_array().unwrap().len()), (&Value::Null, 2));
        assert_eq!(texts(&app, "SELECT CAST(seq AS text) FROM roster_correction ORDER BY seq").await, ["1", "2"]);
        assert!(!again.to_string().contains("19900009137") && !dump(&app).await.contains("19900009137"));
        assert_eq!(audited(&app, "import_roster").await.last(), Some(&json!({ "corrected": 2 })));
    }

    async fn what_another_document_tells_stands_on_the_roster_too(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        let found = here.post(PEOPLE, &person(2, HERE)).await.expect(201);
        let added = add(&here, "1", &met(&found)).await.expect(201)["entry"].clone();
        assert_eq!((&added["sex"], &added["birth_year"]), (&json!("female"), &json!(1985)));
        let path = format!("{PEOPLE}/{}/documents", found["id"].as_str().unwrap());
        let right = json!({ "document": { "kind": "resident_identity_card", "number": "330199200210300037" }, "reason": "填错" });
        send(here.request(Method::POST, &path).header("if-match", "\"1\"").json(&right)).await.expect(200);
        app.jobs.run_due().await.unwrap();
        let entry = here.get(&format!("{ROSTER}/{}", added["id"].as_str().unwrap())).await.expect(200)["entry"].clone();
        assert_eq!((&entry["sex"], &entry["birth_year"], &entry["name"]), (&json!("male"), &json!(2002), &found["name"]));
    }

    async fn an_assignment_is_taken_back(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        three(&app, &here, HERE, 2).await;
        let (person, wang) = (entry(&here, "张秀英").await, account(&app, "wang").await);
        let entries = json!([person["id"]]);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": wang, "entries": entries })).await.expect(204);
        assert_eq!((waiting(&here, "visits_due").await, waiting(&here, "persons_to_assign").await), (1, 2));
        for _ in 0..2 {
            here.post(ASSIGNMENTS, &json!({ "surveyor_id": null, "entries": entries })).await.expect(204);
            let free = entry(&here, "张秀英").await;
            assert_eq!((&free["state"], &free["surveyor_id"]), (&json!("imported"), &Value::Null));
        }
        assert_eq!((waiting(&here, "visits_due").await, waiting(&here, "persons_to_assign").await), (0, 3));
        let log = "SELECT CAST(COUNT(*) AS text) FROM roster_assignment GROUP BY is_taken_back";
        assert_eq!(texts(&app, log).await, ["1", "1"], "a repeat takes nothing back");
        let notes = audited(&app, "assign_roster").await;
        assert_eq!(notes[notes.len() - 2..], [json!({ "taken_back": 1 }), json!({ "taken_back": 0 })]);
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        let body = json!({ "surveyor_id": null, "entries": entries });
        assert_eq!(county.post(ASSIGNMENTS, &body).await.expect_problem(403), "forbidden");
    }

    async fn a_list_says_why_its_persons_may_be_kept(app) {
        towns(&app).await;
        let here = office(&app, "wang", HERE).await;
        let list = |n| format!("姓名,身份证号,户籍地\n张三,{},{HERE}\n", number(n));
        let uploaded = upload(&here, HERE, list(2)).await.expect(201);
        import(&app, &here, &uploaded).await;
        assert_eq!(here.get(&batch_path(&uploaded)).await.expect(200)["legal_basis"], "statutory_duty");
        let other = upload(&here, HERE, list(4)).await.expect(201);
        let confirm = format!("{}/import", batch_path(&other));
        let mapping = &other["proposal"]["mapping"];
        let unknown = json!({ "mapping": mapping, "legal_basis": "habit" });
        assert_eq!(here.post(&confirm, &unknown).await.status, 422);
        let asked = here.post(&confirm, &json!({ "mapping": mapping, "legal_basis": "consent" })).await;
        app.finish_job(&here, asked).await;
        assert_eq!(here.get(&batch_path(&other)).await.expect(200)["legal_basis"], "consent");
        let person = entry(&here, "张三").await;
        let shown = here.get(&format!("{ROSTER}/{}", person["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(shown["details"]["is_residence_registered"], true, "the list names one place for both");
    }
}
