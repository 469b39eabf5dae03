//! One quiz: its paper while the learner does it, and what came of it.

mod draft;
mod outcome;
mod paper;

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::not_found::NotFoundPage,
    platform::{
        actor::Actor,
        client::{self, Outcome as Fetched},
        when,
    },
    ui::{AsyncView, PageHeading},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use outcome::Outcome;
use paper::Paper;
use shared::{ids::QuizId, learning::MyQuizSheet};

lazy_page! {
    /// The page.
    MyQuizPage = AnyQuiz in study;
}

/// The quiz of the address, anew for each.
#[component]
fn AnyQuiz() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<QuizId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneQuiz id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneQuiz(id: QuizId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let sheet: LocalResource<Fetched<MyQuizSheet>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/me/quizzes/{id}")).await });
    let title = Signal::derive(move || match sheet.get() {
        Some(Ok(sheet)) => sheet.quiz.title,
        _ => t_string!(i18n, learning.quiz).to_owned(),
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn/quizzes">{t!(i18n, learning.quizzes_back)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=sheet let:sheet>
                <Known sheet />
            </AsyncView>
        </main>
    }
}

/// The paper for who has not done it yet or does it again; else what came of it.
#[component]
fn Known(sheet: MyQuizSheet) -> impl IntoView {
    let i18n = use_i18n();
    let (course, until) = (sheet.quiz.course_title.clone(), sheet.quiz.until);
    let until = move || t_string!(i18n, learning.quiz_until, day = when::day(i18n.get_locale(), until));
    let is_doing = RwSignal::new(sheet.attempts.is_empty() && sheet.quiz.is_open());
    let shown = RwSignal::new(sheet);
    view! {
        <p class="muted num">{course} " · " {until}</p>
        {move || match is_doing.get() {
            true => view! { <Paper shown is_doing /> }.into_any(),
            false => view! { <Outcome shown is_doing /> }.into_any(),
        }}
    }
}
