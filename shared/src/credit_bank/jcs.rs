//! Canonical JSON (RFC 8785) for the values that certificates hold: what is signed is this text.
//!
//! Numbers are integers that every JSON reader keeps exactly; any other number is refused, as is a
//! name that stands twice in one object, for two readers would see two documents.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The largest integer that every JSON reader keeps exactly (2⁵³ − 1).
const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// Why a value has no canonical text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JcsError {
    /// A number is not an integer, or too large to be kept exactly.
    #[error("{number} is not a safe integer")]
    Number {
        /// The number.
        number: String,
    },
    /// The text is not JSON, or a name stands twice in one object.
    #[error("not JSON: {reason}")]
    NotJson {
        /// What the reader said.
        reason: String,
    },
}

/// The canonical text of a value.
///
/// # Errors
/// [`JcsError::Number`] for a number that is not a safe integer.
pub fn canonical_json(value: &Value) -> Result<String, JcsError> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

fn write(value: &Value, text: &mut String) -> Result<(), JcsError> {
    match value {
        Value::Null | Value::Bool(_) => text.push_str(&value.to_string()),
        Value::String(string) => write_string(string, text),
        Value::Number(number) => text.push_str(&safe_integer(number)?.to_string()),
        Value::Array(values) => {
            text.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(value, text)?;
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            text.push('{');
            for (at, (name, value)) in members.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_string(name, text);
                text.push(':');
                write(value, text)?;
            }
            text.push('}');
        }
    }
    Ok(())
}

/// Only what JSON demands is escaped; control characters without a short form in lower-case hex.
fn write_string(string: &str, text: &mut String) {
    text.push('"');
    for letter in string.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..='\u{1f}' => text.push_str(&format!("\\u{:04x}", u32::from(letter))),
            other => text.push(other),
        }
    }
    text.push('"');
}

fn safe_integer(number: &Number) -> Result<i64, JcsError> {
    let refused = || JcsError::Number { number: number.to_string() };
    let integer = number.as_i64().ok_or_else(refused)?;
    if integer.abs() <= MAX_SAFE_INTEGER { Ok(integer) } else { Err(refused()) }
}

/// Reads a document in which no object has a name twice.
///
/// # Errors
/// [`JcsError::NotJson`] otherwise.
pub fn parse_strict(text: &str) -> Result<Value, JcsError> {
    serde_json::from_str::<Strict>(text)
        .map(|strict| strict.0)
        .map_err(|error| JcsError::NotJson { reason: error.to_string() })
}

/// A value in which no object has a name twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element::<Strict>()? {
            values.push(value.0);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let value = object.next_value::<Strict>()?.0;
            if members.contains_key(&name) {
                return Err(A::Error::custom(format!("`{name}` stands twice")));
            }
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(canonical_json(&parse_strict(text).unwrap()).unwrap(), expected);
    }

    #[test]
    fn names_are_sorted_by_utf16_code_units() {
        // The example of RFC 8785 §3.2.3: a character beyond U+FFFF sorts before U+FB33.
        let text = r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#;
        check(text, "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}");
    }

    #[test]
    fn strings_are_escaped_as_little_as_json_allows() {
        // The example of RFC 8785 §3.2.2, without its numbers.
        let text = r#"{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"#;
        check(text, r#"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#);
        check(r#""成人高中语文 \u007f""#, "\"成人高中语文 \u{7f}\"");
    }

    #[test]
    fn numbers_are_safe_integers() {
        check("[0,-1,9007199254740991]", "[0,-1,9007199254740991]");
        for wrong in ["1.5", "1.0", "9007199254740992", "1e300", "18446744073709551615"] {
            assert!(matches!(canonical_json(&parse_strict(wrong).unwrap()), Err(JcsError::Number { .. })), "{wrong}");
        }
    }

    #[test]
    fn a_name_may_not_stand_twice() {
        for wrong in [r#"{"a":1,"a":1}"#, r#"[{"b":{"a":1,"a":2}}]"#, "{", "{} {}"] {
            assert!(matches!(parse_strict(wrong), Err(JcsError::NotJson { .. })), "{wrong}");
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            ".*".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(".*", inner, 0..4).prop_map(|members| json!(members)),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_canonical_text_is_the_same_value_and_canonical_again(value in value()) {
            let text = canonical_json(&value).unwrap();
            let again = parse_strict(&text).unwrap();
            prop_assert_eq!(&again, &value);
            prop_assert_eq!(canonical_json(&again).unwrap(), text);
        }
    }
}
