//! Accounts of staff: created with a first password, found at one's own places, given a new start.

use super::{ACCOUNTS, GRANTS, Office, detail, id_of, pointer};
use crate::{
    people::{HERE, canary::dump},
    support::{Client, PASSWORD, TestApp, db_tests, send},
};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

fn new_account(login_name: &str, code: &str) -> Value {
    json!({ "login_name": login_name, "display_name": "王慧敏", "place": { "kind": "division", "code": code } })
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["login_name"].as_str().unwrap()).collect()
}

async fn try_log_in(app: &TestApp, name: &str, password: &str) -> crate::support::Reply {
    app.stranger().post("/api/v1/logins", &json!({ "name": name, "password": password })).await
}

/// Somebody who logged in by this password.
async fn logged_in(app: &TestApp, name: &str, password: &str) -> Client {
    let reply = try_log_in(app, name, password).await.expect(200);
    Client::new(app.address, Some(reply["access_token"].as_str().unwrap().to_owned()))
}

db_tests! {
    async fn a_new_account_has_a_first_password_and_can_do_nothing_before_its_own(app) {
        let office = Office::of(&app).await;
        let first = office.first.post(ACCOUNTS, &new_account("Wang.HM", HERE)).await.expect(201);
        let password = first["password"].as_str().unwrap().to_owned();
        assert_eq!((&first["login_name"], password.len()), (&json!("wang.hm"), 14));
        let wanted = json!({ "account_id": first["account_id"], "role": "school_office", "place": { "kind": "division", "code": HERE } });
        office.first.post(GRANTS, &wanted).await.expect(201);

        let reply = try_log_in(&app, "wang.hm", &password).await.expect(200);
        assert_eq!(reply["me"]["need"], "new_password");
        let wang = Client::new(app.address, Some(reply["access_token"].as_str().unwrap().to_owned()));
        for path in ["/api/v1/people", "/api/v1/logins", "/api/v1/courses", "/api/v1/me/second_factor"] {
            let problem = wang.get(path).await.expect(403);
            assert!(detail(&problem, "password-change-needed").contains("新密码"), "{path}");
        }
        assert_eq!(wang.get("/api/v1/me").await.expect(200)["need"], "new_password");
        let change = json!({ "current": password, "new": "xi-shan-de-feng" });
        wang.post("/api/v1/me/password", &change).await.expect(204);
        wang.get("/api/v1/people").await.expect(200);
        assert_eq!(wang.get("/api/v1/me").await.expect(200).get("need"), None);
        try_log_in(&app, "wang.hm", &password).await.expect(401);
        let again = logged_in(&app, "wang.hm", "xi-shan-de-feng").await;
        again.get("/api/v1/people").await.expect(200);
        assert!(!dump(&app).await.contains(&password), "a first password lies nowhere");
    }

    async fn a_first_password_expires_after_a_week(app) {
        let office = Office::of(&app).await;
        let first = office.first.post(ACCOUNTS, &new_account("wang.hm", HERE)).await.expect(201);
        let password = first["password"].as_str().unwrap();
        app.clock.advance_s(7 * 86_400 + 1);
        let problem = try_log_in(&app, "wang.hm", password).await.expect(401);
        assert!(detail(&problem, "wrong-credentials").contains("过期"), "{problem}");
        assert!(!detail(&try_log_in(&app, "wang.hm", "wrong").await.expect(401), "wrong-credentials").contains("过期"));
    }

    async fn a_repeat_creates_one_account_and_shows_no_password_again(app) {
        let office = Office::of(&app).await;
        let body = new_account("wang.hm", HERE);
        let post = || send(office.first.request(Method::POST, ACCOUNTS).header("idempotency-key", "a").json(&body));
        let (first, again) = (post().await.expect(201), post().await.expect(201));
        assert_eq!(first["account_id"], again["account_id"]);
        assert_eq!(again["password"], Value::Null);
        let taken = office.first.post(ACCOUNTS, &body).await.expect(422);
        assert_eq!(pointer(&taken), ("/login_name".to_owned(), "duplicate".to_owned()));
    }

    async fn wrong_fields_are_named(app) {
        let office = Office::of(&app).await;
        for (field, value, expected) in [
            ("login_name", json!("王"), ("/login_name", "staff-name-malformed")),
            ("login_name", json!(" "), ("/login_name", "required")),
            ("login_name", json!("138-0013-8000"), ("/login_name", "login-name-number")),
            ("login_name", json!("33019919850314002X"), ("/login_name", "login-name-number")),
            ("display_name", json!(""), ("/display_name", "required")),
            ("place", json!({ "kind": "division", "code": "330599" }), ("/place", "not-found")),
            ("password", json!("x"), ("/password", "unknown")),
        ] {
            let mut body = new_account("wang.hm", HERE);
            body[field] = value;
            let problem = office.first.post(ACCOUNTS, &body).await.expect(422);
            assert_eq!(pointer(&problem), (expected.0.to_owned(), expected.1.to_owned()), "{problem}");
        }
    }

    async fn accounts_are_found_at_ones_own_places(app) {
        let office = Office::of(&app).await;
        office.first.post(ACCOUNTS, &new_account("here", HERE)).await.expect(201);
        office.first.post(ACCOUNTS, &new_account("far", "330503")).await.expect(201);
        let county = app.staff("xu", Role::SecurityAdministrator, "330502").await;
        assert_eq!(names(&county.get(ACCOUNTS).await.expect(200)), ["here", "xu"]);
        assert_eq!(names(&county.get(&format!("{ACCOUNTS}?text=HER")).await.expect(200)), ["here"]);
        for (state, expected) in [("first_password", vec!["here"]), ("password_alone", vec!["here", "xu"]), ("without_role", vec!["here"])] {
            let found = county.get(&format!("{ACCOUNTS}?state={state}")).await.expect(200);
            assert_eq!(names(&found), expected, "{state}");
        }
        assert_eq!(names(&county.get(&format!("{ACCOUNTS}?text=%25")).await.expect(200)), Vec::<&str>::new());
        assert_eq!(names(&office.first.get(&format!("{ACCOUNTS}?text=慧敏")).await.expect(200)), ["far", "here"]);
        let first = office.first.get(&format!("{ACCOUNTS}?limit=2")).await.expect(200);
        assert_eq!(names(&first), ["fang", "far"]);
        let rest = office.first.get(&format!("{ACCOUNTS}?cursor={}", first["next_cursor"].as_str().unwrap())).await.expect(200);
        assert_eq!(names(&rest), ["here", "lin", "xu", "zhou"]);
        let at = async |client: &Client, place: &str| {
            let page = client.get(&format!("{ACCOUNTS}?division={place}")).await.expect(200);
            names(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(at(&office.first, HERE).await, ["here"]);
        assert_eq!(at(&office.first, "330502").await, ["here", "xu"]);
        assert_eq!(at(&county, "330503").await, Vec::<String>::new());
        // What somebody does elsewhere is nobody's business here.
        let elsewhere = json!({ "account_id": id_of(&county).await, "role": "security_administrator",
            "place": { "kind": "division", "code": "330503" } });
        office.first.post(GRANTS, &elsewhere).await.expect(201);
        assert_eq!(at(&office.first, "330503").await, ["far", "xu"]);
        let beside = app.staff("gu", Role::SecurityAdministrator, "330502").await;
        assert_eq!(at(&beside, "330503").await, Vec::<String>::new());
        county.post(ACCOUNTS, &new_account("elsewhere", "330503")).await.expect(403);
        let bureau = app.staff("bureau", Role::CountyBureau, "330502").await;
        bureau.get(ACCOUNTS).await.expect(200);
        bureau.post(ACCOUNTS, &new_account("other", HERE)).await.expect(403);
    }

    async fn a_reset_gives_a_first_password_and_ends_all_log_ins(app) {
        let office = Office::of(&app).await;
        let path = format!("{ACCOUNTS}/{}/password", office.worker_id.as_str().unwrap());
        let unnamed = office.first.post(&path, &json!({ "reason": "" })).await.expect(422);
        assert_eq!(pointer(&unnamed).0, "/reason");
        let given = office.first.post(&path, &json!({ "reason": "忘了密码" })).await.expect(200);
        office.worker.get("/api/v1/me").await.expect(401);
        try_log_in(&app, "zhou", PASSWORD).await.expect(401);
        let reply = try_log_in(&app, "zhou", given["password"].as_str().unwrap()).await.expect(200);
        assert_eq!(reply["me"]["need"], "new_password");
        assert!(office.first.get(&format!("{ACCOUNTS}?text=zhou")).await.expect(200)["items"][0]["has_first_password"] == true);
    }

    async fn nobody_becomes_the_second_person_by_a_reset(app) {
        let office = Office::of(&app).await;
        let path = |id: &Value| format!("{ACCOUNTS}/{}/password", id.as_str().unwrap());
        let reason = json!({ "reason": "忘了密码" });
        let second = path(&id_of(&office.second).await);
        assert!(detail(&office.first.post(&second, &reason).await.expect(409), "wrong-state").contains("安全管理员"));
        let own = path(&id_of(&office.first).await);
        detail(&office.first.post(&own, &reason).await.expect(409), "wrong-state");
    }

    async fn a_county_resets_nobody_who_also_works_elsewhere(app) {
        let office = Office::of(&app).await;
        let county = app.staff("xu", Role::SecurityAdministrator, "330502").await;
        let path = format!("{ACCOUNTS}/{}/password", office.worker_id.as_str().unwrap());
        let reason = json!({ "reason": "忘了密码" });
        county.post(&path, &reason).await.expect(404);
        office.granted("school_office", HERE).await;
        county.post(&path, &reason).await.expect(403);
        let neighbour = app.staff("tang", Role::SecurityAdministrator, "330503").await;
        neighbour.post(&path, &reason).await.expect(404);
    }
}
