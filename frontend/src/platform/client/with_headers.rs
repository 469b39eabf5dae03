//! Calls that say more in their headers than others do.

use super::{Call, Outcome, as_actor, json};
use crate::platform::actor::Actor;
use gloo_net::http::Method;
use serde::{Serialize, de::DeserializeOwned};

/// Headers by their names.
pub type Headers = Vec<(&'static str, String)>;

/// Reads `path`.
///
/// # Errors
/// [`ApiError`](super::ApiError) says why nothing came of it.
pub async fn get_with<T: DeserializeOwned>(actor: Actor, path: &str, headers: Headers) -> Outcome<T> {
    json(as_actor(actor, with(Call::new(Method::GET, path), headers)).await?).await
}

/// Posts `body` and reads the answer.
///
/// # Errors
/// [`ApiError`](super::ApiError) says why nothing came of it.
pub async fn post_with<B: Serialize, T: DeserializeOwned>(
    actor: Actor,
    path: &str,
    body: &B,
    headers: Headers,
) -> Outcome<T> {
    json(as_actor(actor, with(Call::new(Method::POST, path).body(body)?, headers)).await?).await
}

fn with(call: Call<'_>, headers: Headers) -> Call<'_> {
    headers.into_iter().fold(call, |call, (name, value)| call.header(name, &value))
}
