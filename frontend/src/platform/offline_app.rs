//! Whether this page opens again without a network.

use super::timing::within;
use gloo_net::http::Request;
use js_sys::{Array, Reflect};
use leptos::prelude::window;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The service worker is there by then, or not at all.
const LIMIT: Duration = Duration::from_secs(20);

/// Has the service worker keep every part of the app that this page has loaded; some may have come
/// before it was there. Whether it has.
pub async fn keep() -> bool {
    within(LIMIT, async { has_worker().await && fetch_parts().await }).await.unwrap_or(false)
}

async fn has_worker() -> bool {
    let navigator = window().navigator();
    let is_known = Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    let Some(ready) = is_known.then(|| navigator.service_worker().ready().ok()).flatten() else { return false };
    JsFuture::from(ready).await.is_ok()
}

/// Asks for the parts once more: they come from the browser's cache, past the worker.
async fn fetch_parts() -> bool {
    let loaded: Array =
        window().performance().map(|performance| performance.get_entries_by_type("resource")).unwrap_or_default();
    for entry in loaded.iter() {
        let name = Reflect::get(&entry, &JsValue::from("name")).ok().and_then(|name| name.as_string());
        let Some(part) = name.filter(|name| name.ends_with(".wasm")) else { continue };
        if !Request::get(&part).send().await.is_ok_and(|response| response.ok()) {
            return false;
        }
    }
    true
}
