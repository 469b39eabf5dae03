//! What plays on the page.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlMediaElement, NodeList};

/// What plays video or sound.
const PLAYERS: &str = "video, audio";

/// The players within an element.
pub fn players_in(element: &Element) -> Vec<HtmlMediaElement> {
    element.query_selector_all(PLAYERS).map(|found| listed(&found)).unwrap_or_default()
}

/// Whether somebody watches or listens to something.
pub fn is_playing() -> bool {
    let found = document().query_selector_all(PLAYERS).map(|found| listed(&found)).unwrap_or_default();
    found.iter().any(|player| !player.paused())
}

fn listed(found: &NodeList) -> Vec<HtmlMediaElement> {
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}
