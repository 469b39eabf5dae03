//! Lines to be put in order, by buttons or by choosing a place; the focus goes with the line.

use super::{places::words_of, response_input::Answering};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Look},
};
use leptos::{prelude::*, wasm_bindgen::JsCast};
use shared::item_bank::Response;

/// The control of a line by which it was moved.
#[derive(Clone, Copy)]
enum By {
    Up,
    Down,
    Place,
}

impl By {
    const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Place => "place",
        }
    }
}

/// What each line knows of all.
#[derive(Clone, Copy)]
struct Sequence {
    answering: Answering,
    /// The lines as HTML, as they are kept.
    lines: StoredValue<Vec<String>>,
    /// Their indices in the order shown.
    order: Memo<Vec<u16>>,
    /// Where the line that was moved last stands now.
    moved_to: RwSignal<Option<usize>>,
}

impl Sequence {
    fn count(self) -> usize {
        self.lines.with_value(Vec::len)
    }

    /// The line at a place as HTML.
    fn html(self, place: usize) -> String {
        let index = self.order.with(|order| order.get(place).copied());
        let line = |lines: &Vec<String>| index.and_then(|index| lines.get(usize::from(index)).cloned());
        self.lines.with_value(line).unwrap_or_default()
    }

    fn id(self, by: By, place: usize) -> String {
        format!("{}-{}-{}", self.answering.id.get_value(), by.name(), place + 1)
    }

    fn move_line(self, from: usize, to: usize, by: By) {
        let order = self.order.get_untracked();
        if from.max(to) >= order.len() {
            return;
        }
        self.answering.on_change.run(Response::Ordered(moved(&order, from, to)));
        self.moved_to.set(Some(to));
        // At either end one of the buttons is asleep.
        let by = match by {
            By::Up if to == 0 => By::Down,
            By::Down if to + 1 == order.len() => By::Up,
            by => by,
        };
        focus(self.id(by, to));
    }
}

/// All lines, each with its buttons.
#[component]
pub(super) fn Lines(
    /// The item.
    answering: Answering,
    /// The lines as HTML, as they are kept.
    lines: Vec<String>,
    /// Their indices in the order first shown; empty for the order in which they are kept.
    order: Vec<u16>,
) -> impl IntoView {
    let i18n = use_i18n();
    let first: Vec<u16> = if order.is_empty() { (0..).take(lines.len()).collect() } else { order };
    let order = Memo::new(move |_| {
        answering.response.with(|response| given(response.as_ref(), &first).unwrap_or_else(|| first.clone()))
    });
    let sequence = Sequence { answering, lines: StoredValue::new(lines), order, moved_to: RwSignal::new(None) };
    let is_unanswered =
        Memo::new(move |_| answering.response.with(|response| !matches!(response, Some(Response::Ordered(_)))));
    let keep = move |()| {
        answering.on_change.run(Response::Ordered(order.get_untracked()));
        focus(sequence.id(By::Down, 0));
    };
    let said = move || {
        let Some(place) = sequence.moved_to.get() else { return String::new() };
        let line = words_of(&sequence.html(place));
        t_string!(i18n, items.moved_to, line = line, place = place + 1)
    };
    view! {
        <ol class="sequence">
            {(0..sequence.count()).map(|place| view! { <Line sequence place /> }).collect_view()}
        </ol>
        <Show when=move || is_unanswered.get()>
            <Button look=Look::Quiet on_press=keep>{t!(i18n, items.keep_order)}</Button>
        </Show>
        <p class="visually-hidden" role="status">{said}</p>
    }
}

/// The line at a place.
#[component]
fn Line(sequence: Sequence, place: usize) -> impl IntoView {
    let i18n = use_i18n();
    let count = sequence.count();
    let text_id = format!("{}-line-{}", sequence.answering.id.get_value(), place + 1);
    let [up_id, down_id, place_id] = [By::Up, By::Down, By::Place].map(|by| sequence.id(by, place));
    let named = |id: &str| format!("{id} {text_id}");
    let [up_by, down_by] = [named(&up_id), named(&down_id)];
    let (is_first, is_last) = (place == 0, place + 1 == count);
    let places = (0..count).map(|other| {
        let is_here = other == place;
        let words = move || t_string!(i18n, items.place, place = other + 1);
        view! { <option value=other.to_string() selected=is_here>{words}</option> }
    });
    view! {
        <li class="line">
            <span class="prose" id=text_id.clone() inner_html=move || sequence.html(place)></span>
            <span class="moving">
                <select
                    id=place_id
                    aria-labelledby=text_id
                    on:change:target=move |event| {
                        let to = event.target().value().parse::<usize>().unwrap_or(place);
                        event.target().set_value(&place.to_string());
                        sequence.move_line(place, to, By::Place);
                    }
                >
                    {places.collect_view()}
                </select>
                <button
                    type="button"
                    class="button"
                    id=up_id
                    aria-labelledby=up_by
                    disabled=is_first
                    on:click=move |_| sequence.move_line(place, place.saturating_sub(1), By::Up)
                >
                    {t!(i18n, items.up)}
                </button>
                <button
                    type="button"
                    class="button"
                    id=down_id
                    aria-labelledby=down_by
                    disabled=is_last
                    on:click=move |_| sequence.move_line(place, place + 1, By::Down)
                >
                    {t!(i18n, items.down)}
                </button>
            </span>
        </li>
    }
}

/// The order that was answered, if it is one of these lines.
fn given(response: Option<&Response>, lines: &[u16]) -> Option<Vec<u16>> {
    let Some(Response::Ordered(given)) = response else { return None };
    let is_whole = given.len() == lines.len() && lines.iter().all(|index| given.contains(index));
    is_whole.then(|| given.clone())
}

/// The order after the line at one place has gone to another.
fn moved(order: &[u16], from: usize, to: usize) -> Vec<u16> {
    let mut order = order.to_vec();
    let line = order.remove(from);
    order.insert(to, line);
    order
}

fn focus(id: String) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = found {
            drop(element.focus());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_to_its_place_and_the_others_make_room() {
        assert_eq!(moved(&[2, 0, 1], 0, 1), [0, 2, 1]);
        assert_eq!(moved(&[2, 0, 1], 2, 0), [1, 2, 0]);
        assert_eq!(moved(&[2, 0, 1], 1, 1), [2, 0, 1]);
    }

    #[test]
    fn an_order_of_other_lines_is_none() {
        let answered = |order: &[u16]| given(Some(&Response::Ordered(order.to_vec())), &[0, 1, 2]);
        assert_eq!(answered(&[2, 0, 1]), Some(vec![2, 0, 1]));
        assert_eq!(answered(&[2, 0]), None);
        assert_eq!(answered(&[2, 0, 0]), None);
        assert_eq!(given(None, &[0, 1, 2]), None);
    }
}
