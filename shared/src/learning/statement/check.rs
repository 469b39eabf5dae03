//! What the standard asks of a statement, as far as ours have such things (xAPI 1.0.3, part two): looked at before one
//! is handed over, because the system that takes it refuses a document with one fault as a whole.

use crate::time::Timestamp;
use serde_json::{Map, Value};
use uuid::{Uuid, Variant};

/// What is wrong with a statement, by the section that forbids it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatementFault {
    /// 2.2: something is null, or nothing at all where something has to be.
    Empty,
    /// 2.2, 2.4: a property is missing, or not one that is defined.
    Properties,
    /// 2.4.1: the id is not a UUID of RFC 4122.
    Id,
    /// 2.4.2: the actor is not an agent with an account alone, or the account has no address or name.
    Actor,
    /// 2.4.3: the verb has no address, or no word in any language.
    Verb,
    /// 2.4.4: an activity has no address, or its definition is none.
    Activity,
    /// 2.4.5, 4.6: the result says what is not defined, or its duration is not one of ISO 8601.
    Result,
    /// 2.4.6, 4.1: the context names what is no activity, its registration is no id, or an extension has no address.
    Context,
    /// 4.5: the timestamp is not of RFC 3339 in UTC.
    Timestamp,
}

/// Languages in which something is named, as RFC 5646 writes them.
const LANGUAGES: [&str; 2] = ["en-US", "zh-CN"];
/// What a group of activities around a statement may be.
const GROUPS: [&str; 4] = ["parent", "grouping", "category", "other"];

/// What stands in the place of something that is missing.
static NOTHING: Value = Value::Null;

/// Every fault of a statement, each once; none if it may be handed over.
#[must_use]
pub fn statement_faults(statement: &Value) -> Vec<StatementFault> {
    let Value::Object(parts) = statement else { return vec![StatementFault::Properties] };
    let defined = ["id", "actor", "verb", "object", "result", "context", "timestamp"];
    let needed = ["id", "actor", "verb", "object", "timestamp"];
    let has_all = needed.iter().all(|name| parts.contains_key(*name));
    let part = |name: &str| parts.get(name).unwrap_or(&NOTHING);
    let optional = |name: &str, holds: fn(&Value) -> bool| parts.get(name).is_none_or(holds);
    [
        (StatementFault::Empty, !has_nothing_empty(statement)),
        (StatementFault::Properties, !has_all || !has_only(parts, &defined)),
        (StatementFault::Id, !is_id(part("id"))),
        (StatementFault::Actor, !is_agent(part("actor"))),
        (StatementFault::Verb, !is_verb(part("verb"))),
        (StatementFault::Activity, !is_activity(part("object"))),
        (StatementFault::Result, !optional("result", is_result)),
        (StatementFault::Context, !optional("context", is_context)),
        (StatementFault::Timestamp, !is_timestamp(part("timestamp"))),
    ]
    .into_iter()
    .filter_map(|(fault, is_so)| is_so.then_some(fault))
    .collect()
}

fn has_only(parts: &Map<String, Value>, defined: &[&str]) -> bool {
    parts.keys().all(|name| defined.contains(&name.as_str()))
}

/// No null, and no object without a property, anywhere.
fn has_nothing_empty(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Object(parts) => !parts.is_empty() && parts.values().all(has_nothing_empty),
        Value::Array(list) => list.iter().all(has_nothing_empty),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn is_id(value: &Value) -> bool {
    let Some(text) = value.as_str() else { return false };
    let form = Uuid::parse_str(text).ok().map(|id| (id.get_version_num(), id.get_variant()));
    text.len() == 36 && form.is_some_and(|(version, variant)| (1..=8).contains(&version) && variant == Variant::RFC4122)
}

fn is_agent(value: &Value) -> bool {
    let Value::Object(agent) = value else { return false };
    let Some(Value::Object(account)) = agent.get("account") else { return false };
    has_only(agent, &["objectType", "account"])
        && agent.get("objectType").is_none_or(|kind| kind == "Agent")
        && is_account(account)
}

/// 2.4.2.4: the address of a system, and a name on it.
pub(super) fn is_account(account: &Map<String, Value>) -> bool {
    let is_named = account.get("name").and_then(Value::as_str).is_some_and(|name| !name.is_empty());
    has_only(account, &["homePage", "name"]) && is_named && account.get("homePage").is_some_and(is_address)
}

fn is_verb(value: &Value) -> bool {
    let Value::Object(verb) = value else { return false };
    has_only(verb, &["id", "display"])
        && verb.get("id").is_some_and(is_address)
        && verb.get("display").is_some_and(is_in_languages)
}

fn is_activity(value: &Value) -> bool {
    let Value::Object(activity) = value else { return false };
    has_only(activity, &["objectType", "id", "definition"])
        && activity.get("objectType").is_none_or(|kind| kind == "Activity")
        && activity.get("id").is_some_and(is_address)
        && activity.get("definition").is_none_or(is_definition)
}

fn is_definition(value: &Value) -> bool {
    let Value::Object(definition) = value else { return false };
    has_only(definition, &["type", "name", "interactionType"])
        && definition.get("type").is_none_or(is_address)
        && definition.get("name").is_none_or(is_in_languages)
        && definition.get("interactionType").is_none_or(|kind| kind == "other")
}

fn is_result(value: &Value) -> bool {
    let Value::Object(result) = value else { return false };
    has_only(result, &["success", "completion", "response", "duration"])
        && ["success", "completion"].iter().all(|name| result.get(*name).is_none_or(Value::is_boolean))
        && result.get("response").is_none_or(Value::is_string)
        && result.get("duration").is_none_or(is_duration)
}

fn is_context(value: &Value) -> bool {
    let Value::Object(context) = value else { return false };
    has_only(context, &["platform", "registration", "contextActivities", "extensions"])
        && context.get("platform").is_none_or(Value::is_string)
        && context.get("registration").is_none_or(is_id)
        && context.get("contextActivities").is_none_or(are_around)
        && context.get("extensions").is_none_or(are_extensions)
}

/// What is said beside, by addresses.
fn are_extensions(value: &Value) -> bool {
    let Value::Object(extensions) = value else { return false };
    extensions.iter().all(|(name, value)| is_web_address(name) && value.is_string())
}

fn are_around(value: &Value) -> bool {
    let Value::Object(groups) = value else { return false };
    let are_activities = |group: &Value| group.as_array().is_some_and(|list| list.iter().all(is_activity));
    has_only(groups, &GROUPS) && groups.values().all(are_activities)
}

/// An address on the web: what names verbs and activities has one of these here.
fn is_address(value: &Value) -> bool {
    value.as_str().is_some_and(is_web_address)
}

pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_broken = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(is_broken))
}

fn is_in_languages(value: &Value) -> bool {
    let Value::Object(words) = value else { return false };
    words.iter().all(|(language, words)| LANGUAGES.contains(&language.as_str()) && words.is_string())
}

/// Seconds alone, as ours are written: `PT61.23S`.
fn is_duration(value: &Value) -> bool {
    let seconds = value.as_str().and_then(|text| text.strip_prefix("PT")?.strip_suffix('S'));
    let are_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    match seconds.map(|seconds| seconds.split_once('.').unwrap_or((seconds, "0"))) {
        Some((whole, part)) => are_digits(whole) && are_digits(part),
        None => false,
    }
}

fn is_timestamp(value: &Value) -> bool {
    let is_in_utc = value.as_str().is_some_and(|text| text.ends_with('Z') && text.contains('T'));
    is_in_utc && serde_json::from_value::<Timestamp>(value.clone()).is_ok()
}
