//! Calls to the API.
//!
//! Every call takes the [`Actor`], sends its access token, renews it once when it has expired, and
//! brings an [`ApiError`] when nothing came of it. Paths begin after `/api/v1`: `"/me"`.

mod follow;
mod with_headers;

pub use follow::{follow, get_followed, get_unless};
pub use with_headers::{Headers, get_with, post_with};

use super::actor::Actor;
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use shared::problem::{Problem, ProblemCode};
use wasm_bindgen::JsValue;
use web_sys::{File, RequestCredentials};

const API: &str = "/api/v1";
const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
/// The client has it already.
const NOT_MODIFIED: u16 = 304;

/// Why a call brought nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The server said why.
    Problem(Box<Problem>),
    /// The server was not reached.
    Network,
    /// The server's answer could not be read.
    Unreadable,
}

impl ApiError {
    /// The server's code, if it gave one.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::Network | Self::Unreadable => None,
        }
    }

    /// What is wrong with the field at this JSON pointer (`"/name"`), in the reader's language.
    pub fn field(&self, pointer: &str) -> Option<String> {
        let Self::Problem(problem) = self else { return None };
        problem.errors.iter().find(|error| error.pointer == pointer).map(|error| error.detail.clone())
    }

    /// What is wrong first with what stands at this JSON pointer, or in it.
    pub fn field_below(&self, pointer: &str) -> Option<String> {
        let Self::Problem(problem) = self else { return None };
        problem.errors.iter().find(|error| error.pointer.starts_with(pointer)).map(|error| error.detail.clone())
    }
}

/// What a call brought.
pub type Outcome<T> = Result<T, ApiError>;

/// Something authored, with the version to send back in `If-Match`.
#[derive(Clone, Debug, PartialEq)]
pub struct Versioned<T> {
    /// The thing.
    pub value: T,
    /// Its `ETag`.
    pub version: String,
}

/// One call before it is sent.
struct Call<'a> {
    method: Method,
    path: &'a str,
    headers: Vec<(&'static str, String)>,
    /// The body with its media type.
    body: Option<(&'static str, JsValue)>,
}

impl<'a> Call<'a> {
    fn new(method: Method, path: &'a str) -> Self {
        Self { method, path, headers: Vec::new(), body: None }
    }

    fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    fn body<B: Serialize>(self, body: &B) -> Outcome<Self> {
        let body = serde_json::to_string(body).map_err(|_| ApiError::Unreadable)?;
        Ok(self.content(JSON, body.into()))
    }

    fn content(mut self, media_type: &'static str, content: JsValue) -> Self {
        self.body = Some((media_type, content));
        self
    }
}

/// Reads `path`.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn get<T: DeserializeOwned>(actor: Actor, path: &str) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::GET, path)).await?).await
}

/// Reads a file.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn get_bytes(actor: Actor, path: &str) -> Outcome<Vec<u8>> {
    as_actor(actor, Call::new(Method::GET, path)).await?.binary().await.map_err(|_| ApiError::Network)
}

/// Reads something authored, with its version.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn get_versioned<T: DeserializeOwned>(actor: Actor, path: &str) -> Outcome<Versioned<T>> {
    let response = as_actor(actor, Call::new(Method::GET, path)).await?;
    let version = response.headers().get("etag").ok_or(ApiError::Unreadable)?;
    Ok(Versioned { value: json(response).await?, version })
}

/// Posts `body` and reads the answer.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn post<B: Serialize, T: DeserializeOwned>(actor: Actor, path: &str, body: &B) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::POST, path).body(body)?).await?).await
}

/// Creates something. The same `key` ([`idempotency_key`]) never creates it twice, so keep the key
/// until the answer came.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn create<B: Serialize, T: DeserializeOwned>(actor: Actor, path: &str, key: &str, body: &B) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::POST, path).header("Idempotency-Key", key).body(body)?).await?).await
}

/// Posts `body` about the version that was read; refused as stale if there is a newer one.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn post_over<B: Serialize, T: DeserializeOwned>(
    actor: Actor,
    path: &str,
    version: &str,
    body: &B,
) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::POST, path).header("If-Match", version).body(body)?).await?).await
}

/// Creates something that belongs to the version that was read: `key` and `version` as above.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn create_over<B: Serialize, T: DeserializeOwned>(
    actor: Actor,
    path: &str,
    key: &str,
    version: &str,
    body: &B,
) -> Outcome<T> {
    let call = Call::new(Method::POST, path).header("Idempotency-Key", key).header("If-Match", version);
    json(as_actor(actor, call.body(body)?).await?).await
}

/// Creates something out of a file, or its bytes, as they are; `key` as above.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn create_of_file<T: DeserializeOwned>(
    actor: Actor,
    path: &str,
    key: &str,
    file: impl Into<JsValue>,
) -> Outcome<T> {
    let call = Call::new(Method::POST, path).header("Idempotency-Key", key);
    json(as_actor(actor, call.content(BYTES, file.into())).await?).await
}

/// Creates something out of a file that belongs to the version that was read: `key` and `version` as above.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn create_of_file_over<T: DeserializeOwned>(
    actor: Actor,
    path: &str,
    key: &str,
    version: &str,
    file: File,
) -> Outcome<T> {
    let call = Call::new(Method::POST, path).header("Idempotency-Key", key).header("If-Match", version);
    json(as_actor(actor, call.content(BYTES, file.into())).await?).await
}

/// Posts a file as it is and reads the answer.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn post_file<T: DeserializeOwned>(actor: Actor, path: &str, file: impl Into<JsValue>) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::POST, path).content(BYTES, file.into())).await?).await
}

/// Posts `body` and reads the file that comes of it.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn post_for_bytes<B: Serialize>(actor: Actor, path: &str, body: &B) -> Outcome<Vec<u8>> {
    let response = as_actor(actor, Call::new(Method::POST, path).body(body)?).await?;
    response.binary().await.map_err(|_| ApiError::Network)
}

/// A list as a file.
pub struct TakenList {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// How many rows it has.
    pub rows: u32,
}

/// Takes a list away.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn take_list(actor: Actor, path: &str) -> Outcome<TakenList> {
    let response = as_actor(actor, Call::new(Method::POST, path)).await?;
    let rows = response.headers().get("x-rows").and_then(|rows| rows.parse().ok()).ok_or(ApiError::Unreadable)?;
    Ok(TakenList { bytes: response.binary().await.map_err(|_| ApiError::Network)?, rows })
}

/// Posts `body` where no answer is wanted.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn send<B: Serialize>(actor: Actor, path: &str, body: &B) -> Outcome<()> {
    as_actor(actor, Call::new(Method::POST, path).body(body)?).await.map(drop)
}

/// Asks for something to be done that needs no words, and reads the answer.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn ask<T: DeserializeOwned>(actor: Actor, path: &str) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::POST, path)).await?).await
}

/// Puts `body` and reads the answer.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn put<B: Serialize, T: DeserializeOwned>(actor: Actor, path: &str, body: &B) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::PUT, path).body(body)?).await?).await
}

/// Puts `body` over the version that was read; refused as stale if there is a newer one.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn replace<B: Serialize, T: DeserializeOwned>(
    actor: Actor,
    path: &str,
    version: &str,
    body: &B,
) -> Outcome<T> {
    json(as_actor(actor, Call::new(Method::PUT, path).header("If-Match", version).body(body)?).await?).await
}

/// Deletes `path`.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn delete(actor: Actor, path: &str) -> Outcome<()> {
    as_actor(actor, Call::new(Method::DELETE, path)).await.map(drop)
}

/// Reads what is open to everybody; absent if there is no such thing.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn get_open<T: DeserializeOwned>(path: &str) -> Outcome<Option<T>> {
    match call(None, &Call::new(Method::GET, path)).await {
        Ok(response) => json(response).await.map(Some),
        Err(error) if error.code() == Some(ProblemCode::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Posts `body` as nobody in particular: log-in and its renewal by cookie.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn post_open<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Outcome<T> {
    json(call(None, &Call::new(Method::POST, path).body(body)?).await?).await
}

/// Posts `body` as nobody in particular, where no answer is wanted.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn send_open<B: Serialize>(path: &str, body: &B) -> Outcome<()> {
    call(None, &Call::new(Method::POST, path).body(body)?).await.map(drop)
}

/// The query of an address: `name=value` for each part; what is absent or empty is left out.
pub fn query(parts: &[(&str, Option<String>)]) -> String {
    let given = |(name, value): &(&str, Option<String>)| {
        let value = value.as_ref().filter(|value| !value.is_empty())?;
        Some(format!("{name}={}", js_sys::encode_uri_component(value)))
    };
    parts.iter().filter_map(given).collect::<Vec<_>>().join("&")
}

/// A key for one creation; see [`create`].
#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this key")]
pub fn idempotency_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Calls as the actor; an expired token is renewed once.
async fn as_actor(actor: Actor, request: Call<'_>) -> Outcome<Response> {
    match call(actor.token(), &request).await {
        Err(error) if error.code() == Some(ProblemCode::Unauthenticated) => {
            if !actor.renew().await? {
                return Err(error);
            }
            call(actor.token(), &request).await
        }
        outcome => outcome,
    }
}

async fn call(token: Option<String>, call: &Call<'_>) -> Outcome<Response> {
    let mut request = RequestBuilder::new(&format!("{API}{}", call.path))
        .method(call.method.clone())
        .credentials(RequestCredentials::SameOrigin);
    if let Some(language) = leptos::prelude::document().document_element().and_then(|root| root.get_attribute("lang")) {
        request = request.header("Accept-Language", &language);
    }
    if let Some(token) = token {
        request = request.header("Authorization", &format!("Bearer {token}"));
    }
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    let request = match &call.body {
        Some((media_type, content)) => request.header("Content-Type", media_type).body(content.clone()),
        None => request.build(),
    };
    let response = request.map_err(|_| ApiError::Network)?.send().await.map_err(|_| ApiError::Network)?;
    if response.ok() || response.status() == NOT_MODIFIED {
        return Ok(response);
    }
    match response.json::<Problem>().await {
        Ok(problem) => Err(ApiError::Problem(Box::new(problem))),
        Err(_) => Err(ApiError::Unreadable),
    }
}

async fn json<T: DeserializeOwned>(response: Response) -> Outcome<T> {
    response.json().await.map_err(|_| ApiError::Unreadable)
}

/// Reads `path` as it is, character by character.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn get_text(actor: Actor, path: &str) -> Outcome<String> {
    let response = as_actor(actor, Call::new(Method::GET, path)).await?;
    response.text().await.map_err(|_| ApiError::Unreadable)
}

/// Posts a text that is JSON already, as nobody in particular.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn post_open_text<T: DeserializeOwned>(path: &str, body: String) -> Outcome<T> {
    let request = Call::new(Method::POST, path).content(JSON, body.into());
    json(call(None, &request).await?).await
}
