//! An exercise as learners will have it on a phone: drawn, answered and judged by the same rule. Nothing is kept.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    items::{ItemStem, ResponseInput},
    pages::{item_bank::detail::key_text, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Button, Dialog, Notice, Tone},
};
use leptos::prelude::*;
use shared::{
    item_bank::{Item, Response, Scored, score},
    learning::ExercisePreview,
    points::Points,
};

/// The button that opens it.
#[component]
pub(super) fn TryExercise(
    /// Its number in the unit, from 0.
    at: usize,
    /// The exercise.
    exercise: Item,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button on_press=move |()| is_open.set(true)>
            {t!(i18n, learning.author_try_exercise)} <span class="visually-hidden num">" " {at + 1}</span>
        </Button>
        <Dialog is_open title=words(|locale| td_string!(locale, learning.author_try_exercise))>
            <Fetched at exercise=exercise.clone() />
        </Dialog>
    }
}

/// Has it drawn by the server.
#[component]
pub(super) fn Fetched(
    /// Its number in the unit, from 0.
    at: usize,
    /// The exercise.
    exercise: Item,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let asked = exercise.clone();
    let preview: LocalResource<Outcome<ExercisePreview>> = LocalResource::new(move || {
        let exercise = asked.clone();
        async move { client::post(actor, "/exercise_previews", &exercise).await }
    });
    view! {
        <AsyncView resource=preview let:preview>
            <Trial at exercise=exercise.clone() preview />
        </AsyncView>
    }
}

/// What is said of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    AnswerFirst,
    /// Right or wrong; nothing where a person would have to say.
    Judged(Option<bool>),
}

#[component]
fn Trial(at: usize, exercise: Item, preview: ExercisePreview) -> impl IntoView {
    let i18n = use_i18n();
    let ExercisePreview { view: asked, explanation_html } = preview;
    let (given, said) = (RwSignal::new(None::<Response>), RwSignal::new(Said::Nothing));
    let exercise = StoredValue::new(exercise);
    let change = move |changed| {
        given.set(Some(changed));
        said.set(Said::Nothing);
    };
    let check = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answered = given.get_untracked().filter(|response| *response != Response::Cleared);
        let judged = |response| exercise.with_value(|exercise| Said::Judged(is_right(exercise, &response)));
        said.set(answered.map_or(Said::AnswerFirst, judged));
    };
    let explanation_html = StoredValue::new(explanation_html);
    let feedback = move || match said.get() {
        Said::Nothing => ().into_any(),
        Said::AnswerFirst => view! { <Notice tone=Tone::Wait>{t!(i18n, learning.answer_first)}</Notice> }.into_any(),
        Said::Judged(is_right) => {
            let key = move || exercise.with_value(|exercise| key_text(i18n.get_locale(), exercise));
            view! {
                <Notice tone=tone(is_right)>{move || verdict(i18n.get_locale(), is_right)}</Notice>
                <p class="key"><b>{t!(i18n, item_bank.key)}</b> " " {key}</p>
                <div class="prose" inner_html=explanation_html.get_value()></div>
            }
            .into_any()
        }
    };
    let id = format!("trial-{at}");
    let stem_id = id.clone();
    view! {
        <section class="preview stack" aria-label=move || t_string!(i18n, learning.exercise, number = at + 1)>
            <ItemStem id=stem_id html=asked.stem_html.clone() />
            <form class="stack" novalidate on:submit=check>
                <ResponseInput item=asked id response=given on_change=change />
                <Button is_submit=true>{t!(i18n, learning.check)}</Button>
            </form>
            <div class="stack" aria-live="polite">{feedback}</div>
        </section>
    }
}

/// As the server judges learners.
fn is_right(exercise: &Item, response: &Response) -> Option<bool> {
    let all = Points::whole(1);
    match score(exercise, Some(response), all) {
        Scored::Points(points) => Some(points == all),
        Scored::NeedsPerson => None,
    }
}

fn tone(is_right: Option<bool>) -> Tone {
    match is_right {
        Some(true) => Tone::Ok,
        Some(false) => Tone::Stop,
        None => Tone::Plain,
    }
}

fn verdict(locale: Locale, is_right: Option<bool>) -> &'static str {
    match is_right {
        Some(true) => td_string!(locale, learning.right),
        Some(false) => td_string!(locale, learning.wrong),
        None => td_string!(locale, learning.handed_in),
    }
}
