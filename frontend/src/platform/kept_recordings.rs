//! Video and sound that this browser keeps to be played without a network (Cache Storage); the service worker serves
//! them. A recording is named by its content, so it is nobody's own.

use super::timing::within;
use js_sys::{Array, Function, Promise, Reflect};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use shared::media::recording::{RecordingName, recordings_of};
use std::{collections::BTreeSet, time::Duration};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response};

/// Its name in the browser, and in `frontend/site/sw.js`.
const NAME: &str = "recordings";
/// A browser that takes longer does not answer.
const LIMIT: Duration = Duration::from_secs(3);
/// What a browser calls it when there is no room.
const NO_ROOM: &str = "QuotaExceededError";

/// Why a recording is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepFault {
    /// It did not come.
    Network,
    /// The browser has no room for it, or keeps nothing.
    NoRoom,
}

/// What is kept.
pub async fn list() -> BTreeSet<RecordingName> {
    let Some(cache) = cache().await else { return BTreeSet::new() };
    let Some(Ok(keys)) = within(LIMIT, JsFuture::from(cache.keys())).await else { return BTreeSet::new() };
    let name = |request: JsValue| {
        let address = Reflect::get(&request, &"url".into()).ok()?.as_string()?;
        recordings_of(&address).next()
    };
    keys.unchecked_into::<Array>().iter().filter_map(name).collect()
}

/// Fetches a recording and keeps it.
///
/// # Errors
/// [`KeepFault`]; then nothing of it is kept.
pub async fn keep(name: &RecordingName) -> Result<(), KeepFault> {
    let cache = cache().await.ok_or(KeepFault::NoRoom)?;
    let path = name.path();
    let fetched = JsFuture::from(window().fetch_with_str(&path)).await.map_err(|_| KeepFault::Network)?;
    let response: Response = fetched.dyn_into().map_err(|_| KeepFault::Network)?;
    if !response.ok() {
        return Err(KeepFault::Network);
    }
    JsFuture::from(cache.put_with_str(&path, &response)).await.map(drop).map_err(|thrown| fault_of(&thrown))
}

/// Forgets recordings.
pub async fn forget(names: &[RecordingName]) {
    let Some(cache) = cache().await else { return };
    for name in names {
        drop(JsFuture::from(cache.delete_with_str(&name.path())).await);
    }
}

/// How many bytes more the browser says that it keeps; nothing if it does not say. Called by name, because old browsers
/// know no such thing.
pub async fn room() -> Option<u64> {
    let storage = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    let estimate: Function = Reflect::get(&storage, &"estimate".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = estimate.call0(&storage).ok()?.dyn_into().ok()?;
    let said = within(LIMIT, JsFuture::from(promise)).await?.ok()?;
    let number = |name: &str| Reflect::get(&said, &name.into()).ok()?.as_f64();
    Some((number("quota")? - number("usage")?).max(0.0) as u64)
}

/// Where they are kept. A page that came without TLS has no such place.
async fn cache() -> Option<Cache> {
    if !Reflect::has(&window(), &"caches".into()).unwrap_or(false) {
        return None;
    }
    let opened = JsFuture::from(window().caches().ok()?.open(NAME));
    within(LIMIT, opened).await?.ok().map(JsCast::unchecked_into)
}

/// What was thrown while a recording was being kept: the network may break off in its middle.
fn fault_of(thrown: &JsValue) -> KeepFault {
    let name = Reflect::get(thrown, &"name".into()).ok().and_then(|name| name.as_string());
    if name.as_deref() == Some(NO_ROOM) { KeepFault::NoRoom } else { KeepFault::Network }
}
