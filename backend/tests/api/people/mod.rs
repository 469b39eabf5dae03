//! Persons: added once, seen masked, at their own place alone.

pub(crate) mod canary;
mod changes;
pub(crate) mod keys;
mod merge;
mod places;
mod sealed;
mod transfers;

use crate::{
    exam_world::school,
    support::{Client, Reply, TestApp, db_tests, send},
};
use backend::{
    access::{Action, JobName, Permit},
    organisation,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    ids::ProviderId,
    organisation::{OpenState, ProviderEntry},
    rights::{Place, Right, Role, RoleAt},
};

pub(crate) const PEOPLE: &str = "/api/v1/people";
/// Two townships of one county, and one of another.
pub(crate) const HERE: &str = "330502104";
pub(crate) const NEXT_DOOR: &str = "330502105";
const FAR: &str = "330503001";

struct SetUp;

impl Action for SetUp {
    type Target = String;
    const RIGHT: Right = Right::GrantRole;
}

/// All townships, with one school in `HERE`.
pub(crate) async fn towns(app: &TestApp) -> ProviderId {
    organisation::load_divisions(&app.cx).await.unwrap();
    enter(app, &school(HERE)).await
}

/// Enters a school.
pub(crate) async fn enter(app: &TestApp, entry: &ProviderEntry) -> ProviderId {
    let id: ProviderId = app.cx.ids.new_id();
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, "school".to_owned());
    app.cx.db.write(&permit, async |tx| organisation::create_provider(tx, id, entry).await).await.unwrap()
}

/// Closes a school that was entered as [`school`] says, as its county does, which was told of all its classes.
pub(crate) async fn close(county: &Client, id: ProviderId, division: &str) {
    let page = county.get(&format!("/api/v1/classes?provider_id={id}&limit=200")).await.expect(200);
    let classes = page["items"].as_array().unwrap().iter();
    let told_classes = classes.map(|class| class["id"].as_str().unwrap().parse().unwrap()).collect();
    let closed = ProviderEntry { state: OpenState::Closed, told_classes, ..school(division) };
    let request = county.request(Method::PUT, &format!("/api/v1/providers/{id}")).header("if-match", "\"1\"");
    send(request.json(&closed)).await.expect(200);
}

/// A school office of this township.
pub(crate) async fn office(app: &TestApp, name: &str, township: &str) -> Client {
    app.staff(name, Role::SchoolOffice, township).await
}

/// The nth number that no real person can have; a woman's if n is even.
pub(crate) fn number(n: u32) -> String {
    let body = format!("33019919850314{n:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

fn document(n: u32) -> Value {
    json!({ "kind": "resident_identity_card", "number": number(n) })
}

/// The nth person, who lives in this township.
pub(crate) fn person(n: u32, township: &str) -> Value {
    json!({
        "name": format!("张秀英{n}"), "document": document(n), "phone": "13800138000",
        "household_division": "341822", "residence_division": township,
    })
}

/// Adds the nth person.
async fn add(office: &Client, n: u32, township: &str) -> Value {
    office.post(PEOPLE, &person(n, township)).await.expect(201)
}

fn path(person: &Value) -> String {
    format!("{PEOPLE}/{}", person["id"].as_str().unwrap())
}

/// Sends what needs the version that was seen.
async fn change(client: &Client, method: Method, path: &str, seen: &Value, body: &Value) -> Reply {
    send(client.request(method, path).header("if-match", format!("\"{seen}\"")).json(body)).await
}

async fn post_once(client: &Client, path: &str, key: &str, body: &Value) -> Reply {
    send(client.request(Method::POST, path).header("idempotency-key", key).json(body)).await
}

/// The ids on all pages of a list.
async fn listed(client: &Client, query: &str) -> Vec<Value> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{PEOPLE}?limit=2{query}{cursor}")).await.expect(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        ids.extend(items.iter().map(|item| item["id"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
}

/// What the audit log says of this right, the oldest first.
pub(crate) async fn audited(app: &TestApp, right: &str) -> Vec<Value> {
    let sql = format!(r#"SELECT detail FROM audit_entry WHERE "right" = '{right}' ORDER BY seq"#);
    let details = texts(app, &sql).await;
    details.iter().map(|detail| serde_json::from_str(detail).unwrap()).collect()
}

/// The first column of all rows.
pub(crate) async fn texts(app: &TestApp, sql: &str) -> Vec<String> {
    use sea_orm::{ConnectionTrait, Statement};
    let conn = app.cx.db.read();
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

db_tests! {
    async fn a_person_is_added_and_seen_with_masked_numbers(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        assert_eq!((&added["name"], &added["sex"], &added["birth_year"]), (&json!("张秀英2"), &json!("female"), &json!(1985)));
        assert_eq!((&added["phone_masked"], &added["division"]), (&json!("138****8000"), &json!(HERE)));
        let masked = added["documents"][0]["number_masked"].as_str().unwrap();
        assert!(masked.starts_with("3301****") && masked.len() == 18, "{masked}");
        let seen = office.get(&path(&added)).await;
        assert_eq!(seen.headers["etag"], "\"1\"");
        assert_eq!(seen.expect(200), added);
        assert_eq!(listed(&office, "").await, [added["id"].clone()]);
        let found = office.post(&format!("{PEOPLE}/find"), &document(2)).await.expect(200);
        assert_eq!(found, added);
        assert_eq!(audited(&app, "keep_people").await, [json!({ "added": added["id"] })]);
    }

    async fn the_same_document_again_is_the_same_person(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let added = add(&office, 2, HERE).await;
        let mut again = person(2, HERE);
        again["name"] = json!("别的名字");
        again["document"]["number"] = json!(format!(" {}", number(2).to_lowercase()));
        assert_eq!(office.post(PEOPLE, &again).await.expect(200), added, "and nothing of them has changed");
        assert_eq!(listed(&office, "").await.len(), 1);
    }

    async fn of_a_document_that_is_kept_elsewhere_nothing_is_said(app) {
        towns(&app).await;
        let added = add(&office(&app, "wang", HERE).await, 2, HERE).await;
        let neighbour = office(&app, "li", NEXT_DOOR).await;
        let mut reply = neighbour.post(PEOPLE, &person(2, NEXT_DOOR)).await.expect(409);
        assert_eq!(reply["code"], "document-in-use");
        reply["instance"] = Value::Null;
        let text = reply.to_string();
        assert!(!text.contains(added["id"].as_str().unwrap()) && !text.contains(HERE) && !text.contains("张"), "{text}");
        assert_eq!(listed(&neighbour, "").await, Vec::<Value>::new());
        assert_eq!(audited(&app, "keep_people").await[1], json!({ "kept_elsewhere": true }));
        assert_eq!(neighbour.post(&format!("{PEOPLE}/find"), &document(2)).await.expect_problem(404), "not-found");
    }

    async fn a_repeat_adds_nobody(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let first = post_once(&office, PEOPLE, "a", &person(2, HERE)).await.expect(201);
        assert_eq!(post_once(&office, PEOPLE, "a", &person(2, HERE)).await.expect(201), first);
        let other = post_once(&office, PEOPLE, "a", &person(4, HERE)).await;
        assert_eq!(other.expect_problem(422), "idempotency-conflict");
        assert_eq!(listed(&office, "").await.len(), 1);
    }

    async fn two_at_once_add_one_person(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        let bodies = [person(2, HERE), person(2, HERE), person(2, HERE), person(2, HERE)];
        let replies = futures::future::join_all(bodies.iter().map(|body| office.post(PEOPLE, body))).await;
        let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 200, 201]);
        assert_eq!(listed(&office, "").await.len(), 1);
    }

    async fn wrong_fields_are_named(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        for (field, value, pointer, code) in [
            ("name", json!(" "), "/name", "required"),
            ("document", json!({ "kind": "resident_identity_card", "number": "330199198503140023" }), "/document/number", "document-wrong-check"),
            ("document", json!({ "kind": "passport", "number": "E12345678" }), "/birth_date", "required"),
            ("document", json!({ "kind": "resident_identity_card", "number": "330199201504122015" }), "/document/number", "under-age"),
            ("sex", json!("male"), "/sex", "sex-differs"),
            ("birth_date", json!("1985-03-15"), "/birth_date", "birth-date-differs"),
            ("phone", json!("12345"), "/phone", "phone-malformed"),
            ("household_division", json!("33"), "/household_division", "division-malformed"),
            ("residence_division", json!("330502199"), "/residence_division", "not-found"),
            ("residence_division", json!("330502"), "/residence_division", "division-too-wide"),
            ("provider_id", json!("019ab000-0000-7000-8000-000000000001"), "/provider_id", "not-found"),
            ("nickname", json!("x"), "/nickname", "unknown"),
        ] {
            let mut body = person(2, HERE);
            body[field] = value;
            let problem = office.post(PEOPLE, &body).await.expect(422);
            let error = &problem["errors"][0];
            assert_eq!((error["pointer"].as_str(), error["code"].as_str()), (Some(pointer), Some(code)), "{problem}");
            assert!(!error["detail"].as_str().unwrap().is_empty() && error["detail"] != error["code"], "{problem}");
        }
        let found = office.post(&format!("{PEOPLE}/find"), &json!({ "kind": "passport", "number": "1", "x": 1 })).await;
        assert_eq!(found.expect_problem(422), "invalid");
        assert_eq!(listed(&office, "").await, Vec::<Value>::new());
    }

    async fn who_keeps_nobody_sees_nobody(app) {
        towns(&app).await;
        let added = add(&office(&app, "wang", HERE).await, 2, HERE).await;
        for (name, role) in [("a", Role::Teacher), ("b", Role::ClassTutor), ("c", Role::SystemAdministrator)] {
            let staff = app.staff(name, role, "33").await;
            assert_eq!(staff.post(PEOPLE, &person(4, HERE)).await.expect_problem(403), "forbidden");
            assert_eq!(staff.get(PEOPLE).await.expect_problem(403), "forbidden");
            assert_eq!(staff.post(&format!("{PEOPLE}/find"), &document(2)).await.expect_problem(403), "forbidden");
            assert_eq!(staff.get(&path(&added)).await.expect_problem(404), "not-found");
        }
    }

    async fn city_and_province_see_everybody_and_no_number(app) {
        towns(&app).await;
        let added = add(&office(&app, "wang", HERE).await, 2, HERE).await;
        let city = app.staff("shi", Role::CityAuditor, "3305").await;
        assert_eq!(city.get(&path(&added)).await.expect(200), added);
        assert_eq!(city.post(PEOPLE, &person(4, HERE)).await.expect_problem(403), "forbidden");
        let province = app.staff("sheng", Role::ProvinceOffice, "33").await;
        assert_eq!(province.get(&path(&added)).await.expect(200), added);
        assert_eq!(province.post(PEOPLE, &person(4, HERE)).await.expect_problem(403), "forbidden");
        let reveal = json!({ "purpose": "check_identity", "note": "抽查" });
        assert_eq!(province.post(&format!("{}/reveal", path(&added)), &reveal).await.expect_problem(403), "forbidden");
        let phone = format!("{}/phone", path(&added));
        let changed = change(&province, Method::PUT, &phone, &json!(1), &json!({ "phone": null })).await;
        assert_eq!(changed.expect_problem(403), "forbidden");
    }

    async fn each_sees_their_own_place(app) {
        let school = towns(&app).await;
        let (here, next_door) = (office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await);
        let at_school = RoleAt { role: Role::SchoolOffice, place: Place::Provider { id: school, division: HERE.to_owned() } };
        let at_school = app.person("zhou", &[at_school]).await;
        let mut of_school = person(6, NEXT_DOOR);
        of_school["provider_id"] = json!(school);
        let here_id = add(&here, 2, HERE).await["id"].clone();
        let next_id = add(&next_door, 4, NEXT_DOOR).await["id"].clone();
        let school_id = at_school.post(PEOPLE, &of_school).await.expect(201)["id"].clone();
        let far_id = add(&office(&app, "zhao", FAR).await, 8, FAR).await["id"].clone();
        assert_eq!(at_school.post(PEOPLE, &person(10, HERE)).await.expect_problem(403), "forbidden");
        assert_eq!(here.post(PEOPLE, &person(10, NEXT_DOOR)).await.expect_problem(403), "forbidden");

        let sorted = |mut ids: Vec<Value>| { ids.sort_by_key(Value::to_string); ids };
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        for (who, expected) in [
            (&here, vec![&here_id, &school_id]),
            (&next_door, vec![&next_id]),
            (&at_school, vec![&school_id]),
            (&county, vec![&here_id, &next_id, &school_id]),
        ] {
            assert_eq!(sorted(listed(who, "").await), sorted(expected.into_iter().cloned().collect()));
        }
        assert_eq!(listed(&county, &format!("&division={NEXT_DOOR}")).await, [next_id]);
        assert_eq!(listed(&here, "&division=330503").await, Vec::<Value>::new());
        assert_eq!(county.get(&format!("{PEOPLE}/{}", far_id.as_str().unwrap())).await.expect_problem(404), "not-found");
        assert_eq!(county.post(&format!("{PEOPLE}/find"), &document(8)).await.expect_problem(404), "not-found");
    }

    async fn a_sibling_place_finds_nobody_to_work_on(app) {
        towns(&app).await;
        let path = path(&add(&office(&app, "wang", HERE).await, 2, HERE).await);
        let sibling = office(&app, "li", NEXT_DOOR).await;
        let correction = json!({ "document": document(4), "reason": "填错" });
        let right_name = json!({ "stated": { "field": "name", "name": "章秀英" }, "reason": "填错" });
        for reply in [
            sibling.get(&path).await,
            sibling.post(&format!("{path}/reveal"), &json!({ "purpose": "call_person", "note": "联系" })).await,
            change(&sibling, Method::POST, &format!("{path}/documents"), &json!(1), &correction).await,
            change(&sibling, Method::PUT, &format!("{path}/phone"), &json!(1), &json!({ "phone": null })).await,
            change(&sibling, Method::POST, &format!("{path}/corrections"), &json!(1), &right_name).await,
            sibling.post(&format!("{path}/transfers"), &json!({ "division": NEXT_DOOR, "reason": "迁居" })).await,
        ] {
            assert_eq!(reply.expect_problem(404), "not-found");
        }
    }
}
