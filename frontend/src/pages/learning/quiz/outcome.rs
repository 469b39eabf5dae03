//! What came of a quiz: the points of each attempt, and what was right in the last, where the quiz tells.

use crate::{
    i18n::{t, t_string, use_i18n},
    items::{ItemStem, ResponseInput},
    platform::when,
    ui::{Button, ButtonLink, Icon, Look, Notice, Symbol, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    item_bank::{ItemView, Response},
    learning::{MyQuiz, MyQuizAttempt, MyQuizSheet, QuizItemReview, QuizState},
};

/// The attempts, and the way to another.
#[component]
pub(super) fn Outcome(
    /// The quiz.
    shown: RwSignal<MyQuizSheet>,
    /// Whether the paper is shown.
    is_doing: RwSignal<bool>,
) -> impl IntoView {
    let MyQuizSheet { quiz, items, attempts, review } = shown.get_untracked();
    let was_done = !attempts.is_empty();
    view! {
        <Attempts quiz=quiz.clone() attempts />
        <Again quiz is_doing />
        {was_done.then(|| view! { <Review items review /> })}
    }
}

#[component]
fn Attempts(quiz: MyQuiz, attempts: Vec<MyQuizAttempt>) -> impl IntoView {
    let i18n = use_i18n();
    let most = quiz.most;
    let Some(last) = attempts.last().copied() else {
        return view! { <p>{t!(i18n, learning.quiz_not_yet)}</p> }.into_any();
    };
    let line = move |(at, attempt): (usize, MyQuizAttempt)| {
        let words = move || {
            let (points, at_words) =
                (attempt.points.to_string(), when::date_time(i18n.get_locale(), attempt.handed_in_at));
            t_string!(i18n, learning.quiz_attempt, number = at + 1, points = points, at = at_words)
        };
        view! { <li class="num">{words}</li> }
    };
    let of = move |points: String| (points, most.to_string());
    let result = move || {
        let (points, most) = of(last.points.to_string());
        t_string!(i18n, learning.quiz_result, points = points, most = most)
    };
    let best = move || {
        let (points, most) = of(quiz.best.unwrap_or_default().to_string());
        t_string!(i18n, learning.quiz_best, points = points, most = most)
    };
    view! {
        <Notice tone=Tone::Ok><p class="num"><b>{result}</b></p></Notice>
        <p class="num">{best}</p>
        <h2>{t!(i18n, learning.quiz_attempts)}</h2>
        <ul>{attempts.into_iter().enumerate().map(line).collect_view()}</ul>
    }
    .into_any()
}

/// The way to another attempt, or why there is none.
#[component]
fn Again(quiz: MyQuiz, is_doing: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let left = quiz.attempts.saturating_sub(quiz.used);
    let again = move |()| {
        is_doing.set(true);
        focus_on("h1");
    };
    match (quiz.is_open(), quiz.state) {
        (true, _) => view! {
            <div class="row">
                <Button look=Look::Primary on_press=again>{t!(i18n, learning.quiz_again)}</Button>
                <span class="num">{t!(i18n, learning.quiz_left, left = left)}</span>
            </div>
        }
        .into_any(),
        (false, QuizState::Open) => view! { <p>{t!(i18n, learning.quiz_no_left)}</p> }.into_any(),
        (false, _) => view! { <p>{t!(i18n, learning.quiz_over_about)}</p> }.into_any(),
    }
}

/// What was right in the last attempt, or when that will be told.
#[component]
fn Review(items: Vec<ItemView>, review: Vec<QuizItemReview>) -> impl IntoView {
    let i18n = use_i18n();
    if review.is_empty() {
        return view! { <p class="muted">{t!(i18n, learning.quiz_hidden)}</p> }.into_any();
    }
    let reviewed = items.into_iter().zip(review).enumerate();
    view! {
        <h2>{t!(i18n, learning.quiz_review)}</h2>
        {reviewed.map(|(at, (item, review))| view! { <Reviewed at item review /> }).collect_view()}
    }
    .into_any()
}

/// One item with the answer that was given, whether it was right, and why.
#[component]
fn Reviewed(at: usize, item: ItemView, review: QuizItemReview) -> impl IntoView {
    let i18n = use_i18n();
    let QuizItemReview { unit_id, unit_title, response, is_right, key_text, explanation_html } = review;
    let id = format!("reviewed-{at}");
    let (stem_id, html) = (id.clone(), item.stem_html.clone());
    let (tone, symbol) = if is_right { (Tone::Ok, Symbol::Check) } else { (Tone::Stop, Symbol::Close) };
    let words = move || match is_right {
        true => t_string!(i18n, learning.quiz_right),
        false => t_string!(i18n, learning.quiz_wrong),
    };
    let has_reason = !explanation_html.is_empty();
    let given = Signal::stored(Some(response).filter(|response| *response != Response::Cleared));
    view! {
        <section class="card stack" aria-label=move || t_string!(i18n, learning.quiz_item, number = at + 1)>
            <p class="small num" aria-hidden="true">{t!(i18n, learning.quiz_item, number = at + 1)}</p>
            <ItemStem id=stem_id html />
            <ResponseInput item id response=given on_change={|_: Response| {}} disabled=Signal::stored(true) />
            <Notice tone><p class="verdict"><Icon symbol /> <b>{words}</b></p></Notice>
            <p class="key"><b>{t!(i18n, learning.key)}</b> {key_text}</p>
            {has_reason.then(|| view! {
                <details class="more stack">
                    <summary>{t!(i18n, learning.quiz_why)}</summary>
                    <div class="prose" inner_html=explanation_html></div>
                </details>
            })}
            <ButtonLink href=format!("/learn/units/{unit_id}") look=Look::Quiet>
                {t!(i18n, learning.quiz_lesson, unit = unit_title)}
            </ButtonLink>
        </section>
    }
}
