//! Safe Exam Browser, if the page stands in it: what it tells a page of itself (ADR 40). The server judges it.

use super::{client::Headers, timing::within};
use js_sys::{Function, Promise, Reflect};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use shared::delivery::{PAGE_CONFIG_HEADER, PAGE_EXAM_HEADER, PAGES_HEADER};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// Some versions reckon what they tell only when they are asked to, and take a moment.
const LIMIT: Duration = Duration::from_secs(2);

/// What a request says of the browser; nothing in any other. Older versions say it by headers of their own.
pub async fn claims() -> Headers {
    let Some(security) = object(&window(), "SafeExamBrowser").and_then(|browser| object(&browser, "security")) else {
        return Vec::new();
    };
    if let Some(updated) = update(&security) {
        _ = within(LIMIT, JsFuture::from(updated)).await;
    }
    let told = |name: &str| text(&security, name).filter(|told| !told.is_empty());
    let Some(config_hash) = told("configKey") else { return Vec::new() };
    // Some versions hash the address that was loaded, others the one that is shown.
    let pages: Vec<String> = [loaded_page(), window().location().href().ok()].into_iter().flatten().collect();
    let exam_hash = told("browserExamKey").map(|hash| (PAGE_EXAM_HEADER, hash));
    [(PAGES_HEADER, pages.join(" ")), (PAGE_CONFIG_HEADER, config_hash)].into_iter().chain(exam_hash).collect()
}

/// Asks it to reckon anew. Called by name, because other browsers know no such thing, and newer versions need none.
fn update(security: &JsValue) -> Option<Promise> {
    let update: Function = Reflect::get(security, &JsValue::from("updateKeys")).ok()?.dyn_into().ok()?;
    Some(Promise::new(&mut |updated, _| drop(update.call1(security, &updated))))
}

/// The address from which the page was loaded.
fn loaded_page() -> Option<String> {
    let loaded = window().performance()?.get_entries_by_type("navigation");
    text(&loaded.get(0), "name")
}

fn object(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from(name)).ok().filter(JsValue::is_object)
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    Reflect::get(of, &JsValue::from(name)).ok()?.as_string()
}
