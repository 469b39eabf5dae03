//! What anybody is told of the course before any lesson.

use super::draft::Draft;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, pictures::AddPicture},
    ui::{Card, Field, TextArea},
};
use leptos::prelude::*;
use shared::learning::{CourseAbout, MAX_GOALS_CHARS};

/// Edits it.
#[component]
pub(super) fn About(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let i18n = use_i18n();
    let CourseAbout { goals, is_sample_open } = draft.content.with_untracked(|content| content.about.clone());
    let (goals, is_open) = (RwSignal::new(goals), RwSignal::new(is_sample_open));
    let write = move |_: &(), _: Option<&()>, _: Option<()>| {
        let about = CourseAbout { goals: goals.get_untracked(), is_sample_open: is_open.get_untracked() };
        draft.change(|content| content.about = about);
    };
    Effect::watch(
        move || {
            goals.track();
            is_open.track();
        },
        write,
        false,
    );
    let hint = move || t_string!(i18n, learning.author_goals_hint, max = MAX_GOALS_CHARS);
    view! {
        <Card title=words(|locale| td_string!(locale, learning.author_about))>
            <p class="muted">{t!(i18n, learning.author_choose_unit)}</p>
            <Field
                id="goals"
                label=words(|locale| td_string!(locale, learning.author_goals))
                hint=Signal::derive(hint)
            >
                <TextArea value=goals rows=8 />
            </Field>
            <AddPicture markdown=goals area="goals" />
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=is_open
                    on:change:target=move |event| is_open.set(event.target().checked())
                />
                <span>{t!(i18n, learning.author_sample)}</span>
            </label>
        </Card>
    }
}
