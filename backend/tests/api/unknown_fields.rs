//! Nothing that a request says is ignored: a field or a parameter that no operation knows is refused.
//!
//! Requests are made up from the API's own document: each form that a body may have, and in each object
//! of it one field too many. A misspelt field would else look like one that was left out.

use crate::support::{Client, NO_ID, Operation, Reply, TestApp, db_tests, examples, send};
use serde_json::{Value, json};
use shared::rights::Role;

/// Sorts before every name of ours, so that it is read first.
const UNKNOWN: &str = "!";

/// A body with one field too many, for each object in it, and where that field stands.
fn with_one_more(body: &Value, at: &str) -> Vec<(String, Value)> {
    let mut bodies = Vec::new();
    match body {
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert(UNKNOWN.to_owned(), json!(1));
            bodies.push((format!("{at}/{UNKNOWN}"), Value::Object(more)));
            for (name, value) in fields {
                for (pointer, value) in with_one_more(value, &format!("{at}/{name}")) {
                    let mut changed = fields.clone();
                    changed.insert(name.clone(), value);
                    bodies.push((pointer, Value::Object(changed)));
                }
            }
        }
        Value::Array(values) => {
            for (nth, value) in values.iter().enumerate() {
                for (pointer, value) in with_one_more(value, &format!("{at}/{nth}")) {
                    let mut changed = values.clone();
                    changed[nth] = value;
                    bodies.push((pointer, Value::Array(changed)));
                }
            }
        }
        _ => {}
    }
    bodies
}

/// Whether a reply refuses what stands there, and nothing else. Where serde reads a value twice it tells
/// the value that the field is in.
fn is_refused(reply: &Reply, pointer: &str) -> bool {
    let problem: Value = serde_json::from_slice(&reply.bytes).unwrap_or_default();
    let said = problem["errors"][0]["pointer"].as_str().unwrap_or("?");
    let is_unknown = problem["errors"][0]["code"] == "unknown" && pointer.starts_with(said);
    reply.status == 422 && (is_unknown || pointer == said)
}

async fn somebody(app: &TestApp) -> Client {
    app.staff("somebody", Role::ProvinceOffice, "33").await
}

db_tests! {
    async fn every_body_refuses_a_field_that_it_does_not_know(app) {
        let (client, document) = (somebody(&app).await, serde_json::to_value(backend::app::openapi()).unwrap());
        let schemas = &document["components"]["schemas"];
        let (mut asked, mut faults) = (0, Vec::new());
        for operation in Operation::all() {
            let Some(schema) = operation.body() else { continue };
            let bodies = examples(schema, schemas);
            for (pointer, body) in bodies.iter().flat_map(|body| with_one_more(body, "")) {
                let request = client.request(operation.method.clone(), &operation.path(NO_ID));
                let reply = send(request.header("if-match", "\"1\"").json(&body)).await;
                asked += 1;
                if !is_refused(&reply, &pointer) {
                    let said = String::from_utf8_lossy(&reply.bytes);
                    faults.push(format!("{} with {pointer}: {} {said}\n   {body}", operation.name, reply.status));
                }
            }
        }
        assert!(faults.is_empty(), "{} of {asked} are taken\n{}", faults.len(), faults.join("\n"));
        assert!(asked > 100, "{asked} bodies were made up");
    }

    async fn every_address_refuses_a_parameter_that_it_does_not_know(app) {
        let client = somebody(&app).await;
        for operation in Operation::all() {
            let path = format!("{}?{UNKNOWN}=1", operation.path(NO_ID));
            let reply = send(client.request(operation.method.clone(), &path)).await;
            let problem: Value = serde_json::from_slice(&reply.bytes).unwrap_or_default();
            let found = (reply.status, &problem["errors"][0]["pointer"], &problem["errors"][0]["code"]);
            assert_eq!(found, (422, &json!("/!"), &json!("unknown")), "{}", operation.name);
        }
    }
}
