//! Bodies that are made up from the API's own document, and how a refusal of one is read.

use super::{NO_ID, Reply};
use serde_json::{Map, Value, json};
use shared::problem::Problem;

/// Stands where any text may.
pub(crate) const TEXT: &str = "330502104";

/// Values of every form that a schema allows: each alternative stands in one of them at least.
pub(crate) fn examples(schema: &Value, schemas: &Value) -> Vec<Value> {
    within(schema, schemas, &[])
}

/// The same below the schemas of these names. What holds itself has its first form there, which does not.
fn within(schema: &Value, schemas: &Value, above: &[&str]) -> Vec<Value> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        let (inner, below) = (&schemas[name], [above, &[name]].concat());
        let first = inner["oneOf"].get(0).filter(|_| above.contains(&name));
        return within(first.unwrap_or(inner), schemas, &below);
    }
    if let Some(values) = schema["enum"].as_array() {
        return vec![values[0].clone()];
    }
    for alternatives in ["oneOf", "anyOf"] {
        if let Some(schemas_of_each) = schema[alternatives].as_array() {
            return schemas_of_each.iter().flat_map(|schema| within(schema, schemas, above)).collect();
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return merged(parts.iter().map(|part| within(part, schemas, above)).collect());
    }
    match kind(schema) {
        "object" => objects(schema, schemas, above),
        "array" => match schema["items"].is_object() {
            true => within(&schema["items"], schemas, above).into_iter().map(|item| json!([item])).collect(),
            false => vec![json!([])],
        },
        "string" => vec![json!(text(schema["format"].as_str()))],
        "integer" | "number" => vec![json!(1)],
        "boolean" => vec![json!(true)],
        _ => vec![Value::Null],
    }
}

/// The type of a value that may be absent, too.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null"),
        kind => kind.as_str().unwrap_or(if schema["properties"].is_object() { "object" } else { "null" }),
    }
}

fn text(format: Option<&str>) -> &'static str {
    match format {
        Some("uuid") => NO_ID,
        Some("date") => "2026-11-23",
        Some("date-time") => "2026-11-23T01:00:00Z",
        _ => TEXT,
    }
}

/// One object with the first form of each field, and one more for each other form of a field.
fn objects(schema: &Value, schemas: &Value, above: &[&str]) -> Vec<Value> {
    let fields = schema["properties"].as_object().cloned().unwrap_or_default();
    let forms: Vec<(String, Vec<Value>)> =
        fields.iter().map(|(name, field)| (name.clone(), within(field, schemas, above))).collect();
    let first: Map<String, Value> = forms.iter().map(|(name, forms)| (name.clone(), forms[0].clone())).collect();
    let others = forms.iter().flat_map(|(name, forms)| {
        forms.iter().skip(1).map(|form| {
            let mut object = first.clone();
            object.insert(name.clone(), form.clone());
            Value::Object(object)
        })
    });
    std::iter::once(Value::Object(first.clone())).chain(others).collect()
}

/// The first forms of all parts as one object, and one more for each other form of a part.
fn merged(parts: Vec<Vec<Value>>) -> Vec<Value> {
    let together = |forms: Vec<&Value>| {
        let fields = forms.into_iter().filter_map(Value::as_object).flatten();
        Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
    };
    let first: Vec<&Value> = parts.iter().map(|forms| &forms[0]).collect();
    let mut all = vec![together(first.clone())];
    for (nth, forms) in parts.iter().enumerate() {
        for form in forms.iter().skip(1) {
            let mut other = first.clone();
            other[nth] = form;
            all.push(together(other));
        }
    }
    all
}

/// Where the fields are that a refusal names; nothing if it is none, or does not say in Chinese what is wrong.
pub(crate) fn refused_places(reply: &Reply) -> Option<Vec<String>> {
    let problem: Problem = serde_json::from_slice(&reply.bytes).ok()?;
    let mut said = problem.errors.iter().map(|error| &error.detail).chain([&problem.title, &problem.detail]);
    let is_refusal = (400..500).contains(&reply.status) && said.all(|text| is_chinese(text));
    is_refusal.then(|| problem.errors.iter().map(|error| error.pointer.clone()).collect())
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}
