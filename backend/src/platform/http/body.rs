//! JSON bodies, with the field named when one is wrong.

use crate::platform::error::AppError;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use futures::future::LocalBoxFuture;
use serde::de::{DeserializeOwned, IgnoredAny};
use shared::problem::ProblemCode;

/// How JSON writes the character of number 0.
const NUL: &[u8] = br"\u0000";

/// A JSON body of type `T`. Its size is bounded by the app's payload limit.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> Body<T> {
    /// The body that these bytes are.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, AppError> {
        parse(bytes).map(Self)
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|_| AppError::Problem(ProblemCode::TooLarge))?;
            Self::read(&bytes)
        })
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    // Such a character is in no text that people write, and a store may refuse it.
    if bytes.windows(NUL.len()).any(|window| window == NUL)
        && let Ok(value) = serde_json::from_slice(bytes)
        && let Some(pointer) = pointer_to_nul(&value)
    {
        return Err(AppError::field(&pointer, "has-control"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        // Of a value with several forms it is said so, too, when it has none of them.
        if !inner.is_data() && serde_json::from_slice::<IgnoredAny>(bytes).is_err() {
            return AppError::Malformed { pointer, reason: inner.to_string() };
        }
        let reason = inner.to_string();
        // serde_json quotes the name of a missing or unknown field; it stands after the path.
        let name = reason.split('`').nth(1).unwrap_or_default();
        match reason.split_whitespace().next() {
            Some("missing") => AppError::field(&format!("{pointer}/{name}"), "required"),
            Some("unknown") => AppError::field(&pointer, "unknown"),
            _ if is_beside_tag(&reason) => AppError::field(&pointer, "unknown"),
            _ => AppError::field(&pointer, "wrong-type"),
        }
    })?;
    deserializer.end().map_err(|error| AppError::Malformed { pointer: String::new(), reason: error.to_string() })?;
    Ok(value)
}

/// Whether serde speaks of a field beside the tag and the content of a value with several forms.
fn is_beside_tag(reason: &str) -> bool {
    reason.starts_with("invalid value: string") && reason.contains(", expected \"")
}

/// Where a text with a character of number 0 stands.
fn pointer_to_nul(value: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(values) => {
            values.iter().enumerate().find_map(|(at, value)| Some(format!("/{at}{}", pointer_to_nul(value)?)))
        }
        Value::Object(fields) => {
            fields.iter().find_map(|(key, value)| Some(format!("/{}{}", escaped(key), pointer_to_nul(value)?)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// A key as a JSON pointer says it (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", escaped(key)),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::platform::error::AppError;
    use shared::identity::LoginRequest;

    #[track_caller]
    fn check(json: &str, pointer: &str, code: &str) {
        match parse::<LoginRequest>(json.as_bytes()).map(|_| ()) {
            Err(AppError::Invalid(errors)) => {
                assert_eq!((errors[0].pointer.as_str(), errors[0].code.as_str()), (pointer, code));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_field_is_named() {
        check(r#"{"name": 1, "password": "x"}"#, "/name", "wrong-type");
        check(r#"{"name": "x"}"#, "/password", "required");
        check(r#"{"name": "x", "password": "y", "admin": true}"#, "/admin", "unknown");
    }

    #[test]
    fn a_character_of_number_0_is_in_no_text() {
        check(r#"{"name": "a\u0000b", "password": "x"}"#, "/name", "has-control");
        assert!(parse::<LoginRequest>(br#"{"name": "a\\u0000b", "password": "x"}"#).is_ok(), "a backslash and digits");
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        assert!(matches!(parse::<LoginRequest>(b"{"), Err(AppError::Malformed { .. })));
    }
}
