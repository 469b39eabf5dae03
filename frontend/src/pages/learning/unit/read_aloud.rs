//! The lesson read aloud, where the browser has a Chinese voice.

use crate::{
    i18n::{t_string, use_i18n},
    platform::speech,
    ui::Button,
};
use leptos::{html, prelude::*};
use std::time::Duration;

/// The button that begins and ends it; nothing where there is no voice.
#[component]
pub(super) fn ReadAloud(
    /// The text.
    article: NodeRef<html::Article>,
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
        } else if let Some(article) = article.get_untracked() {
            speech::say(&speech::sentences(&article.inner_text()));
            is_reading.set(true);
        }
    };
    let words = move || match is_reading.get() {
        true => t_string!(i18n, learning.read_aloud_stop),
        false => t_string!(i18n, learning.read_aloud),
    };
    view! {
        <Show when=move || has_voice.get()>
            <p><Button on_press=press>{words}</Button></p>
        </Show>
    }
}
