//! Queries of addresses, with the parameter named when one is wrong.

use crate::platform::error::AppError;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use std::{
    future::{Ready, ready},
    ops::Deref,
};

/// The query of an address, as a `T`.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    /// What was asked for.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T, AppError> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| match error.path().iter().next() {
        Some(Segment::Map { key }) => AppError::field(&format!("/{key}"), "wrong-value"),
        _ => AppError::Malformed { pointer: String::new(), reason: error.to_string() },
    })
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::platform::error::AppError;
    use shared::{page::PageQuery, roster::RosterState};

    #[derive(Debug, serde::Deserialize)]
    struct Wanted {
        state: Option<RosterState>,
    }

    #[test]
    fn a_wrong_parameter_is_named() {
        for (query, pointer) in [("limit=many", "/limit"), ("cursor=a&limit=99999", "/limit")] {
            match parse::<PageQuery>(query) {
                Err(AppError::Invalid(errors)) => assert_eq!(errors[0].pointer, pointer),
                other => panic!("{other:?}"),
            }
        }
        match parse::<Wanted>("state=asleep") {
            Err(AppError::Invalid(errors)) => assert_eq!(errors[0].pointer, "/state"),
            other => panic!("{other:?}"),
        }
        assert_eq!(parse::<Wanted>("state=visited&other=1").unwrap().state, Some(RosterState::Visited));
    }
}
