//! A lesson face to face under its author's hands.

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
    learning::{ActivityBody, MAX_TOPIC_CHARS, OFFLINE_LESSON_HOURS},
};

/// Edits a lesson; every change goes to the draft.
#[component]
pub(super) fn OfflineLessonForm(
    /// The draft.
    draft: Draft,
    /// Its unit.
    place: Place,
    /// Which lesson.
    id: ActivityId,
) -> impl IntoView {
    let i18n = use_i18n();
    let unit = draft.unit(place);
    let activity = unit.and_then(|unit| unit.activities.into_iter().find(|activity| activity.id == id));
    activity.map(|activity| {
        let (about, class_hours) = activity.body.offline_lesson().unwrap_or_default();
        let (about, hours) = (RwSignal::new(about.to_owned()), RwSignal::new(class_hours.to_string()));
        let title = RwSignal::new(activity.title);
        let write = move |_: &(), _: Option<&()>, _: Option<()>| {
            let (title, about) = (title.get_untracked(), about.get_untracked());
            // What is no number is said when the draft is submitted.
            let class_hours = hours.with_untracked(|hours| hours.trim().parse().unwrap_or_default());
            draft.change_unit(place, |unit| {
                if let Some(activity) = unit.activities.iter_mut().find(|activity| activity.id == id) {
                    activity.title = title;
                    activity.body = ActivityBody::OfflineLesson { about, class_hours };
                }
            });
        };
        Effect::watch(
            move || {
                title.track();
                about.track();
                hours.track();
            },
            write,
            false,
        );
        let hint = move || t_string!(i18n, learning.author_offline_lesson_hint, max = MAX_TOPIC_CHARS);
        let most = *OFFLINE_LESSON_HOURS.end();
        let hours_label = move || t_string!(i18n, learning.author_offline_lesson_hours, max = most);
        view! {
            <div class="stack">
                <Field
                    id="offline_lesson_title"
                    label=words(|locale| td_string!(locale, learning.author_offline_lesson_title))
                >
                    <TextInput value=title />
                </Field>
                <Field
                    id="offline_lesson_about"
                    label=words(|locale| td_string!(locale, learning.author_offline_lesson_about))
                    hint=Signal::derive(hint)
                >
                    <TextArea value=about rows=4 />
                </Field>
                <Field id="offline_lesson_hours" label=Signal::derive(hours_label)>
                    <TextInput value=hours keyboard="numeric" />
                </Field>
            </div>
        }
    })
}
