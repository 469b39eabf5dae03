//! What a body says wrongly is told by its place, in Chinese: another type than is wanted, or a field that is missing.
//!
//! Bodies are made up from the API's own document. They are read before anybody is asked for a right, so one account
//! without any sends them all, to one store: none of them reaches it.

use crate::support::{NO_ID, Operation, Reply, Store, TestApp, examples, refused_places, send};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// Every place in a body, with what stands there.
fn places(body: &Value, at: &str) -> Vec<(String, Value)> {
    let below = |key: &str, value: &Value| {
        let at = format!("{at}/{key}");
        std::iter::once((at.clone(), value.clone())).chain(places(value, &at)).collect::<Vec<_>>()
    };
    match body {
        Value::Object(fields) => fields.iter().flat_map(|(key, value)| below(key, value)).collect(),
        Value::Array(values) => {
            values.iter().enumerate().flat_map(|(nth, value)| below(&nth.to_string(), value)).collect()
        }
        _ => Vec::new(),
    }
}

/// A value of another type; nothing where any type is right.
fn of_another_type(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(_) => Some(json!(1)),
        _ => Some(json!("一")),
    }
}

/// The schemas of the objects that together describe this object: of alternatives, the one whose constant fields it has.
fn forms<'a>(schema: &'a Value, value: &Map<String, Value>, schemas: &'a Value) -> Vec<&'a Value> {
    if let Some(name) = schema["$ref"].as_str() {
        return forms(&schemas[name.rsplit('/').next().unwrap()], value, schemas);
    }
    for alternatives in ["oneOf", "anyOf"] {
        if let Some(alternatives) = schema[alternatives].as_array() {
            let mut found = alternatives.iter().map(|schema| forms(schema, value, schemas));
            return found
                .find(|forms| !forms.is_empty() && forms.iter().all(|form| fits(form, value)))
                .unwrap_or_default();
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().flat_map(|part| forms(part, value, schemas)).collect();
    }
    if schema["properties"].is_object() { vec![schema] } else { Vec::new() }
}

/// Whether an object has what this form wants, and the constants that it knows.
fn fits(form: &Value, value: &Map<String, Value>) -> bool {
    let constant =
        |field: &Value| field["enum"].as_array().filter(|values| values.len() == 1).map(|values| values[0].clone());
    let mut fields = form["properties"].as_object().unwrap().iter();
    let has_constants = fields.all(|(name, field)| match (constant(field), value.get(name)) {
        (Some(constant), Some(value)) => constant == *value,
        _ => true,
    });
    has_constants && required(form).iter().all(|name| value.contains_key(name))
}

fn required(form: &Value) -> Vec<String> {
    let names = form["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// The fields without which an object and those in it cannot be.
fn wanted(schema: &Value, value: &Value, schemas: &Value, at: &str) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let forms = forms(schema, fields, schemas);
            let own = forms.iter().flat_map(|form| required(form)).map(|name| format!("{at}/{name}"));
            let below = forms.iter().flat_map(|form| {
                let properties = form["properties"].as_object().unwrap().iter();
                properties.filter_map(move |(name, field)| Some((name, field, fields.get(name)?)))
            });
            let below = below.flat_map(|(name, field, value)| wanted(field, value, schemas, &format!("{at}/{name}")));
            own.chain(below).collect()
        }
        Value::Array(values) if schema["items"].is_object() => {
            let items = values.iter().enumerate();
            items.flat_map(|(nth, value)| wanted(&schema["items"], value, schemas, &format!("{at}/{nth}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// The body without the field at this place.
fn without(body: &Value, place: &str) -> Value {
    let (parent, name) = place.rsplit_once('/').unwrap();
    let mut body = body.clone();
    body.pointer_mut(parent).and_then(Value::as_object_mut).unwrap().remove(name);
    body
}

/// Whether a body has several forms: then serde reads it twice, and tells no place in it.
fn has_forms(schema: &Value, schemas: &Value) -> bool {
    let name = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    name.map_or(schema, |name| &schemas[name])["oneOf"].is_array()
}

/// Whether a refusal names the place. Where serde reads a value twice, or one of several forms, it names what the
/// place is in.
fn names(reply: &Reply, place: &str, has_forms: bool) -> bool {
    let Some(said) = refused_places(reply).and_then(|places| places.into_iter().next()) else { return false };
    if said.is_empty() && !has_forms {
        return false;
    }
    let (parent, name) = said.rsplit_once('/').unwrap_or_default();
    let is_field_of_it = place.starts_with(parent) && place.ends_with(&format!("/{name}"));
    [400, 422].contains(&reply.status) && (place.starts_with(&said) || said.starts_with(place) || is_field_of_it)
}

/// Each operation that takes a body, with every body of it and what `changed` makes of each, once a place.
async fn sweep(changed: impl Fn(&Value, &Value, &Value) -> Vec<(String, Value)>) -> usize {
    let app = TestApp::start(Store::sqlite().await).await;
    let client = app.person("somebody", &[]).await;
    let document = serde_json::to_value(backend::app::openapi()).unwrap();
    let schemas = &document["components"]["schemas"];
    let (mut asked, mut faults) = (HashSet::new(), Vec::new());
    for operation in Operation::all() {
        let Some(schema) = operation.body() else { continue };
        let bodies = examples(schema, schemas);
        for (place, body) in bodies.iter().flat_map(|body| changed(schema, body, schemas)) {
            if !asked.insert((operation.name.clone(), place.clone())) {
                continue;
            }
            let request = client.request(operation.method.clone(), &operation.path(NO_ID));
            let reply = send(request.header("if-match", "\"1\"").json(&body)).await;
            if !names(&reply, &place, has_forms(schema, schemas)) {
                let said = String::from_utf8_lossy(&reply.bytes);
                faults.push(format!("{} at {place}: {} {said}\n   {body}", operation.name, reply.status));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {} are not told\n{}", faults.len(), asked.len(), faults.join("\n"));
    asked.len()
}

#[actix_web::test]
async fn a_value_of_another_type_is_told_by_its_place() {
    let asked = sweep(|_, body, _| {
        let others = places(body, "").into_iter().filter_map(|(place, value)| Some((place, of_another_type(&value)?)));
        let changed = others.map(|(place, other)| {
            let mut body = body.clone();
            *body.pointer_mut(&place).unwrap() = other;
            (place, body)
        });
        changed.collect()
    });
    assert!(asked.await > 200);
}

#[actix_web::test]
async fn a_field_that_is_missing_is_told_by_its_place() {
    let asked = sweep(|schema, body, schemas| {
        let wanted = wanted(schema, body, schemas, "");
        wanted.into_iter().map(|place| (place.clone(), without(body, &place))).collect()
    });
    assert!(asked.await > 150);
}
