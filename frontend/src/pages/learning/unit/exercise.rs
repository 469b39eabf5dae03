//! The exercises of a unit: answered as often as one likes, with the reason each time.

use super::reading::Reading;
use crate::{
    i18n::{t, t_string, use_i18n},
    items::{ItemStem, ResponseInput},
    pages::learning::offline::{KeptTry, UnsentTries, new_id},
    platform::{
        actor::Actor,
        client::{self, ApiError},
    },
    ui::{Button, FailureNotice, Icon, Notice, Symbol, Tag, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::{OfflineEntryId, UnitId},
    item_bank::{ItemView, Response},
    learning::{ExerciseAnswer, ExerciseFeedback},
};

/// All exercises, if there are any.
#[component]
pub(super) fn Exercises(
    /// The opened unit.
    reading: Reading,
    /// The exercises.
    exercises: Vec<ItemView>,
    /// For each, whether it has been done.
    done: Vec<bool>,
    /// Where tries go while there is no network.
    tries: UnsentTries,
) -> impl IntoView {
    let i18n = use_i18n();
    if exercises.is_empty() {
        return ().into_any();
    }
    let done = done.into_iter().chain(std::iter::repeat(false));
    let exercise = |(index, (item, was_done))| view! { <OfLesson reading index item was_done tries /> };
    view! {
        <section class="stack" aria-labelledby="exercises">
            <h2 id="exercises">{t!(i18n, learning.exercises_title)}</h2>
            {exercises.into_iter().zip(done).enumerate().map(exercise).collect_view()}
        </section>
    }
    .into_any()
}

/// What became of the answer that stands.
#[derive(Clone, Default)]
enum Verdict {
    /// Nothing was asked yet.
    #[default]
    Open,
    /// There is nothing to check.
    Unanswered,
    /// It could not be checked.
    Failed(ApiError),
    /// The phone has it until the server can check it.
    Kept(UnsentTries, OfflineEntryId),
    /// The server's word.
    Checked(ExerciseFeedback),
}

/// The last answer that was sent, if neither server nor phone is known to have it. Sent again, it is the same answer.
#[derive(Clone, Default)]
struct Unheard(Option<(OfflineEntryId, Response)>);

impl Unheard {
    /// The id of this response, if it is the one.
    fn id_of(&self, response: &Response) -> Option<OfflineEntryId> {
        self.0.as_ref().filter(|(_, sent)| sent == response).map(|(id, _)| *id)
    }
}

/// An exercise of the lesson.
#[component]
fn OfLesson(reading: Reading, index: usize, item: ItemView, was_done: bool, tries: UnsentTries) -> impl IntoView {
    let i18n = use_i18n();
    let is_done = RwSignal::new(was_done);
    let take = move |feedback: ExerciseFeedback| {
        reading.take(feedback.progress);
        is_done.update(|is_done| *is_done |= feedback.is_right != Some(false));
    };
    view! {
        <Exercise
            stands=Stands { unit: reading.unit(), index, version: Some(reading.version()) }
            item
            title=Signal::derive(move || t_string!(i18n, learning.exercise, number = index + 1))
            is_done
            on_feedback=take
            tries
        />
    }
}

/// Where an exercise stands: its unit, its number in it, from 0, and the version.
#[derive(Clone, Copy)]
pub(in crate::pages::learning) struct Stands {
    /// The unit.
    pub(in crate::pages::learning) unit: UnitId,
    /// The number.
    pub(in crate::pages::learning) index: usize,
    /// Number of the version that the page shows; the one that is studied, unless told.
    pub(in crate::pages::learning) version: Option<i32>,
}

/// One exercise.
#[component]
pub(in crate::pages::learning) fn Exercise(
    /// Where it stands.
    stands: Stands,
    /// What is asked.
    item: ItemView,
    /// What it is called on its page.
    #[prop(into)]
    title: Signal<String>,
    /// Whether nothing is left to do.
    #[prop(into)]
    is_done: Signal<bool>,
    /// Takes what the server says of an answer.
    #[prop(into)]
    on_feedback: Callback<ExerciseFeedback>,
    /// Where tries go while there is no network; without it they are not kept.
    #[prop(optional)]
    tries: Option<UnsentTries>,
    /// How its ids begin: the same exercise may be on a page twice.
    #[prop(default = "exercise")]
    ids: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let Stands { unit, index, version } = stands;
    let given = RwSignal::new(None::<Response>);
    let verdict = RwSignal::new(Verdict::default());
    let is_busy = RwSignal::new(false);
    let unheard = StoredValue::new(Unheard::default());
    let change = move |changed| {
        given.set(Some(changed));
        verdict.set(Verdict::Open);
    };
    let check = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answered = given.get_untracked().filter(|response| *response != Response::Cleared);
        let Some(response) = answered else { return verdict.set(Verdict::Unanswered) };
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let name = title.get_untracked();
        spawn_local(async move {
            let id = unheard.try_get_value().and_then(|unheard| unheard.id_of(&response)).unwrap_or_else(new_id);
            let answer = ExerciseAnswer { id: Some(id), response, version };
            let path = format!("/me/units/{unit}/exercises/{index}/answers");
            let outcome = client::post::<_, ExerciseFeedback>(actor, &path, &answer).await;
            let kept = match (&outcome, tries) {
                (Err(ApiError::Network), Some(tries)) => {
                    let id = tries.keep(id, stands, name, answer.response.clone()).await;
                    id.map(|id| Verdict::Kept(tries, id))
                }
                _ => None,
            };
            // The page may be gone by now.
            if given.is_disposed() {
                return;
            }
            is_busy.set(false);
            // What an error says is not always the server's word: it may have the answer all the same.
            let is_unheard = kept.is_none() && outcome.is_err();
            unheard.set_value(Unheard(is_unheard.then(|| (id, answer.response.clone()))));
            if let Ok(feedback) = &outcome {
                on_feedback.run(feedback.clone());
            }
            // Nothing is said of an answer that was changed meanwhile.
            if given.with_untracked(|now| now.as_ref() == Some(&answer.response)) {
                verdict.set(kept.unwrap_or_else(|| outcome.map_or_else(Verdict::Failed, Verdict::Checked)));
            }
        });
    };
    let id = format!("{ids}-{unit}-{index}");
    let heading = format!("{id}-heading");
    let (labelled_by, stem_id) = (heading.clone(), id.clone());
    let stem = item.stem_html.clone();
    let check_words = match item.is_marked_by_person() {
        true => t!(i18n, learning.compare).into_any(),
        false => t!(i18n, learning.check).into_any(),
    };
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h3 id=heading>{move || title.get()}</h3>
                <Show when=move || is_done.get()>
                    <Tag tone=Tone::Ok>{t!(i18n, learning.state_done)}</Tag>
                </Show>
            </div>
            <ItemStem id=stem_id html=stem />
            <form class="stack" novalidate on:submit=check>
                <ResponseInput item id response=given on_change=change />
                <Button is_submit=true is_busy>{check_words}</Button>
            </form>
            <div class="stack" aria-live="polite">{move || view! { <Outcome verdict=verdict.get() /> }}</div>
        </section>
    }
}

/// What the learner hears back.
#[component]
fn Outcome(verdict: Verdict) -> impl IntoView {
    let i18n = use_i18n();
    match verdict {
        Verdict::Open => ().into_any(),
        Verdict::Unanswered => view! { <Notice tone=Tone::Wait>{t!(i18n, learning.answer_first)}</Notice> }.into_any(),
        Verdict::Failed(failure) => view! { <FailureNotice failure /> }.into_any(),
        Verdict::Kept(tries, id) => view! { <KeptTry tries id /> }.into_any(),
        Verdict::Checked(feedback) => view! { <Feedback feedback /> }.into_any(),
    }
}

/// Right or wrong in words, the key, and why.
#[component]
fn Feedback(feedback: ExerciseFeedback) -> impl IntoView {
    let i18n = use_i18n();
    let ExerciseFeedback { is_right, key_text, explanation_html, .. } = feedback;
    let (tone, symbol) = match is_right {
        Some(true) => (Tone::Ok, Symbol::Check),
        Some(false) => (Tone::Stop, Symbol::Close),
        None => (Tone::Plain, Symbol::Pencil),
    };
    let words = match is_right {
        Some(true) => t!(i18n, learning.right).into_any(),
        Some(false) => t!(i18n, learning.wrong).into_any(),
        None => t!(i18n, learning.handed_in).into_any(),
    };
    view! {
        <Notice tone>
            <p class="verdict"><Icon symbol /> <b>{words}</b></p>
        </Notice>
        <Explained is_judged=is_right.is_some() key_text explanation_html />
    }
}

/// The key of an exercise that was tried, and why.
#[component]
pub(in crate::pages::learning) fn Explained(
    /// Whether a rule can say what is right.
    is_judged: bool,
    /// The right answer, as a person would write it.
    key_text: String,
    /// Why, as sanitised HTML.
    explanation_html: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = match is_judged {
        true => t!(i18n, learning.key).into_any(),
        false => t!(i18n, learning.model_answer).into_any(),
    };
    view! {
        {(!key_text.is_empty()).then(|| view! { <p class="key"><b>{label}</b> {key_text}</p> })}
        {(!explanation_html.is_empty()).then(|| view! { <div class="prose" inner_html=explanation_html></div> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_answer_that_nobody_heard_of_goes_again_under_its_id_and_another_one_does_not() {
        let id = OfflineEntryId(Uuid::from_u128(7));
        let unheard = Unheard(Some((id, Response::Single(1))));
        assert_eq!(unheard.id_of(&Response::Single(1)), Some(id));
        assert_eq!(unheard.id_of(&Response::Single(2)), None);
        assert_eq!(Unheard::default().id_of(&Response::Single(1)), None);
    }
}
