//! Adds sound to an item.

use super::pictures::insert;
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{Button, DeedFailure, Field, TextInput, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::media::recording::{MEGABYTE, RecordingView, data_size};
use web_sys::HtmlInputElement;

/// What can be chosen.
const SOUND: &str = "audio/mpeg,audio/mp4,audio/x-m4a,audio/ogg,.m4a";
/// The most that is sent, in bytes: what all sound of a paper may weigh.
const MOST: u64 = 20 * MEGABYTE;

/// What is wrong with a file before or after it was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Missing,
    TooLarge,
    Video,
}

/// Chooses a file and says what it is; the player then stands where the cursor was.
#[component]
pub(crate) fn AddSound(
    /// The text.
    markdown: RwSignal<String>,
    /// Id of the text area that shows it.
    area: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, words, no_words) = (Deed::new(), RwSignal::new(String::new()), RwSignal::new(false));
    let wrong = RwSignal::new(None::<Wrong>);
    let chosen = NodeRef::<leptos::html::Input>::new();
    let added = move |sound: RecordingView| {
        if sound.is_video {
            wrong.set(Some(Wrong::Video));
            return focus_on("#sound_file");
        }
        let said = words.get_untracked().trim().replace(['[', ']'], "");
        insert(markdown, area, &format!("\n\n![{said}]({})\n\n", sound.path));
        words.set(String::new());
        if let Some(input) = chosen.get_untracked() {
            input.set_value("");
        }
        toasts.done(t_string!(i18n, item_bank.sound_added, size = data_size(sound.bytes)));
    };
    let add = move |()| {
        let file = chosen.get_untracked().and_then(|input: HtmlInputElement| file::chosen(&input));
        no_words.set(words.with_untracked(|words| words.trim().is_empty()));
        wrong.set(match &file {
            None => Some(Wrong::Missing),
            Some(file) if file.size() > MOST as f64 => Some(Wrong::TooLarge),
            Some(_) => None,
        });
        let Some(file) = file.filter(|_| wrong.get_untracked().is_none()) else { return focus_on("#sound_file") };
        if no_words.get_untracked() {
            return focus_on("#sound_words");
        }
        let work = async move { client::post_file::<RecordingView>(actor, "/recordings", file).await };
        deed.run(work, added);
    };
    let file_error = move || match wrong.get() {
        Some(Wrong::Missing) => t_string!(i18n, common.required).to_owned(),
        Some(Wrong::TooLarge) => t_string!(i18n, item_bank.sound_too_large, most = data_size(MOST)),
        Some(Wrong::Video) => t_string!(i18n, item_bank.sound_is_video).to_owned(),
        None => deed.field("/recording").get(),
    };
    let words_error = move || match no_words.get() {
        true => t_string!(i18n, common.required).to_owned(),
        false => String::new(),
    };
    view! {
        <details class="stack">
            <summary>{t!(i18n, item_bank.sound_add)}</summary>
            <Field
                id="sound_file"
                label=Signal::derive(move || t_string!(i18n, item_bank.sound_file).to_owned())
                hint=Signal::derive(move || t_string!(i18n, item_bank.sound_about, most = data_size(MOST)))
                error=Signal::derive(file_error)
            >
                <input id="sound_file" node_ref=chosen type="file" accept=SOUND />
            </Field>
            <Field
                id="sound_words"
                label=Signal::derive(move || t_string!(i18n, item_bank.sound_words).to_owned())
                hint=Signal::derive(move || t_string!(i18n, item_bank.sound_words_about).to_owned())
                error=Signal::derive(words_error)
            >
                <TextInput value=words />
            </Field>
            <DeedFailure deed />
            <Button is_busy=deed.is_busy() on_press=add>{t!(i18n, item_bank.sound_add)}</Button>
        </details>
    }
}
