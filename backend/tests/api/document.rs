//! What the API's document says of log-in and headers is what the handlers do.

use crate::{architecture::sources, permissions::OPEN};
use serde_json::{Value, json};
use shared::{credit_bank::CertificateState, people::FactKind, roster::RowFault};
use std::collections::BTreeMap;

/// Creating operations without `Idempotency-Key`, and why a repeat does no harm.
const REPEATABLE: &[(&str, &str)] = &[
    ("add_picture", "a picture is named by its content"),
    ("add_recording", "a recording is named by its content"),
    ("issue_class_codes", "as issue_activation_code"),
    ("give_statement_reader", "no reply with a secret is kept: a repeat makes another, and the one before it ends"),
    ("issue_activation_code", "no reply with a code is kept: a repeat makes another, and the one before it ends"),
];

/// Every handler by the name of its operation: its signature and its body.
fn handlers() -> BTreeMap<String, String> {
    let methods = ["get(\"", "put(\"", "post(\"", "delete(\"", "patch(\""];
    let mut handlers = BTreeMap::new();
    for source in sources("backend/src") {
        for part in source.code().split("\n#[").filter(|part| methods.iter().any(|method| part.starts_with(method))) {
            let handler = part.split("async fn ").nth(1).and_then(|handler| handler.split("\n}").next()).unwrap();
            handlers.insert(handler.split('(').next().unwrap().to_owned(), handler.to_owned());
        }
    }
    handlers
}

/// Every operation of the document, with its method.
fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|methods| methods.as_object().unwrap());
    let named = operations
        .filter_map(|(method, operation)| Some((operation["operationId"].as_str()?, method.as_str(), operation)));
    named.collect()
}

fn document() -> Value {
    serde_json::to_value(backend::app::openapi()).unwrap()
}

/// Whether an operation says that it takes a header.
fn takes(operation: &Value, header: &str) -> bool {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    parameters.iter().any(|parameter| parameter["in"] == "header" && parameter["name"] == header)
}

/// Whether an operation says that its replies have a header.
fn gives(operation: &Value, header: &str) -> bool {
    operation["responses"].as_object().unwrap().values().any(|response| response["headers"][header].is_object())
}

#[test]
fn headers_are_declared_where_they_are_read_or_written() {
    let (document, handlers) = (document(), handlers());
    for (name, _, operation) in operations(&document) {
        let handler = &handlers[name];
        let does = |words: &[&str]| words.iter().any(|word| handler.contains(word));
        let kept = ["unless_known(", "kept_by_caches("];
        for (header, is_read) in [
            ("Idempotency-Key", does(&["IdempotencyKey"])),
            ("If-Match", does(&["IfMatch"])),
            ("If-None-Match", does(&kept)),
        ] {
            assert_eq!(takes(operation, header), is_read, "{name} and {header}: put it right in app/document.rs");
        }
        let is_written = does(&["with_etag("]) || does(&kept);
        assert_eq!(gives(operation, "ETag"), is_written, "{name} and ETag: put it right in app/document.rs");
    }
}

#[test]
fn every_creating_operation_does_once_what_is_asked_twice() {
    let document = document();
    for (name, method, operation) in operations(&document) {
        let creates = method == "post" && operation["responses"]["201"].is_object();
        let is_repeatable = REPEATABLE.iter().any(|(repeatable, _)| *repeatable == name);
        let takes_key = takes(operation, "Idempotency-Key");
        assert!(!creates || takes_key != is_repeatable, "{name} creates: it takes a key, or REPEATABLE says why not");
    }
}

#[test]
fn every_operation_but_the_open_ones_asks_for_a_log_in() {
    let document = document();
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(
        (&schemes["access_token"]["scheme"], &schemes["refresh_cookie"]["in"]),
        (&json!("bearer"), &json!("cookie"))
    );
    assert_eq!(document["security"], json!([{ "access_token": [] }]));
    for (name, _, operation) in operations(&document) {
        let expected = match name {
            "refresh_login" => json!([{ "refresh_cookie": [] }]),
            _ if OPEN.contains(&name) => json!([]),
            _ => Value::Null,
        };
        assert_eq!(operation["security"], expected, "{name}: put it right in app/document.rs");
    }
}

#[test]
fn values_stand_in_the_document_as_on_the_wire() {
    let document = document();
    // Of these the text is another than the name of the value makes one expect.
    for (name, wire) in [
        ("CertificateState", CertificateState::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>()),
        ("FactKind", FactKind::ALL.iter().map(|value| value.as_str()).collect()),
        ("RowFault", RowFault::ALL.iter().map(|value| value.as_str()).collect()),
    ] {
        assert_eq!(document["components"]["schemas"][name]["enum"], json!(wire), "{name}");
    }
}
