//! Whether the browser promises to throw nothing away that this device keeps.

use super::timing::within;
use js_sys::{Function, Promise, Reflect};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// Some browsers ask the reader first.
const LIMIT: Duration = Duration::from_secs(20);

/// Asks the browser for the promise; whether it gave it. Called by name, because old browsers know no such thing.
pub async fn ask() -> bool {
    let Some(promise) = begin() else { return false };
    within(LIMIT, JsFuture::from(promise)).await.and_then(Result::ok).is_some_and(|given| given.is_truthy())
}

fn begin() -> Option<Promise> {
    let storage = Reflect::get(&window().navigator(), &JsValue::from("storage")).ok()?;
    let persist: Function = Reflect::get(&storage, &JsValue::from("persist")).ok()?.dyn_into().ok()?;
    persist.call0(&storage).ok()?.dyn_into().ok()
}
