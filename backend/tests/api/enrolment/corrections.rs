//! 更正申请: a learner says what is wrong, the place that keeps them answers, and what repeats it follows.

use super::*;
use crate::{people::keys::rotate_away, support::execute};
use shared::rights::Place;

const OWN: &str = "/api/v1/me/corrections";
const REQUESTS: &str = "/api/v1/corrections";

/// A learner with a record, logged in.
pub(super) async fn learner(app: &TestApp, desk: &Desk, n: u32) -> Client {
    let registered = desk.register(&desk.enrol(n).await).await;
    let slip = desk.clerk.post(&format!("{}/activation_codes", path(&registered)), &json!({})).await.expect(201);
    let name = format!("learner.{n}");
    let body = json!({ "code": slip["code"], "proof": number(n)[14..], "login_name": name, "password": "Xue-2026-xi" });
    assert_eq!(app.stranger().post("/api/v1/activations", &body).await.status, 204);
    let login = json!({ "name": name, "password": "Xue-2026-xi" });
    let login = app.stranger().post("/api/v1/logins", &login).await.expect(200);
    Client::new(app.address, login["access_token"].as_str().map(str::to_owned))
}

fn name(name: &str) -> Value {
    json!({ "stated": { "field": "name", "name": name }, "reason": "身份证上是这个字" })
}

fn phone(phone: &str) -> Value {
    json!({ "stated": { "field": "phone", "phone": phone } })
}

fn document(n: u32) -> Value {
    let document = json!({ "kind": "resident_identity_card", "number": number(n) });
    json!({ "stated": { "field": "document", "document": document } })
}

fn stating(field: &str, value: &str) -> Value {
    let member = match field {
        "household" => "household_division",
        "education" => "education_level",
        same => same,
    };
    let mut stated = json!({ "field": field });
    stated[member] = json!(value);
    json!({ "stated": stated })
}

async fn ask(learner: &Client, body: &Value) -> Value {
    learner.post(OWN, body).await.expect(201)
}

fn request_path(request: &Value) -> String {
    format!("{REQUESTS}/{}", request["id"].as_str().unwrap())
}

async fn act(client: &Client, request: &Value, verb: &str) -> Reply {
    client.post(&format!("{}/{verb}", request_path(request)), &json!({ "reason": "与原件不符" })).await
}

/// Where the learner's requests stand, the newest first.
async fn states(learner: &Client) -> Vec<Value> {
    let own = learner.get(OWN).await.expect(200);
    own.as_array().unwrap().iter().map(|request| request["state"].clone()).collect()
}

db_tests! {
    async fn a_request_is_due_after_fifteen_working_days_and_overdue_from_the_next(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let province = app.staff("sheng", Role::ProvinceOffice, "33").await;
        let off = json!({ "kind": "off", "name": "放假" });
        send(province.request(Method::PUT, "/api/v1/holidays/2026-12-01").json(&off)).await.expect(200);
        let asked = ask(&learner, &document(4)).await;
        assert_eq!((&asked["due_on"], &asked["is_overdue"]), (&json!("2026-12-15"), &json!(false)));
        app.clock.advance_s(22 * 86_400);
        let clerk = app.log_in("clerk").await;
        let seen = async || clerk.get(&format!("{REQUESTS}?state=open")).await.expect(200)["items"][0].clone();
        assert_eq!(seen().await["is_overdue"], false, "on the last day it is answered in time");
        app.clock.advance_s(86_400);
        let clerk = app.log_in("clerk").await;
        let late = clerk.get(&format!("{REQUESTS}?state=open")).await.expect(200);
        assert_eq!((&late["items"][0]["due_on"], &late["items"][0]["is_overdue"]), (&json!("2026-12-15"), &json!(true)));
        let refused = act(&clerk, &asked, "refuse").await.expect(200);
        assert_eq!((&refused["state"], &refused["is_overdue"]), (&json!("refused"), &json!(false)));
    }

    async fn a_newer_key_takes_over_what_is_asked(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let asked = ask(&learner, &document(4)).await;
        rotate_away(&app).await;
        assert_eq!(learner.get(OWN).await.expect(200), json!([asked]));
    }

    async fn a_right_name_goes_to_wherever_the_wrong_one_stands(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let asked = ask(&learner, &name(" 章秀英 ")).await;
        assert_eq!((&asked["field"], &asked["former"], &asked["stated"]), (&json!("name"), &json!("张秀英2"), &json!("章秀英")));
        assert_eq!((&asked["state"], &asked["reason"]), (&json!("open"), &json!("身份证上是这个字")));
        let listed = desk.clerk.get(&format!("{REQUESTS}?state=open")).await.expect(200);
        assert_eq!(listed["items"], json!([asked]));

        let accepted = act(&desk.clerk, &asked, "accept").await.expect(200);
        assert_eq!((&accepted["state"], &accepted["person_name"]), (&json!("accepted"), &json!("章秀英")));
        app.jobs.run_due().await.unwrap();
        let person = format!("{PEOPLE}/{}", asked["person_id"].as_str().unwrap());
        assert_eq!(desk.clerk.get(&person).await.expect(200)["name"], "章秀英");
        assert_eq!(desk.clerk.get(ENROLMENTS).await.expect(200)["items"][0]["name"], "章秀英");
        assert_eq!(desk.clerk.get(&format!("{ENROLMENTS}?name=章")).await.expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(desk.clerk.get(&format!("{PEOPLE}?name=章")).await.expect(200)["items"].as_array().unwrap().len(), 1);
        let data = learner.get("/api/v1/me/data").await.expect(200);
        assert_eq!((&data["account"]["display_name"], &data["person"]["name"]), (&json!("章秀英"), &json!("章秀英")));
        assert_eq!((&data["corrections"][0]["state"], &data["enrolments"][0]["state"]), (&json!("accepted"), &json!("registered")));
        let noted = &audited(&app, "ask_correction").await[0];
        assert_eq!((&noted["field"], &noted["request"]), (&json!("name"), &asked["id"]));
    }

    async fn a_right_document_takes_the_others_place_and_the_history_stays(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let asked = ask(&learner, &document(4)).await;
        assert!(asked["stated"].as_str().unwrap().contains("****"), "{asked}");
        let whole = desk.clerk.post(&format!("{}/look", request_path(&asked)), &json!({})).await.expect(200);
        assert_eq!(whole["stated"], number(4));
        assert_eq!(audited(&app, "reveal_person").await, [json!({ "request": asked["id"], "field": "document" })]);
        act(&desk.clerk, &asked, "accept").await.expect(200);
        let person = format!("{PEOPLE}/{}", asked["person_id"].as_str().unwrap());
        let documents = desk.clerk.get(&person).await.expect(200)["documents"].clone();
        assert_eq!((documents.as_array().unwrap().len(), &documents[0]["ended_at"]), (2, &Value::Null));
        assert!(documents[1]["ended_at"].is_string(), "{documents}");
    }

    async fn what_no_number_tells_is_corrected_like_a_name(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let passport = json!({ "stated": { "field": "document", "document": { "kind": "passport", "number": "E12345678" } } });
        act(&desk.clerk, &ask(&learner, &passport).await, "accept").await.expect(200);

        let sex = ask(&learner, &stating("sex", "male")).await;
        assert_eq!((&sex["former"], &sex["stated"]), (&json!("female"), &json!("male")));
        act(&desk.clerk, &sex, "accept").await.expect(200);
        let born = ask(&learner, &stating("birth_date", "1984-05-06")).await;
        assert_eq!((&born["former"], &born["stated"]), (&json!("1985-**-**"), &json!("1984-**-**")));
        let whole = desk.clerk.post(&format!("{}/look", request_path(&born)), &json!({})).await.expect(200);
        assert_eq!(whole["stated"], "1984-05-06");
        act(&desk.clerk, &born, "accept").await.expect(200);
        let household = ask(&learner, &stating("household", "341822000000")).await;
        assert_eq!(household["stated"], "341822", "of another province nobody knows the name");
        assert!(household["former"].as_str().unwrap().contains("吴兴区"), "{household}");
        act(&desk.clerk, &household, "accept").await.expect(200);

        let person = desk.clerk.get(&format!("{PEOPLE}/{}", born["person_id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&person["sex"], &person["birth_year"]), (&json!("male"), &json!(1984)));
        assert_eq!((&person["household_division"], &person["residence_division"]), (&json!("341822"), &json!(HERE)));
        assert_eq!(states(&learner).await, ["accepted", "accepted", "accepted", "accepted"]);
    }

    async fn what_was_learnt_before_is_right_in_the_record_as_far_as_its_rules_allow(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let diploma = ask(&learner, &stating("education", "61")).await;
        assert_eq!((&diploma["former"], &diploma["stated"]), (&json!("71"), &json!("61")));
        let refused = act(&desk.clerk, &diploma, "accept").await;
        assert_eq!(refused.expect_problem(409), "enrolment-refused", "who holds the diploma needs no other");
        assert_eq!(states(&learner).await, ["open"]);
        act(&desk.clerk, &diploma, "refuse").await.expect(200);

        let record = async || {
            let listed = desk.clerk.get(ENROLMENTS).await.expect(200)["items"][0].clone();
            desk.clerk.get(&path(&json!({ "record": listed }))).await.expect(200)
        };
        let before = record().await;
        let dropped = ask(&learner, &stating("education", "63")).await;
        act(&desk.clerk, &dropped, "accept").await.expect(200);
        let after = record().await;
        assert_eq!((&before["education_level"], &after["education_level"]), (&json!("71"), &json!("63")));
        let (steps, version) = (after["steps"].as_array().unwrap(), after["record"]["version"].as_u64().unwrap());
        assert_eq!(version, steps.len() as u64 + 1);
        let last = steps.last().unwrap();
        assert_eq!((&last["step"], &last["from"], &last["to"]), (&json!("amend"), &json!("registered"), &json!("registered")));
        assert_eq!(after["record"]["learner_number"], before["record"]["learner_number"]);
    }

    async fn a_document_that_somebody_holds_leaves_the_request_open(app) {
        let desk = Desk::open(&app).await;
        desk.enrol(4).await;
        let learner = learner(&app, &desk, 2).await;
        let asked = ask(&learner, &document(4)).await;
        assert_eq!(act(&desk.clerk, &asked, "accept").await.expect_problem(409), "document-in-use");
        assert_eq!(states(&learner).await, ["open"]);
        act(&desk.clerk, &asked, "refuse").await.expect(200);
    }

    async fn a_refusal_says_why_and_each_request_is_answered_once(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let first = ask(&learner, &phone("13800138001")).await;
        assert_eq!(learner.post(OWN, &phone("13800138002")).await.expect_problem(409), "wrong-state");
        ask(&learner, &name("章秀英")).await;
        let unreasoned = desk.clerk.post(&format!("{}/refuse", request_path(&first)), &json!({ "reason": "" })).await;
        assert_eq!(unreasoned.expect(422)["errors"][0]["pointer"], "/reason");
        let refused = act(&desk.clerk, &first, "refuse").await.expect(200);
        assert_eq!((&refused["state"], &refused["answer"]), (&json!("refused"), &json!("与原件不符")));
        for verb in ["accept", "refuse"] {
            assert_eq!(act(&desk.head, &first, verb).await.expect_problem(409), "wrong-state");
        }
        let again = ask(&learner, &phone("13800138002")).await;
        let withdraw = format!("{OWN}/{}/withdraw", again["id"].as_str().unwrap());
        assert_eq!(learner.post(&withdraw, &json!({})).await.expect(200)["state"], "withdrawn");
        assert_eq!(learner.post(&withdraw, &json!({})).await.expect_problem(409), "wrong-state");
        assert_eq!(act(&desk.clerk, &again, "accept").await.expect_problem(409), "wrong-state");
        assert_eq!(states(&learner).await, ["withdrawn", "open", "refused"]);
    }

    async fn what_is_wrong_or_no_change_is_refused_in_its_field(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        for (body, pointer, code) in [
            (name(""), "/stated/name", "required"),
            (name("张秀英2"), "/stated/name", "unchanged"),
            (phone("19900009137"), "/stated/phone", "unchanged"),
            (document(2), "/stated/document/number", "unchanged"),
            (stating("sex", "male"), "/stated/sex", "sex-differs"),
            (stating("sex", "female"), "/stated/sex", "unchanged"),
            (stating("birth_date", "1985-03-15"), "/stated/birth_date", "birth-date-differs"),
            (stating("birth_date", "2985-03-15"), "/stated/birth_date", "out-of-range"),
            (stating("household", HERE), "/stated/household_division", "unchanged"),
            (stating("household", "33"), "/stated/household_division", "division-malformed"),
            (stating("education", "71"), "/stated/education_level", "unchanged"),
            (json!({ "stated": { "field": "phone", "phone": "13800138001" }, "reason": number(4) }), "/reason", "holds-number"),
        ] {
            let problem = learner.post(OWN, &body).await.expect(422);
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        assert_eq!(states(&learner).await, [] as [Value; 0]);
    }

    async fn a_repeat_asks_once_and_two_answers_give_one(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let post = async || {
            let request = learner.request(Method::POST, OWN).header("idempotency-key", "once");
            send(request.json(&phone("13800138001"))).await.expect(201)
        };
        let asked = post().await;
        assert_eq!(post().await, asked);
        let (one, other) = join(act(&desk.clerk, &asked, "accept"), act(&desk.head, &asked, "refuse")).await;
        let mut answers = [one.status, other.status];
        answers.sort_unstable();
        assert_eq!(answers, [200, 409]);
    }

    async fn a_request_goes_with_the_person_and_nobody_else_sees_it(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let asked = ask(&learner, &phone("13800138001")).await;
        let neighbour = office(&app, "li", NEXT_DOOR).await;
        assert_eq!(neighbour.get(REQUESTS).await.expect(200)["items"], json!([]));
        assert_eq!(act(&neighbour, &asked, "accept").await.expect_problem(404), "not-found");
        assert_eq!(desk.city.get(REQUESTS).await.expect_problem(403), "forbidden");
        let other = app.learner("other").await.1;
        assert_eq!(other.get(OWN).await.expect(200), json!([]));
        let refused = other.post(OWN, &phone("13800138001")).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("学籍档案"), "{refused}");
        let withdraw = format!("{OWN}/{}/withdraw", asked["id"].as_str().unwrap());
        assert_eq!(other.post(&withdraw, &json!({})).await.expect_problem(404), "not-found");
        execute(&app, &format!("UPDATE person SET division = '{NEXT_DOOR}', provider_id = NULL")).await;
        assert_eq!(desk.clerk.get(REQUESTS).await.expect(200)["items"], json!([]));
        act(&neighbour, &asked, "accept").await.expect(200);
    }

    async fn nobody_answers_a_request_of_their_own(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let asked = ask(&learner, &phone("13800138001")).await;
        let office = serde_json::to_string(&Place::division(HERE)).unwrap();
        execute(&app, &format!("UPDATE role_grant SET role = 'school_office', place = '{office}' \
            WHERE account_id = (SELECT id FROM account WHERE login_name = 'learner.2')")).await;
        assert_eq!(act(&learner, &asked, "accept").await.expect_problem(409), "second-person-needed");
    }

    async fn what_the_office_puts_right_is_in_the_record_and_the_learner_reads_it(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        let listed = desk.clerk.get(PEOPLE).await.expect(200)["items"][0].clone();
        let put_right = async |client: &Client, stated: Value, seen: u32| {
            let path = format!("{PEOPLE}/{}/corrections", listed["id"].as_str().unwrap());
            let request = client.request(Method::POST, &path).header("if-match", format!("\"{seen}\""));
            send(request.json(&json!({ "stated": stated, "reason": "与毕业证书一致" }))).await
        };
        let seen = u32::try_from(listed["version"].as_u64().unwrap()).unwrap();
        let holds = json!({ "field": "education", "education_level": "61" });
        assert_eq!(put_right(&desk.clerk, holds, seen).await.expect_problem(409), "enrolment-refused");
        put_right(&desk.clerk, json!({ "field": "education", "education_level": "63" }), seen).await.expect(200);
        let record = desk.clerk.get(ENROLMENTS).await.expect(200)["items"][0].clone();
        let record = desk.clerk.get(&path(&json!({ "record": record }))).await.expect(200);
        assert_eq!(record["education_level"], "63");
        let own = learner.get(OWN).await.expect(200)[0].clone();
        assert_eq!((&own["state"], &own["is_by_office"]), (&json!("accepted"), &json!(true)));
        assert_eq!((&own["stated"], &own["reason"]), (&json!("63"), &json!("与毕业证书一致")));
        let asked = ask(&learner, &name("章秀英")).await;
        assert_eq!(act(&desk.clerk, &asked, "accept").await.expect(200)["is_by_office"], false);

        let office = serde_json::to_string(&Place::division(HERE)).unwrap();
        execute(&app, &format!("UPDATE role_grant SET role = 'school_office', place = '{office}' \
            WHERE account_id = (SELECT id FROM account WHERE login_name = 'learner.2')")).await;
        let own_name = json!({ "field": "name", "name": "章秀" });
        let seen = desk.clerk.get(PEOPLE).await.expect(200)["items"][0]["version"].as_u64().unwrap();
        let refused = put_right(&learner, own_name, u32::try_from(seen).unwrap()).await;
        assert_eq!(refused.expect_problem(409), "second-person-needed");
    }

    async fn no_stated_number_lies_in_the_store(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        for body in [document(6), phone("13800138009")] {
            let request = learner.request(Method::POST, OWN).header("idempotency-key", body.to_string().len().to_string());
            let reply = send(request.json(&body)).await;
            let text = String::from_utf8_lossy(&reply.bytes).into_owned();
            reply.expect(201);
            assert!(!text.contains(&number(6)) && !text.contains("13800138009"), "{text}");
        }
        let dump = dump(&app).await;
        assert!(dump.contains("correction_request") || dump.contains("phone"), "the dump holds what was written");
        for whole in [number(6), "13800138009".to_owned(), hex::encode("13800138009")] {
            assert!(!dump.contains(&whole), "{whole} lies in the store");
        }
    }

    async fn ones_own_data_are_printed_with_everything_in_them(app) {
        let desk = Desk::open(&app).await;
        let learner = learner(&app, &desk, 2).await;
        ask(&learner, &name("章秀英")).await;
        let data = learner.get("/api/v1/me/data").await.expect(200);
        for part in ["person", "enrolments", "class_hours", "attendance", "receipts", "certificates", "corrections"] {
            assert!(!data[part].is_null(), "{part} is missing");
        }
        assert!(!data.to_string().contains(&number(2)) && !data.to_string().contains("19900009137"));
        let printed = learner.get("/api/v1/me/data/pdf").await;
        assert_eq!((printed.status, &printed.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
        assert!(printed.bytes.starts_with(b"%PDF"), "no PDF");
        assert_eq!(app.stranger().get("/api/v1/me/data/pdf").await.expect_problem(401), "unauthenticated");
    }
}
