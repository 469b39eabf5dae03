//! Whether this page opens again without a network.

use super::timing::within;
use gloo_net::http::Request;
use js_sys::{Array, Reflect};
use leptos::{prelude::window, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerContainer;

/// The service worker is there by then, or not at all.
const LIMIT: Duration = Duration::from_secs(20);

/// Has the service worker keep every part of the app that this page has loaded; some may have come
/// before it was there. Whether it has.
pub async fn keep() -> bool {
    keep_with_later_workers();
    within(LIMIT, async { has_worker().await && fetch_parts().await }).await.unwrap_or(false)
}

/// A worker of a newer app forgets what an older one kept; while this page is open, it keeps the parts of this page.
fn keep_with_later_workers() {
    let Some(workers) = workers() else { return };
    let keep = Closure::<dyn FnMut()>::new(|| spawn_local(async { _ = fetch_parts().await }));
    workers.set_oncontrollerchange(Some(keep.as_ref().unchecked_ref()));
    keep.forget();
}

async fn has_worker() -> bool {
    let Some(ready) = workers().and_then(|workers| workers.ready().ok()) else { return false };
    JsFuture::from(ready).await.is_ok()
}

fn workers() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let is_known = Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    is_known.then(|| navigator.service_worker())
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
