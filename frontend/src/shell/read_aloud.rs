//! What is written read aloud, where the browser has a Chinese voice: a lesson for everybody, and in elder mode every
//! page of a learner.

use crate::{
    i18n::{t_string, use_i18n},
    platform::speech,
    ui::Button,
};
use leptos::{prelude::*, wasm_bindgen::JsCast};
use leptos_router::{hooks::use_location, location::Location};
use std::time::Duration;
use web_sys::HtmlElement;

/// The pages whose lesson has a button of its own.
const LESSONS: &str = "/learn/units/";

/// Reads the page that is open. Its style shows it in elder mode alone.
#[component]
pub(super) fn ReadPage() -> impl IntoView {
    let i18n = use_i18n();
    let Location { pathname: path, .. } = use_location();
    let is_lesson = Memo::new(move |_| path.with(|path| path.starts_with(LESSONS)));
    // Nobody hears on of a page that they have left.
    Effect::watch(move || path.get(), |_, _, _| speech::stop(), false);
    let text = Callback::new(|()| {
        let main = document().query_selector("main").ok().flatten()?;
        main.dyn_into::<HtmlElement>().ok().map(|main| main.inner_text())
    });
    let name = Signal::derive(move || t_string!(i18n, learning.read_page_aloud).to_owned());
    // A landmark of its own: it stands outside of the page that it reads.
    view! {
        <Show when=move || !is_lesson.get()>
            <section class="read-page no-print" aria-label=move || name.get()><ReadAloud text name /></section>
        </Show>
    }
}

/// The button that begins and ends it; nothing where there is no voice.
#[component]
pub(crate) fn ReadAloud(
    /// The text; absent while it is not drawn.
    text: Callback<(), Option<String>>,
    /// The words on the button.
    name: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (has_voice, is_reading) = (RwSignal::new(speech::has_voice()), RwSignal::new(false));
    let look = move || {
        if !has_voice.get_untracked() && speech::has_voice() {
            has_voice.set(true);
        }
        if is_reading.get_untracked() && !speech::is_speaking() {
            is_reading.set(false);
        }
    };
    let seconds = set_interval_with_handle(look, Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(seconds) = seconds {
            seconds.clear();
        }
        speech::stop();
    });
    let press = move |()| {
        if is_reading.get_untracked() {
            speech::stop();
            is_reading.set(false);
        } else if let Some(text) = text.run(()) {
            speech::say(&speech::sentences(&text));
            is_reading.set(true);
        }
    };
    let verb = move || match is_reading.get() {
        true => t_string!(i18n, learning.read_aloud_stop).to_owned(),
        false => name.get(),
    };
    view! {
        <Show when=move || has_voice.get()>
            <p><Button on_press=press>{verb}</Button></p>
        </Show>
    }
}
