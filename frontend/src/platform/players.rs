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

/// From here on a player has something to play next (`HAVE_FUTURE_DATA` in the HTML standard).
const HAS_MORE: u16 = 3;

/// Whether somebody watches or listens to something: what stalled, failed or ended, or begins again by itself, needs
/// nobody.
pub fn is_playing() -> bool {
    let found = document().query_selector_all(PLAYERS).map(|found| listed(&found)).unwrap_or_default();
    found.iter().any(is_going_on)
}

fn is_going_on(player: &HtmlMediaElement) -> bool {
    let stands = player.paused() || player.ended() || player.loop_();
    !stands && player.ready_state() >= HAS_MORE && player.error().is_none()
}

fn listed(found: &NodeList) -> Vec<HtmlMediaElement> {
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}
