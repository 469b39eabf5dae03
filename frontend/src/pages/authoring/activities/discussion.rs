//! A question to discuss under its author's hands.

use crate::{
    i18n::{t_string, td_string, use_i18n},
    pages::{
        authoring::draft::{Draft, Place},
        organisation::words::words,
    },
    ui::{Field, TextArea, TextInput},
};
use leptos::prelude::*;
use shared::{
    ids::ActivityId,
    learning::{ActivityBody, MAX_TOPIC_CHARS, MAX_TOPIC_TITLE_CHARS},
};

/// Edits a question; every change goes to the draft.
#[component]
pub(super) fn DiscussionForm(
    /// The draft.
    draft: Draft,
    /// Its unit.
    place: Place,
    /// Which question.
    id: ActivityId,
) -> impl IntoView {
    let i18n = use_i18n();
    let unit = draft.unit(place);
    let activity = unit.and_then(|unit| unit.activities.into_iter().find(|activity| activity.id == id));
    activity.map(|activity| {
        let prompt = RwSignal::new(activity.body.discussion().unwrap_or_default().to_owned());
        let title = RwSignal::new(activity.title);
        let write = move |_: &(), _: Option<&()>, _: Option<()>| {
            let (title, prompt) = (title.get_untracked(), prompt.get_untracked());
            draft.change_unit(place, |unit| {
                if let Some(activity) = unit.activities.iter_mut().find(|activity| activity.id == id) {
                    activity.title = title;
                    activity.body = ActivityBody::Discussion { prompt };
                }
            });
        };
        Effect::watch(
            move || {
                title.track();
                prompt.track();
            },
            write,
            false,
        );
        let hint = move || t_string!(i18n, learning.author_prompt_hint, max = MAX_TOPIC_CHARS);
        let title_hint = move || t_string!(i18n, learning.author_prompt_title_hint, max = MAX_TOPIC_TITLE_CHARS);
        view! {
            <div class="stack">
                <Field
                    id="prompt_title"
                    label=words(|locale| td_string!(locale, learning.author_prompt_title))
                    hint=Signal::derive(title_hint)
                >
                    <TextInput value=title />
                </Field>
                <Field
                    id="prompt_text"
                    label=words(|locale| td_string!(locale, learning.author_prompt_text))
                    hint=Signal::derive(hint)
                >
                    <TextArea value=prompt rows=4 />
                </Field>
            </div>
        }
    })
}
