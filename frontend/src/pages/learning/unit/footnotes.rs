//! Links within the text of a unit. The router stays on the page and shows where they lead; the focus goes along.

use leptos::{ev::MouseEvent, prelude::*, wasm_bindgen::JsCast};
use web_sys::{Element, HtmlElement};

/// Moves the focus to where a link within the text leads, if one was pressed.
pub(in crate::pages) fn follow(event: &MouseEvent) {
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = pressed.and_then(|pressed| pressed.closest("a[href^='#']").ok().flatten());
    let id = link.and_then(|link| Some(link.get_attribute("href")?.strip_prefix('#')?.to_owned()));
    let place = id.and_then(|id| document().get_element_by_id(&id));
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        if place.tab_index() < 0 {
            place.set_tab_index(-1);
        }
        drop(place.focus());
    }
}
