//! The learner's own notes, course by course.

use super::own_list::own_list;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::when,
    ui::{AsyncView, Card, PageHeading},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::{CourseNotes, NoteLine};

lazy_page! {
    /// The page; `?course=…` shows one course.
    NotesPage = Notes in study;
}

#[component]
fn Notes() -> impl IntoView {
    let i18n = use_i18n();
    let notes = own_list("/me/notes", |of: &CourseNotes| of.course_id);
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, learning.notes)) />
            <p class="muted">{t!(i18n, learning.notes_about)}</p>
            <AsyncView
                resource=notes
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, learning.notes_none))
                let:notes
            >
                {notes.into_iter().map(|course| view! { <OfCourse course /> }).collect_view()}
            </AsyncView>
        </main>
    }
}

#[component]
fn OfCourse(course: CourseNotes) -> impl IntoView {
    let CourseNotes { course_title, notes, .. } = course;
    view! {
        <Card title=course_title>
            <ul class="rows">{notes.into_iter().map(|note| view! { <Line note /> }).collect_view()}</ul>
        </Card>
    }
}

#[component]
fn Line(note: NoteLine) -> impl IntoView {
    let i18n = use_i18n();
    let NoteLine { unit_id, unit_title, is_open, text, edited_at } = note;
    let title = move || {
        let title = unit_title.clone();
        title.unwrap_or_else(|| t_string!(i18n, learning.note_old_unit).to_owned())
    };
    let name = if is_open {
        view! { <A href=format!("/learn/units/{unit_id}")>{title}</A> }.into_any()
    } else {
        view! { <b>{title}</b> }.into_any()
    };
    view! {
        <li>
            <div>
                <p class="way-back">{name}</p>
                <p class="own-words">{text}</p>
                <p class="muted small num">{move || when::date_time(i18n.get_locale(), edited_at)}</p>
            </div>
        </li>
    }
}
