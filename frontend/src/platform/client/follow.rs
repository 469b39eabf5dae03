//! Replies that are read while they come, and replies that the client may have already.

use super::{ApiError, Call, NOT_MODIFIED, Outcome, Versioned, as_actor, json};
use crate::platform::{actor::Actor, event_line::EventLine};
use gloo_net::http::Method;
use js_sys::{Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// Reads something large; `follow` hears how many bytes of it are there.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn get_followed<T: DeserializeOwned>(actor: Actor, path: &str, follow: impl Fn(usize)) -> Outcome<T> {
    let response = as_actor(actor, Call::new(Method::GET, path)).await?;
    let reader = reader_of(response.body())?;
    let mut bytes = Vec::new();
    while let Some(part) = next(&reader).await? {
        bytes.extend(part);
        follow(bytes.len());
    }
    serde_json::from_slice(&bytes).map_err(|_| ApiError::Unreadable)
}

/// Follows a line of server-sent events until it ends or nobody wants it any more, which is asked whenever something
/// comes; `hear` gets the name of each event and what it says.
///
/// # Errors
/// [`ApiError`] says why nothing came of it, or why it ended.
pub async fn follow(actor: Actor, path: &str, is_wanted: impl Fn() -> bool, hear: impl Fn(&str, &str)) -> Outcome<()> {
    let response = as_actor(actor, Call::new(Method::GET, path)).await?;
    let reader = reader_of(response.body())?;
    let mut line = EventLine::default();
    while let Some(part) = next(&reader).await? {
        if !is_wanted() {
            drop(reader.cancel());
            return Ok(());
        }
        for (name, said) in line.read(&part) {
            hear(&name, &said);
        }
    }
    Ok(())
}

/// Reads something unless it is what `tag` stands for; with its own `ETag`, if it is another.
///
/// # Errors
/// [`ApiError`] says why nothing came of it.
pub async fn get_unless<T: DeserializeOwned>(actor: Actor, path: &str, tag: &str) -> Outcome<Option<Versioned<T>>> {
    let response = as_actor(actor, Call::new(Method::GET, path).header("If-None-Match", tag)).await?;
    if response.status() == NOT_MODIFIED {
        return Ok(None);
    }
    let version = response.headers().get("etag").ok_or(ApiError::Unreadable)?;
    Ok(Some(Versioned { value: json(response).await?, version }))
}

fn reader_of(body: Option<web_sys::ReadableStream>) -> Outcome<ReadableStreamDefaultReader> {
    Ok(body.ok_or(ApiError::Unreadable)?.get_reader().unchecked_into())
}

/// The next bytes of a reply; none when it has ended.
async fn next(reader: &ReadableStreamDefaultReader) -> Outcome<Option<Vec<u8>>> {
    let read = JsFuture::from(reader.read()).await.map_err(|_| ApiError::Network)?;
    let part = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).unwrap_or_default();
    Ok((!part("done").is_truthy()).then(|| Uint8Array::new(&part("value")).to_vec()))
}
