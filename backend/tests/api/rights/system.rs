//! Who keeps the system has its keys changed, and sees how it is; no person, and no secret.

use crate::{
    people::{HERE, PEOPLE, audited, office, person, towns},
    support::{Client, Reply, Store, TestApp, db_tests, send},
};
use backend::platform::telemetry::Masked;
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::Role;

const SYSTEM: &str = "/api/v1/system";

async fn rotate(client: &Client, key: &str) -> Reply {
    let path = format!("{SYSTEM}/key_rotations");
    send(client.request(Method::POST, &path).header("idempotency-key", key).json(&json!({}))).await
}

async fn count(client: &Client) -> Reply {
    client.post(&format!("{SYSTEM}/key_counts"), &json!({})).await
}

#[actix_web::test]
async fn keys_are_changed_and_counted_on_record() {
    let app = TestApp::start(Store::sqlite().await).await;
    towns(&app).await;
    let office = office(&app, "wang", HERE).await;
    let added = office.post(PEOPLE, &person(2, HERE)).await.expect(201);
    let system = app.staff("qin", Role::SystemAdministrator, "33").await;
    let before = system.get(SYSTEM).await.expect(200);
    assert_eq!((&before["current_key"], &before["makes_keys"]), (&json!(1), &json!(true)));
    assert_eq!((&before["rotation"], &before["key_count"]), (&Value::Null, &Value::Null));
    let counted = count(&system).await;
    assert_eq!(app.finish_job(&system, counted).await, json!([{ "key": 1, "values": 2 }]));

    let asked = rotate(&system, "one").await.expect(202);
    assert_eq!(system.get(SYSTEM).await.expect(200)["queues"]["jobs_waiting"], 1);
    assert_eq!(rotate(&system, "one").await.expect(202)["id"], asked["id"], "a repeat");
    app.jobs.run_due().await.unwrap();
    assert_eq!(rotate(&system, "one").await.expect(202)["id"], asked["id"], "a repeat that comes late makes no key");
    let after = system.get(SYSTEM).await.expect(200);
    assert_eq!((&after["current_key"], &after["rotation"]["state"]), (&json!(2), &json!("done")));
    let counted = count(&system).await;
    let uses = json!([{ "key": 1, "values": 0 }, { "key": 2, "values": 2 }]);
    assert_eq!(app.finish_job(&system, counted).await, uses);
    assert_eq!(system.get(SYSTEM).await.expect(200)["key_count"]["result"], uses);
    let path = format!("{PEOPLE}/{}", added["id"].as_str().unwrap());
    assert_eq!(office.get(&path).await.expect(200), added);
    assert!(audited(&app, "rotate_keys").await.contains(&json!({ "key": 2 })));

    // What is asked for again makes another key.
    rotate(&system, "two").await.expect(202);
    app.jobs.run_due().await.unwrap();
    assert_eq!(system.get(SYSTEM).await.expect(200)["current_key"], 3);
}

db_tests! {
    async fn a_node_among_several_makes_no_key(app) {
        let system = app.staff("qin", Role::SystemAdministrator, "33").await;
        // A store that nodes may share may be shared without Redis, too.
        assert_eq!(system.get(SYSTEM).await.expect(200)["makes_keys"], app.store.redis().is_none());
        let app = app.configured(|config| config.redis_url = Some(Masked("redis://nodes".to_owned())));
        let system = system.at(app.address);
        assert_eq!(system.get(SYSTEM).await.expect(200)["makes_keys"], false);
        rotate(&system, "one").await.expect(202);
        app.jobs.run_due().await.unwrap();
        let after = system.get(SYSTEM).await.expect(200);
        assert_eq!((&after["current_key"], &after["rotation"]["state"]), (&json!(1), &json!("done")));
    }

    async fn settings_are_told_without_secrets_to_the_provinces_own_administrator(app) {
        let system = app.staff("qin", Role::SystemAdministrator, "33").await;
        let told = system.get(SYSTEM).await.expect(200);
        let value = |name: &str| {
            let settings = told["settings"].as_array().unwrap();
            settings.iter().find(|setting| setting["name"] == name).unwrap()["value"].clone()
        };
        assert_eq!((value("answer_queue"), value("sms"), value("sms_secret")), (json!("4096"), json!("off"), json!("")));
        assert!(!value("database_url").as_str().unwrap().contains('/'), "{told}");
        assert_eq!(system.get(PEOPLE).await.expect_problem(403), "forbidden");

        let elsewhere = app.staff("li", Role::SystemAdministrator, "330502").await;
        let security = app.staff("lin", Role::SecurityAdministrator, "33").await;
        for client in [&elsewhere, &security] {
            assert_eq!(client.get(SYSTEM).await.expect_problem(403), "forbidden");
            assert_eq!(rotate(client, "one").await.expect_problem(403), "forbidden");
            assert_eq!(count(client).await.expect_problem(403), "forbidden");
        }
    }
}
