//! Adds a picture to a text in Markdown.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{Button, DeedFailure, Field, TextInput, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::media::{MAX_PICTURE_BYTES, PictureView};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Bytes of a kilobyte, as learners pay for them.
const KB: u32 = 1_000;

/// Chooses a file and says what is to be seen on it; the picture then stands where the cursor was.
#[component]
pub(crate) fn AddPicture(
    /// The text.
    markdown: RwSignal<String>,
    /// Id of the text area that shows it.
    area: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, words, was_asked) = (Deed::new(), RwSignal::new(String::new()), RwSignal::new(false));
    let chosen = NodeRef::<leptos::html::Input>::new();
    let missing = move || if was_asked.get() { t_string!(i18n, common.required).to_owned() } else { String::new() };
    let no_words = move || if words.with(|words| words.trim().is_empty()) { missing() } else { String::new() };
    let (no_file, too_large) = (RwSignal::new(false), RwSignal::new(false));
    let add = move |()| {
        was_asked.set(true);
        let file = chosen.get_untracked().and_then(|input: HtmlInputElement| file::chosen(&input));
        no_file.set(file.is_none());
        too_large.set(file.as_ref().is_some_and(|file| file.size() > MAX_PICTURE_BYTES as f64));
        let Some(file) = file.filter(|_| !too_large.get_untracked()) else { return focus_on("#picture_file") };
        if words.with_untracked(|words| words.trim().is_empty()) {
            return focus_on("#picture_words");
        }
        let work = async move { client::post_file::<PictureView>(actor, "/pictures", file).await };
        deed.run(work, move |picture| {
            let seen = words.get_untracked();
            let line = format!("\n\n![{}]({})\n\n", seen.trim().replace(['[', ']'], ""), picture.path);
            insert(markdown, area, &line);
            words.set(String::new());
            was_asked.set(false);
            if let Some(input) = chosen.get_untracked() {
                input.set_value("");
            }
            let kilobytes = picture.bytes.div_ceil(KB);
            toasts.done(t_string!(i18n, learning.picture_added, kilobytes = kilobytes));
        });
    };
    let file_error = move || {
        if no_file.get() {
            t_string!(i18n, common.required).to_owned()
        } else if too_large.get() {
            t_string!(i18n, learning.picture_too_large).to_owned()
        } else {
            deed.field("/picture").get()
        }
    };
    view! {
        <details class="stack">
            <summary>{t!(i18n, learning.picture_add)}</summary>
            <Field
                id="picture_file"
                label=Signal::derive(move || t_string!(i18n, learning.picture_file).to_owned())
                hint=Signal::derive(move || t_string!(i18n, learning.picture_about).to_owned())
                error=Signal::derive(file_error)
            >
                <input id="picture_file" node_ref=chosen type="file" accept="image/jpeg,image/png,image/webp" />
            </Field>
            <Field
                id="picture_words"
                label=Signal::derive(move || t_string!(i18n, learning.picture_words).to_owned())
                hint=Signal::derive(move || t_string!(i18n, learning.picture_words_about).to_owned())
                error=Signal::derive(no_words)
            >
                <TextInput value=words />
            </Field>
            <DeedFailure deed />
            <Button is_busy=deed.is_busy() on_press=add>{t!(i18n, learning.picture_add)}</Button>
        </details>
    }
}

/// Writes lines where the cursor stands in the text area `area`, which shows the text.
pub(crate) fn insert(markdown: RwSignal<String>, area: &str, lines: &str) {
    let at = cursor(area);
    markdown.update(|markdown| markdown.insert_str(byte_at(markdown, at), lines));
}

/// Where the cursor stands in a text area, in UTF-16 units as browsers count; at the end if that is unknown.
fn cursor(area: &str) -> usize {
    let area = document().get_element_by_id(area).and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
    let end = area.and_then(|area| area.selection_end().ok().flatten());
    end.and_then(|end| usize::try_from(end).ok()).unwrap_or(usize::MAX)
}

/// The byte at which the UTF-16 unit `at` begins; the end if the text is shorter.
fn byte_at(text: &str, at: usize) -> usize {
    let mut units = 0;
    for (byte, character) in text.char_indices() {
        if units >= at {
            return byte;
        }
        units += character.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::byte_at;

    #[test]
    fn units_of_browsers_become_bytes() {
        let text = "a集𠮷b";
        assert_eq!([0, 1, 2, 4, 5, 9].map(|at| byte_at(text, at)), [0, 1, 4, 8, 9, 9]);
    }
}
