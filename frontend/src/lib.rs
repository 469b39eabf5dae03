//! The Chengxi app in the browser.
//!
//! A page lives in `pages/<feature>/`, is built from [`ui`], speaks to the server through
//! [`platform::client`], and has one line in `routes.rs`; people reach it by `shell/places.rs`.
//! Items, wherever they are answered, are drawn by [`items`].

mod app;
pub mod items;
mod lazy;
mod pages;
pub mod platform;
mod routes;
mod shell;
pub mod ui;

/// The texts of shared/locales, as build.rs wrote them.
#[allow(unused, missing_docs, unused_qualifications, clippy::all, reason = "generated code")]
mod texts {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

use texts::i18n;

/// Starts the app in the page's body, where a word has stood for it until now.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
    if let Some(word) = leptos::prelude::document().get_element_by_id("opening") {
        word.remove();
    }
}
