//! The exercises of a unit: what is there, in which order, each to be changed, and more by pasted text, read as it is
//! typed.

use super::{
    draft::{Draft, Place},
    drag::{Drag, Grip},
    exercise::ChangeExercise,
    order::Way,
    trial::TryExercise,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::item_bank::kind::kind_name,
    ui::{Button, Field, Look, TextArea, Toasts},
};
use leptos::{prelude::*, wasm_bindgen::JsCast};
use shared::{
    item_bank::{ImportError, Item, ParsedItems, parse_chinese_text},
    learning::move_within,
};
use web_sys::HtmlElement;

/// Lists, orders, removes and adds exercises.
#[component]
pub(super) fn Exercises(
    /// The draft.
    draft: Draft,
    /// Which unit.
    place: Place,
) -> impl IntoView {
    let i18n = use_i18n();
    let exercises = Memo::new(move |_| {
        draft.content.with(|content| {
            let unit = content.modules.get(place.0).and_then(|module| module.units.get(place.1));
            unit.map(|unit| unit.exercises.clone()).unwrap_or_default()
        })
    });
    let drag = Drag::new();
    let rows = move || {
        let all = exercises.get();
        let last = all.len().saturating_sub(1);
        let row = move |(at, exercise): (usize, Item)| {
            view! { <Row draft drag place at exercise is_last={at == last} /> }
        };
        all.into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <h2>{t!(i18n, learning.author_exercises)}</h2>
        <Show
            when=move || exercises.with(|exercises| !exercises.is_empty())
            fallback=move || view! { <p class="muted">{t!(i18n, learning.author_no_exercises)}</p> }
        >
            <ol class="understood">{rows}</ol>
        </Show>
        <Add draft place />
    }
}

#[component]
fn Row(draft: Draft, drag: Drag, place: Place, at: usize, exercise: Item, is_last: bool) -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), expect_context::<Toasts>());
    let (kind, stem) = (exercise.body.kind(), exercise.stem.clone());
    let remove = move |()| draft.change_unit(place, |unit| drop(unit.exercises.remove(at)));
    let move_to = move |to: usize| {
        draft.change_unit(place, |unit| move_within(&mut unit.exercises, at, to));
        toasts.whisper(t_string!(i18n, learning.moved_exercise, from = at + 1, to = to + 1));
    };
    let go = Callback::new(move |way: Way| {
        let to = match way {
            Way::Up => at.saturating_sub(1),
            Way::Down => at + 1,
        };
        move_to(to);
        follow(to, way);
    });
    let put = move |row: String| {
        if let Some(to) = at_row(&row) {
            move_to(to);
        }
    };
    view! {
        <li data-part=row_of(at) class:is-target=move || drag.is_target(&row_of(at))>
            <div class="row spread">
                <span><b>{move || kind_name(i18n.get_locale(), kind)}</b> " " {stem}</span>
                <div class="row">
                    <Grip row=row_of(at) drag on_drop=put />
                    {(at > 0).then(|| view! { <Step at way=Way::Up go /> })}
                    {(!is_last).then(|| view! { <Step at way=Way::Down go /> })}
                    <TryExercise at exercise=exercise.clone() />
                    <ChangeExercise draft place at exercise />
                    <Button look=Look::Quiet on_press=remove>
                        {t!(i18n, learning.author_remove)}
                        <span class="visually-hidden num">" " {at + 1}</span>
                    </Button>
                </div>
            </div>
        </li>
    }
}

/// The name of the row of an exercise.
fn row_of(at: usize) -> String {
    format!("exercise-{at}")
}

/// Which exercise a row is of.
fn at_row(row: &str) -> Option<usize> {
    row.strip_prefix("exercise-")?.parse().ok()
}

/// The button that moves an exercise one step.
#[component]
fn Step(at: usize, way: Way, go: Callback<Way>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match way {
        Way::Up => t_string!(i18n, learning.author_up),
        Way::Down => t_string!(i18n, learning.author_down),
    };
    view! {
        <button type="button" class="button quiet" id=step_id(at, way) on:click=move |_| go.run(way)>
            {words} <span class="visually-hidden num">" " {at + 1}</span>
        </button>
    }
}

fn step_id(at: usize, way: Way) -> String {
    match way {
        Way::Up => format!("exercise-{at}-up"),
        Way::Down => format!("exercise-{at}-down"),
    }
}

/// The focus goes with an exercise that moved, once the list has been drawn; at an end, to the way back.
fn follow(at: usize, way: Way) {
    let back = match way {
        Way::Up => Way::Down,
        Way::Down => Way::Up,
    };
    request_animation_frame(move || {
        let button = [way, back].into_iter().find_map(|way| document().get_element_by_id(&step_id(at, way)));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            drop(button.focus());
        }
    });
}

#[component]
fn Add(draft: Draft, place: Place) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(String::new());
    let parsed = Memo::new(move |_| text.with(|text| parse_chinese_text(text)));
    let has_text = move || text.with(|text| !text.trim().is_empty());
    let can_add = move || parsed.with(|parsed| parsed.errors.is_empty() && !parsed.items.is_empty());
    let add = move |()| {
        let ParsedItems { items, .. } = parsed.get_untracked();
        draft.change_unit(place, |unit| unit.exercises.extend(items));
        text.set(String::new());
    };
    let error = move |error: ImportError| {
        let detail = error_words(i18n.get_locale(), &error.code);
        view! { <li class="error">{t!(i18n, learning.author_line, line = error.line, detail = detail)}</li> }
    };
    view! {
        <Field
            id="exercises"
            label=Signal::derive(move || t_string!(i18n, learning.author_add_exercises).to_owned())
            hint=Signal::derive(move || t_string!(i18n, learning.author_add_hint).to_owned())
        >
            <TextArea value=text rows=8 />
        </Field>
        <Show when=has_text>
            <div role="status">
                <p>{move || t_string!(i18n, learning.author_understood, count = parsed.with(|parsed| parsed.items.len()))}</p>
                <ul>{move || parsed.get().errors.into_iter().map(error).collect_view()}</ul>
            </div>
        </Show>
        <Show when=can_add>
            <Button on_press=add>{t!(i18n, learning.author_add)}</Button>
        </Show>
    }
}

/// What could not be read, in words; the commonest by name.
fn error_words(locale: Locale, code: &str) -> &'static str {
    match code {
        "no_key" => td_string!(locale, item_bank.wrong_no_key),
        "key_out_of_range" => td_string!(locale, item_bank.wrong_key_out_of_range),
        "no_options" | "too_few_options" => td_string!(locale, item_bank.wrong_options),
        "blank_count" => td_string!(locale, item_bank.wrong_blanks),
        "pair_count" => td_string!(locale, item_bank.wrong_pair_count),
        "line_count" => td_string!(locale, item_bank.wrong_line_count),
        "row_count" => td_string!(locale, item_bank.wrong_row_count),
        "column_count" => td_string!(locale, item_bank.wrong_column_count),
        "plain_spots" => td_string!(locale, item_bank.wrong_plain_spots),
        "spot_count" => td_string!(locale, item_bank.wrong_spot_count),
        "correction_count" => td_string!(locale, item_bank.wrong_correction_count),
        "dimension_count" => td_string!(locale, item_bank.wrong_dimension_count),
        "dimension_sum" => td_string!(locale, item_bank.wrong_dimension_sum),
        "bad_length" => td_string!(locale, item_bank.wrong_length),
        "step_count" => td_string!(locale, item_bank.wrong_step_count),
        "step_sum" => td_string!(locale, item_bank.wrong_step_sum),
        "child_count" => td_string!(locale, item_bank.wrong_child_count),
        "child_sum" => td_string!(locale, item_bank.wrong_child_sum),
        "child_kind" => td_string!(locale, item_bank.wrong_child_kind),
        "child_written" => td_string!(locale, item_bank.wrong_child_written),
        "plain_words" => td_string!(locale, item_bank.wrong_words),
        "plain_stem" => td_string!(locale, item_bank.wrong_plain_stem),
        "empty_stem" => td_string!(locale, item_bank.wrong_stem),
        _ => td_string!(locale, item_bank.wrong_other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_other_lists_are_no_exercises() {
        assert_eq!(at_row(&row_of(12)), Some(12));
        for other in ["12", "0-12", "exercise-", "exercise-1-up", "00000000-0000-0000-0000-000000000012"] {
            assert_eq!(at_row(other), None, "{other}");
        }
    }
}
