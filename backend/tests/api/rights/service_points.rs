//! A clerk's role is held at a service point, serves the division of its provider, and ends with the point.

use super::{GRANTS, Office, pointer};
use crate::{
    people::{HERE, audited},
    support::{Client, NO_ID, TestApp, db_tests, send},
};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const CERTIFICATES: &str = "/api/v1/skill_certificates";

/// A college of a county with one service point in one of its townships.
struct Served {
    county: Client,
    point: Value,
    entry: Value,
}

impl Served {
    async fn of(app: &TestApp) -> Self {
        let county = app.staff("county", Role::CountyBureau, "330502").await;
        let college = json!({ "kind": "community_college", "name": "学院", "division": "330502", "state": "open" });
        let college = county.post("/api/v1/providers", &college).await.expect(201);
        let entry = json!({ "provider_id": college["id"], "name": "受理点", "division": HERE, "address": "1 号",
            "phone": "0572-0000001", "opening_hours": "周一至周五 8:30-17:00", "state": "open",
            "staff": [{ "name": "甲", "is_in_charge": true }, { "name": "乙", "is_in_charge": false }] });
        let point = county.post("/api/v1/service_points", &entry).await.expect(201);
        Self { county, point, entry }
    }

    async fn close(&self) {
        let mut entry = self.entry.clone();
        entry["state"] = json!("closed");
        let path = format!("/api/v1/service_points/{}", self.point["id"].as_str().unwrap());
        send(self.county.request(Method::PUT, &path).header("if-match", "\"1\"").json(&entry)).await.expect(200);
    }

    /// Who serves there, as somebody sees it.
    async fn clerks(&self, client: &Client) -> Vec<Value> {
        let path = format!("{GRANTS}?service_point_id={}", self.point["id"].as_str().unwrap());
        let page = client.get(&path).await.expect(200);
        page["items"].as_array().unwrap().iter().map(|grant| grant["display_name"].clone()).collect()
    }
}

fn at(office: &Office, role: &str, point: &Value) -> Value {
    json!({ "account_id": office.worker_id, "role": role, "place": { "kind": "service_point", "id": point } })
}

db_tests! {
    async fn a_clerk_serves_at_a_service_point_and_at_no_division(app) {
        let (office, served) = (Office::of(&app).await, Served::of(&app).await);
        let point = &served.point["id"];
        for wanted in [office.wanted("service_point_clerk", "330502"), at(&office, "school_office", point)] {
            let refused = office.first.post(GRANTS, &wanted).await.expect(422);
            assert_eq!(pointer(&refused), ("/place".to_owned(), "role-place".to_owned()));
        }
        let refused = office.first.post(GRANTS, &at(&office, "service_point_clerk", &json!(NO_ID))).await.expect(422);
        assert_eq!(pointer(&refused), ("/place".to_owned(), "not-found".to_owned()));

        office.worker.get(CERTIFICATES).await.expect(403);
        let grant = office.first.post(GRANTS, &at(&office, "service_point_clerk", point)).await.expect(201);
        assert_eq!((&grant["state"], &grant["place_name"]), (&json!("in_force"), &json!("受理点")));
        assert_eq!(grant["place"]["serves"], "330502", "whom the college serves, wherever the point lies");
        office.worker.get(CERTIFICATES).await.expect(200);
    }

    async fn who_serves_at_a_service_point_is_seen_by_who_keeps_roles_around_it(app) {
        let (office, served) = (Office::of(&app).await, Served::of(&app).await);
        office.first.post(GRANTS, &at(&office, "service_point_clerk", &served.point["id"])).await.expect(201);
        let beside = app.staff("beside", Role::CountyBureau, "330503").await;
        assert_eq!(served.clerks(&served.county).await, ["zhou"]);
        assert_eq!(served.clerks(&beside).await, [] as [Value; 0]);
        let county = app.staff("mei", Role::SecurityAdministrator, "330502").await;
        let town = app.staff("yan", Role::SecurityAdministrator, HERE).await;
        let wanted = |id: &Value| json!({ "account_id": id, "role": "service_point_clerk",
            "place": { "kind": "service_point", "id": served.point["id"] } });
        assert_eq!(town.post(GRANTS, &wanted(&office.worker_id)).await.expect_problem(403), "forbidden");
        let known = county.get("/api/v1/accounts").await.expect(200);
        assert!(known["items"].as_array().unwrap().iter().any(|account| account["id"] == office.worker_id), "{known}");
    }

    async fn a_service_point_that_is_closed_is_served_by_nobody(app) {
        let (office, served) = (Office::of(&app).await, Served::of(&app).await);
        let wanted = at(&office, "service_point_clerk", &served.point["id"]);
        office.first.post(GRANTS, &wanted).await.expect(201);
        served.close().await;
        office.worker.get(CERTIFICATES).await.expect(403);
        let ended = office.first.get(&format!("{GRANTS}?state=ended")).await.expect(200);
        assert_eq!(ended["items"][0]["place_name"], "受理点");
        let noted = audited(&app, "edit_service_point").await;
        let roles: Vec<_> = noted.iter().filter_map(|noted| noted.get("ended")).map(|ended| ended[0]["role"].clone()).collect();
        assert_eq!(roles, ["service_point_clerk"]);
        let refused = office.first.post(GRANTS, &wanted).await.expect(422);
        assert_eq!(pointer(&refused), ("/place".to_owned(), "not-found".to_owned()));
    }

    async fn who_is_sent_to_a_service_point_that_closes_at_that_moment_does_not_serve(app) {
        let (office, served) = (Office::of(&app).await, Served::of(&app).await);
        let wanted = at(&office, "service_point_clerk", &served.point["id"]);
        let (granted, ()) = join(office.first.post(GRANTS, &wanted), served.close()).await;
        assert!([201, 422].contains(&granted.status), "{}", granted.status);
        office.worker.get(CERTIFICATES).await.expect(403);
    }
}
