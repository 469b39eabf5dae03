//! Roles: granted by one, confirmed by another, ended at once; and the accounts that hold them.

mod accounts;
mod audit;
mod courses;
mod meanwhile;
pub(crate) mod passwords;
mod privacy;
pub(crate) mod second_factor;
mod service_points;
mod system;

use crate::{
    people::{HERE, NEXT_DOOR, PEOPLE, audited, towns},
    support::{Client, NO_ID, TestApp, db_tests, send},
    work::waiting,
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const GRANTS: &str = "/api/v1/role_grants";
const ACCOUNTS: &str = "/api/v1/accounts";

/// Two security administrators of the province, and somebody without any role but that of a marker.
struct Office {
    first: Client,
    second: Client,
    worker: Client,
    worker_id: Value,
}

impl Office {
    async fn of(app: &TestApp) -> Self {
        towns(app).await;
        let first = app.staff("lin", Role::SecurityAdministrator, "33").await;
        let second = app.staff("fang", Role::SecurityAdministrator, "33").await;
        let worker = app.staff("zhou", Role::Marker, "33").await;
        let worker_id = id_of(&worker).await;
        Self { first, second, worker, worker_id }
    }

    /// What `first` asks for.
    fn wanted(&self, role: &str, code: &str) -> Value {
        json!({ "account_id": self.worker_id, "role": role, "place": { "kind": "division", "code": code } })
    }

    async fn granted(&self, role: &str, code: &str) -> Value {
        self.first.post(GRANTS, &self.wanted(role, code)).await.expect(201)
    }
}

async fn id_of(client: &Client) -> Value {
    client.get("/api/v1/me").await.expect(200)["account_id"].clone()
}

fn step(grant: &Value, step: &str) -> String {
    format!("{GRANTS}/{}/{step}", grant["id"].as_str().unwrap())
}

/// The detail of a refusal with this code.
fn detail(problem: &Value, code: &str) -> String {
    assert_eq!(problem["code"], code, "{problem}");
    let detail = problem["detail"].as_str().unwrap().to_owned();
    assert!(!detail.contains('-') && !detail.contains('{'), "{detail}");
    detail
}

fn pointer(problem: &Value) -> (String, String) {
    let error = &problem["errors"][0];
    assert_ne!(error["detail"], error["code"], "{problem}");
    (error["pointer"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned())
}

db_tests! {
    async fn a_powerful_role_waits_for_the_second_person_alone(app) {
        let office = Office::of(&app).await;
        let grant = office.granted("exam_administrator", "33").await;
        let waits = async |client: &Client| waiting(client, "roles_to_confirm").await;
        assert_eq!((waits(&office.first).await, waits(&office.second).await, waits(&office.worker).await), (0, 1, 0));
        office.second.post(&step(&grant, "confirm"), &json!({})).await.expect(200);
        assert_eq!(waits(&office.second).await, 0);
    }

    async fn a_role_works_from_the_next_request_on_and_ends_the_same_way(app) {
        let office = Office::of(&app).await;
        office.worker.get(PEOPLE).await.expect(403);
        let grant = office.granted("school_office", HERE).await;
        assert_eq!((&grant["state"], &grant["granted_by"]), (&json!("in_force"), &json!("lin")));
        assert!(grant["place_name"].as_str().unwrap().contains("吴兴区"), "{grant}");
        office.worker.get(PEOPLE).await.expect(200);
        let ended = office.second.post(&step(&grant, "end"), &json!({ "reason": "调离岗位" })).await.expect(200);
        assert_eq!((&ended["state"], &ended["ended_because"]), (&json!("ended"), &json!("调离岗位")));
        office.worker.get(PEOPLE).await.expect(403);
        let again = office.second.post(&step(&grant, "end"), &json!({ "reason": "调离岗位" })).await.expect(409);
        detail(&again, "wrong-state");
        let notes = audited(&app, "grant_role").await;
        let of_worker: Vec<_> = notes.iter().filter(|note| note["role"] == "school_office").collect();
        assert_eq!(of_worker.iter().map(|note| note["state"].as_str().unwrap()).collect::<Vec<_>>(), ["in_force", "ended"]);
        office.granted("school_office", HERE).await;
        office.worker.get(PEOPLE).await.expect(200);
    }

    async fn a_powerful_role_waits_for_a_second_person_who_is_neither_of_the_two(app) {
        let office = Office::of(&app).await;
        let papers = format!("/api/v1/papers?course_id={NO_ID}");
        let grant = office.granted("exam_administrator", "33").await;
        assert_eq!((&grant["state"], &grant["may_confirm"]), (&json!("proposed"), &json!(false)));
        office.worker.get(&papers).await.expect(403);
        let own = office.first.post(&step(&grant, "confirm"), &json!({})).await.expect(409);
        assert!(detail(&own, "second-person-needed").contains("另一位"), "{own}");
        let shown = office.second.get(&format!("{GRANTS}?state=proposed")).await.expect(200);
        assert_eq!((shown["items"].as_array().unwrap().len(), &shown["items"][0]["may_confirm"]), (1, &json!(true)));
        let confirmed = office.second.post(&step(&grant, "confirm"), &json!({})).await.expect(200);
        assert_eq!((&confirmed["state"], &confirmed["confirmed_by"]), (&json!("in_force"), &json!("fang")));
        office.worker.get(&papers).await.expect(200);
        office.second.post(&step(&grant, "confirm"), &json!({})).await.expect(409);
    }

    async fn the_bureau_of_a_county_approves_and_reveals_and_waits_for_a_second_person_too(app) {
        let office = Office::of(&app).await;
        let grant = office.granted("county_bureau", "330502").await;
        assert_eq!(grant["state"], "proposed");
        office.worker.get(PEOPLE).await.expect(403);
        detail(&office.first.post(&step(&grant, "confirm"), &json!({})).await.expect(409), "second-person-needed");
        office.second.post(&step(&grant, "confirm"), &json!({})).await.expect(200);
        office.worker.get(PEOPLE).await.expect(200);
    }

    async fn the_holder_is_not_the_second_person(app) {
        let office = Office::of(&app).await;
        let third = app.staff("hu", Role::SecurityAdministrator, "33").await;
        let wanted = json!({ "account_id": id_of(&third).await, "role": "province_office", "place": { "kind": "division", "code": "33" } });
        let grant = office.first.post(GRANTS, &wanted).await.expect(201);
        detail(&third.post(&step(&grant, "confirm"), &json!({})).await.expect(409), "second-person-needed");
        detail(&third.post(&step(&grant, "end"), &json!({ "reason": "不需要" })).await.expect(409), "second-person-needed");
        office.first.post(&step(&grant, "end"), &json!({ "reason": "提错了" })).await.expect(200);
        office.second.post(&step(&grant, "confirm"), &json!({})).await.expect(409);
    }

    async fn nobody_grants_to_themselves(app) {
        let office = Office::of(&app).await;
        let own = json!({ "account_id": id_of(&office.first).await, "role": "marker", "place": { "kind": "division", "code": "33" } });
        detail(&office.first.post(GRANTS, &own).await.expect(409), "second-person-needed");
    }

    async fn roles_that_do_not_go_together_are_refused_with_the_reason(app) {
        let office = Office::of(&app).await;
        let refused = office.first.post(GRANTS, &office.wanted("city_auditor", "3305")).await.expect(409);
        assert!(detail(&refused, "wrong-state").contains("阅卷"), "{refused}");
        assert_eq!(refused["params"]["with"], "marker");
        office.granted("system_administrator", "33").await;
        let second = office.second.post(GRANTS, &office.wanted("audit_administrator", "33")).await.expect(409);
        assert!(detail(&second, "wrong-state").contains("三个人"), "not even while the other one waits: {second}");
        let held = office.first.post(GRANTS, &office.wanted("marker", "33")).await.expect(409);
        assert!(detail(&held, "wrong-state").contains("已经有"), "{held}");
    }

    async fn two_at_once_do_not_bring_together_what_is_apart(app) {
        let office = Office::of(&app).await;
        let (one, other) = (office.wanted("system_administrator", "33"), office.wanted("audit_administrator", "33"));
        let replies = futures::future::join(office.first.post(GRANTS, &one), office.second.post(GRANTS, &other)).await;
        let mut statuses = [replies.0.status, replies.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }

    async fn wrong_fields_are_named(app) {
        let office = Office::of(&app).await;
        for (field, value, expected) in [
            ("place", json!({ "kind": "division", "code": "330599" }), ("/place", "not-found")),
            ("place", json!({ "kind": "provider", "id": NO_ID }), ("/place", "not-found")),
            ("place", json!({ "kind": "division", "code": "33", "x": 1 }), ("/place", "unknown")),
            ("account_id", json!(NO_ID), ("/account_id", "not-found")),
            ("role", json!("county_bureau"), ("/place", "role-place")),
            ("role", json!("learner"), ("/place", "role-place")),
            ("extra", json!(1), ("/extra", "unknown")),
        ] {
            let mut wanted = office.wanted("marker", "3305");
            wanted[field] = value;
            let problem = office.first.post(GRANTS, &wanted).await.expect(422);
            assert_eq!(pointer(&problem), (expected.0.to_owned(), expected.1.to_owned()), "{problem}");
        }
        let grant = office.granted("school_office", HERE).await;
        let problem = office.first.post(&step(&grant, "end"), &json!({ "reason": " " })).await.expect(422);
        assert_eq!(pointer(&problem).0, "/reason");
    }

    async fn a_repeat_grants_once(app) {
        let office = Office::of(&app).await;
        let wanted = office.wanted("school_office", HERE);
        let post = || send(office.first.request(Method::POST, GRANTS).header("idempotency-key", "a").json(&wanted));
        let (first, again) = (post().await.expect(201), post().await.expect(201));
        assert_eq!(first, again);
        assert_eq!(office.first.get(&format!("{GRANTS}?role=school_office")).await.expect(200)["items"].as_array().unwrap().len(), 1);
    }

    async fn a_county_grants_in_its_own_places_and_knows_of_no_other(app) {
        let office = Office::of(&app).await;
        let county = app.staff("xu", Role::SecurityAdministrator, "330502").await;
        let stranger = county.post(GRANTS, &office.wanted("school_office", HERE)).await.expect(422);
        assert_eq!(pointer(&stranger), ("/account_id".to_owned(), "not-found".to_owned()), "{stranger}");
        let grant = office.granted("school_office", HERE).await;
        county.post(GRANTS, &office.wanted("school_office", NEXT_DOOR)).await.expect(201);
        county.post(GRANTS, &office.wanted("marker", "3305")).await.expect(403);
        let seen = county.get(GRANTS).await.expect(200);
        let mut places: Vec<_> = seen["items"].as_array().unwrap().iter().map(|item| item["place"]["code"].as_str().unwrap().to_owned()).collect();
        places.sort();
        assert_eq!(places, ["330502", HERE, NEXT_DOOR]);
        let neighbour = app.staff("tang", Role::SecurityAdministrator, "330503").await;
        neighbour.post(&step(&grant, "end"), &json!({ "reason": "试一试" })).await.expect(404);
        let seen = neighbour.get(GRANTS).await.expect(200);
        assert_eq!(seen["items"].as_array().unwrap().len(), 1, "their own role alone: {seen}");
    }

    async fn who_only_looks_grants_nothing(app) {
        let office = Office::of(&app).await;
        let grant = office.granted("school_office", HERE).await;
        let bureau = app.staff("bureau", Role::CountyBureau, "330502").await;
        let seen = bureau.get(GRANTS).await.expect(200);
        let row = seen["items"].as_array().unwrap().iter().find(|row| row["id"] == grant["id"]).unwrap();
        assert_eq!((&row["may_end"], &row["may_confirm"]), (&json!(false), &json!(false)));
        bureau.post(&step(&grant, "end"), &json!({ "reason": "试一试" })).await.expect(403);
        bureau.post(GRANTS, &office.wanted("school_office", NEXT_DOOR)).await.expect(403);
        for role in [Role::Teacher, Role::ExamAdministrator, Role::AuditAdministrator] {
            let other = app.staff(role.as_str(), role, "33").await;
            other.get(GRANTS).await.expect(403);
            other.get(ACCOUNTS).await.expect(403);
            other.post(GRANTS, &office.wanted("marker", "33")).await.expect(403);
            other.post(&step(&grant, "end"), &json!({ "reason": "试一试" })).await.expect(404);
        }
        let sibling = app.staff("sibling", Role::SchoolOffice, NEXT_DOOR).await;
        let seen = sibling.get(GRANTS).await.expect(200);
        assert!(seen["items"].as_array().unwrap().iter().all(|row| row["id"] != grant["id"]), "{seen}");
    }

    async fn a_list_goes_on_where_it_ended(app) {
        let office = Office::of(&app).await;
        for code in ["330502101", "330502102", HERE, NEXT_DOOR] {
            office.granted("school_office", code).await;
        }
        let (mut ids, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = office.first.get(&format!("{GRANTS}?limit=3{cursor}")).await.expect(200);
            ids.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].to_string()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let mut sorted = ids.clone();
        sorted.sort_by(|one, other| other.cmp(one));
        sorted.dedup();
        assert_eq!((ids.len(), &ids), (7, &sorted), "the newest first, each once");
    }
}
