//! What came of a quiz: learner by learner, and exercise by exercise.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Column, Table},
};
use leptos::prelude::*;
use shared::{
    ids::QuizId,
    learning::{QuizItemTally, QuizLearner, QuizSheet},
};

/// What the dialog holds.
#[component]
pub(super) fn Results(
    /// The quiz.
    id: QuizId,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let sheet: LocalResource<Outcome<QuizSheet>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/quizzes/{id}")).await });
    view! {
        <AsyncView resource=sheet let:sheet>
            <Learners learners=sheet.learners />
            <Items items=sheet.items />
        </AsyncView>
    }
}

#[component]
fn Learners(learners: Vec<QuizLearner>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, classes.quiz_learner))),
        Column::number(words(|locale| td_string!(locale, classes.quiz_best))),
        Column::number(words(|locale| td_string!(locale, classes.quiz_used))),
        Column::text(words(|locale| td_string!(locale, classes.quiz_last))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, classes.quiz_learners))
            columns
            rows=Signal::stored(learners)
            key=|learner: &QuizLearner| learner.account_id
            row=learner_row
        />
    }
}

fn learner_row(learner: QuizLearner) -> impl IntoView {
    let i18n = use_i18n();
    let QuizLearner { display_name, used, best, last_at, .. } = learner;
    let best = move || match best {
        Some(points) => points.to_string(),
        None => t_string!(i18n, classes.quiz_not_yet).to_owned(),
    };
    let last = move || last_at.map(|at| when::date_time(i18n.get_locale(), at)).unwrap_or_default();
    view! {
        <th scope="row">{display_name}</th>
        <td class="n">{best}</td>
        <td class="n">{used}</td>
        <td class="num">{last}</td>
    }
}

#[component]
fn Items(items: Vec<QuizItemTally>) -> impl IntoView {
    let i18n = use_i18n();
    let item = move |item: QuizItemTally| {
        let QuizItemTally { unit_title, stem_html, key_text, right, tried } = item;
        view! {
            <li>
                <div class="stack">
                    <p class="muted small">{unit_title}</p>
                    <div class="prose" inner_html=stem_html></div>
                    <p class="key"><b>{t!(i18n, classes.quiz_item_key)}</b> {key_text}</p>
                    <p class="num">{t!(i18n, classes.quiz_item_right, right = right, tried = tried)}</p>
                </div>
            </li>
        }
    };
    view! {
        <h3>{t!(i18n, classes.quiz_items)}</h3>
        <ol class="rows">{items.into_iter().map(item).collect_view()}</ol>
    }
}
