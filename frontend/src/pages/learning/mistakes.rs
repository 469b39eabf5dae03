//! 错题本: what the learner answered wrong, practised again right there.

use super::{
    own_list::own_list,
    unit::exercise::{Exercise, Stands},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    ui::{AsyncView, ButtonLink, Look, PageHeading},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::{CourseMistakes, ExerciseFeedback, Mistake, ModuleMistakes, RIGHT_IN_A_ROW};

lazy_page! {
    /// The page; `?course=…` shows one course.
    MistakesPage = Mistakes in study;
}

#[component]
fn Mistakes() -> impl IntoView {
    let i18n = use_i18n();
    let book = own_list("/me/mistakes", |of: &CourseMistakes| of.course_id);
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, learning.mistakes)) />
            <p class="muted">{t!(i18n, learning.mistakes_about)}</p>
            <AsyncView
                resource=book
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, learning.mistakes_none))
                let:book
            >
                {book.into_iter().map(|course| view! { <OfCourse course /> }).collect_view()}
            </AsyncView>
        </main>
    }
}

/// What is in the book of one course, module by module.
#[component]
fn OfCourse(course: CourseMistakes) -> impl IntoView {
    let CourseMistakes { course_title, modules, .. } = course;
    let of_module = move |ModuleMistakes { title, mistakes }: ModuleMistakes| {
        view! {
            <h2>{format!("{course_title} · {title}")}</h2>
            {mistakes.into_iter().map(|mistake| view! { <Again mistake /> }).collect_view()}
        }
    };
    view! { <div class="stack">{modules.into_iter().map(of_module).collect_view()}</div> }
}

/// One exercise once more. It stays on the page when it has left the book, so that the reader sees that it has.
#[component]
fn Again(mistake: Mistake) -> impl IntoView {
    let i18n = use_i18n();
    let Mistake { unit_id, unit_title, index, item, key_text, explanation_html, .. } = mistake;
    let (wrong, right) = (RwSignal::new(mistake.wrong_tries), RwSignal::new(mistake.right_since));
    let stands = Stands { unit: unit_id, index: usize::from(index), version: None };
    let hear = move |feedback: ExerciseFeedback| match feedback.is_right {
        Some(true) => right.update(|right| *right = right.saturating_add(1)),
        Some(false) => {
            wrong.update(|wrong| *wrong = wrong.saturating_add(1));
            right.set(0);
        }
        None => {}
    };
    let title = move || {
        let exercise = t_string!(i18n, learning.exercise, number = stands.index + 1);
        format!("{unit_title} · {exercise}")
    };
    let left = move || match RIGHT_IN_A_ROW.saturating_sub(right.get()) {
        0 => t_string!(i18n, learning.mistake_gone).to_owned(),
        left => t_string!(i18n, learning.mistake_left, left = left),
    };
    view! {
        <div class="stack">
            <Exercise
                stands
                item
                title=Signal::derive(title)
                is_done=Signal::derive(move || right.get() >= RIGHT_IN_A_ROW)
                on_feedback=hear
            />
            <p class="muted small num">
                {move || t_string!(i18n, learning.mistake_wrong, times = wrong.get())} " · " {left}
            </p>
            <details class="more stack">
                <summary>{t!(i18n, learning.mistake_explained)}</summary>
                <p class="key"><b>{t!(i18n, learning.key)}</b> {key_text}</p>
                <div class="prose" inner_html=explanation_html></div>
                <ButtonLink href=format!("/learn/units/{unit_id}") look=Look::Quiet>
                    {t!(i18n, learning.to_lesson)}
                </ButtonLink>
            </details>
        </div>
    }
}
