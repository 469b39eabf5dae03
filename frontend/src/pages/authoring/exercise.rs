//! One exercise of a unit, changed where it stands. It is saved with the draft.

use super::draft::{Draft, Place};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        item_bank::{draft::Draft as ItemDraft, fields::ItemFields},
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    ui::{Dialog, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::item_bank::Item;

/// The button that opens the form.
#[component]
pub(super) fn ChangeExercise(
    /// The draft.
    draft: Draft,
    /// In which unit.
    place: Place,
    /// Its number, from 0.
    at: usize,
    /// As it stands.
    exercise: Item,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let title = Signal::derive(move || t_string!(i18n, learning.author_change_exercise_title, number = at + 1));
    view! {
        <button type="button" class="button quiet" id=button_id(at) on:click=move |_| is_open.set(true)>
            {t!(i18n, learning.author_change_exercise)} <span class="visually-hidden num">" " {at + 1}</span>
        </button>
        <Dialog is_open title>
            <Form draft place at exercise=exercise.clone() is_open />
        </Dialog>
    }
}

#[component]
fn Form(draft: Draft, place: Place, at: usize, exercise: Item, is_open: RwSignal<bool>) -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), expect_context::<Toasts>());
    let item = ItemDraft::of(&exercise);
    let checked = Checked::new(move || item.wrong());
    let keep = Callback::new(move |()| {
        let Some(changed) = untrack(|| item.item()) else { return };
        is_open.set(false);
        toasts.done(t_string!(i18n, learning.author_exercise_changed, number = at + 1));
        draft.change_unit(place, |unit| {
            if let Some(exercise) = unit.exercises.get_mut(at) {
                *exercise = changed;
            }
        });
        // The list has been drawn anew.
        focus_on(format!("#{}", button_id(at)));
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, learning.author_keep_exercise)) send=keep>
            <ItemFields draft=item checked />
        </CheckedForm>
    }
}

fn button_id(at: usize) -> String {
    format!("exercise-{at}-change")
}
