//! What anybody is told of the course before any lesson.

use super::draft::Draft;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, pictures::AddPicture},
    ui::{Card, Field, TextArea, TextInput},
};
use leptos::prelude::*;
use shared::learning::{CourseAbout, MAX_GOALS_CHARS, MAX_TEXTBOOK_CHARS, read_standard_year};

/// Edits it.
#[component]
pub(super) fn About(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let i18n = use_i18n();
    let CourseAbout { goals, is_sample_open, textbook, standard_year } =
        draft.content.with_untracked(|content| content.about.clone());
    let (goals, is_open) = (RwSignal::new(goals), RwSignal::new(is_sample_open));
    let textbook = RwSignal::new(textbook);
    let year = RwSignal::new(standard_year.map(|year| year.to_string()).unwrap_or_default());
    let write = move |_: &(), _: Option<&()>, _: Option<()>| {
        let about = CourseAbout {
            goals: goals.get_untracked(),
            is_sample_open: is_open.get_untracked(),
            textbook: textbook.with_untracked(|textbook| textbook.trim().to_owned()),
            // What is no year is said beside the field, and not kept.
            standard_year: year.with_untracked(|year| read_standard_year(year)).unwrap_or_default(),
        };
        draft.change(|content| content.about = about);
    };
    Effect::watch(
        move || {
            goals.track();
            is_open.track();
            textbook.track();
            year.track();
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
            <Basis textbook year />
        </Card>
    }
}

/// By what it goes.
#[component]
fn Basis(textbook: RwSignal<String>, year: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let hint = move || t_string!(i18n, learning.author_textbook_hint, max = MAX_TEXTBOOK_CHARS);
    let wrong_year = move || match year.with(|year| read_standard_year(year)) {
        Ok(_) => String::new(),
        Err(_) => t_string!(i18n, learning.author_standard_year_wrong).to_owned(),
    };
    view! {
        <Field
            id="textbook"
            label=words(|locale| td_string!(locale, learning.author_textbook))
            hint=Signal::derive(hint)
        >
            <TextInput value=textbook />
        </Field>
        <Field
            id="standard_year"
            label=words(|locale| td_string!(locale, learning.author_standard_year))
            error=Signal::derive(wrong_year)
        >
            <TextInput value=year keyboard="numeric" />
        </Field>
    }
}
