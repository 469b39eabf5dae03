//! 课堂小测: what the learner's classes were set, on their home while it is to be done and on a page of its own.

use super::of_classes::{PageWords, home_card, page_of_all};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{ButtonLink, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::{MyQuiz, QUIZ_ITEM_POINTS, QuizState};

lazy_page! {
    /// The page.
    MyQuizzesPage = MyQuizzes in study;
}

type All = LocalResource<Outcome<Vec<MyQuiz>>>;

fn fetched() -> All {
    let actor = expect_context::<Actor>();
    LocalResource::new(move || client::get(actor, "/me/quizzes"))
}

/// Those that the learner has still to do; who has done one may leave it at that.
fn to_do(all: Vec<MyQuiz>) -> Vec<MyQuiz> {
    all.into_iter().filter(|quiz| quiz.used == 0 && quiz.is_open()).collect()
}

/// How many exercises a quiz has.
fn items(quiz: &MyQuiz) -> i32 {
    quiz.most.0 / QUIZ_ITEM_POINTS.0
}

/// The card on the home; nothing for whose classes were set none.
#[component]
pub(super) fn NewQuizzes() -> impl IntoView {
    let i18n = use_i18n();
    let title = words(|locale| td_string!(locale, learning.quizzes_todo));
    let way = move || view! { <A href="/learn/quizzes">{t!(i18n, learning.quizzes_all)}</A> };
    home_card(fetched(), title, to_do, |quiz| view! { <Row quiz /> }, way)
}

#[component]
fn MyQuizzes() -> impl IntoView {
    let said = PageWords {
        title: words(|locale| td_string!(locale, learning.quizzes)),
        about: words(|locale| td_string!(locale, learning.quizzes_about)),
        none: words(|locale| td_string!(locale, learning.quizzes_none)),
    };
    page_of_all(fetched(), said, |quiz| view! { <Row quiz /> })
}

/// One quiz, with the way to it.
#[component]
fn Row(quiz: MyQuiz) -> impl IntoView {
    let i18n = use_i18n();
    let (href, is_open, count) = (format!("/learn/quizzes/{}", quiz.id), quiz.is_open(), items(&quiz));
    let MyQuiz { class_name, course_title, title, until, state, attempts, used, best, most, .. } = quiz;
    let named = title.clone();
    let reached = best.map(|best| {
        let (points, most) = (best.to_string(), most.to_string());
        let words = move || t_string!(i18n, learning.quiz_best, points = points.clone(), most = most.clone());
        view! { " " <Tag tone=Tone::Ok>{words}</Tag> }
    });
    let left = move || match attempts.saturating_sub(used) {
        _ if !is_open => None,
        left => Some(format!(" · {}", t_string!(i18n, learning.quiz_left, left = left))),
    };
    let until = move || t_string!(i18n, learning.quiz_until, day = when::day(i18n.get_locale(), until));
    let verb = move || match (is_open, used) {
        (true, 0) => t_string!(i18n, learning.quiz_begin),
        (true, _) => t_string!(i18n, learning.quiz_again),
        (false, _) => t_string!(i18n, learning.quiz_look),
    };
    view! {
        <li>
            <div class="stack">
                <p>
                    <b>{title}</b> " "
                    {(state == QuizState::Over).then(|| view! { <Tag>{t!(i18n, classes.quiz_over)}</Tag> })}
                    {reached}
                </p>
                <p class="num">{t!(i18n, learning.quiz_items, count = count)} " · " {until} {left}</p>
                <p class="muted small">{course_title} " · " {class_name}</p>
                <div>
                    <ButtonLink href>
                        {verb}
                        <span class="visually-hidden">" " {named}</span>
                    </ButtonLink>
                </div>
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{ids::QuizId, learning::QuizFeedback, points::Points};
    use uuid::Uuid;

    fn quiz(state: QuizState, used: u8) -> MyQuiz {
        MyQuiz {
            id: QuizId(Uuid::nil()),
            class_name: String::new(),
            course_title: String::new(),
            title: String::new(),
            until: jiff::civil::date(2026, 11, 25),
            state,
            feedback: QuizFeedback::AtOnce,
            attempts: 2,
            used,
            best: None,
            most: Points::whole(12),
        }
    }

    #[test]
    fn what_was_done_or_is_over_waits_for_nobody() {
        let fresh = quiz(QuizState::Open, 0);
        let others = [quiz(QuizState::Open, 1), quiz(QuizState::Over, 0)];
        assert_eq!(items(&fresh), 12);
        assert_eq!(to_do(others.into_iter().chain([fresh.clone()]).collect()), [fresh]);
    }
}
