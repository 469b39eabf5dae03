//! 读中小题: who has read for long is asked an exercise of the unit, where they read. It hides nothing and waits as long
//! as they like.

use super::{
    exercise::{Exercise, Stands},
    reading::Reading,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{learning::offline::UnsentTries, organisation::words::words},
    ui::{Button, Dialog, Look},
};
use leptos::prelude::*;
use shared::{item_bank::ItemView, learning::ExerciseFeedback};

/// Says that something is asked, and opens it.
#[component]
pub(super) fn ReadingCheck(
    /// The opened unit.
    reading: Reading,
    /// Its exercises.
    exercises: Vec<ItemView>,
    /// Where tries go while there is no network.
    tries: UnsentTries,
) -> impl IntoView {
    let i18n = use_i18n();
    let (check, is_open) = (reading.check(), reading.is_checking());
    let exercises = StoredValue::new(exercises);
    // It stays in the dialog when nothing is asked any more, since the reason for the answer stands there.
    let shown = RwSignal::new(None::<u16>);
    let is_asked = Memo::new(move |_| check.get().is_some());
    let open = move |()| {
        shown.set(check.get_untracked());
        is_open.set(true);
    };
    let asked = move || {
        let number = usize::from(shown.get()?);
        let item = exercises.with_value(|all| all.get(number).cloned())?;
        Some(view! { <Asked reading number item tries /> })
    };
    view! {
        <div class="stack">
            <p class="small" role="status">
                {move || is_asked.get().then(|| t_string!(i18n, learning.reading_check_asked))}
            </p>
            <Show when={move || is_asked.get() || is_open.get()}>
                <Button on_press=open>{t!(i18n, learning.reading_check_open)}</Button>
            </Show>
            <Dialog is_open title=words(|locale| td_string!(locale, learning.reading_check))>{asked}</Dialog>
        </div>
    }
}

/// The exercise, and the way back to the text.
#[component]
fn Asked(reading: Reading, number: usize, item: ItemView, tries: UnsentTries) -> impl IntoView {
    let i18n = use_i18n();
    let (is_answered, is_right) = (RwSignal::new(false), RwSignal::new(false));
    let take = move |feedback: ExerciseFeedback| {
        reading.take(feedback.progress);
        reading.check().set(None);
        is_answered.set(true);
        is_right.set(feedback.is_right == Some(true));
    };
    view! {
        <Exercise
            stands=Stands { unit: reading.unit(), index: number, version: Some(reading.version()) }
            item
            title=Signal::derive(move || t_string!(i18n, learning.exercise, number = number + 1))
            is_done=is_right
            on_feedback=take
            tries
            ids="reading-check"
        />
        <Show when=move || is_answered.get()>
            <Button look=Look::Primary on_press=move |()| reading.is_checking().set(false)>
                {t!(i18n, learning.reading_check_go_on)}
            </Button>
        </Show>
    }
}
