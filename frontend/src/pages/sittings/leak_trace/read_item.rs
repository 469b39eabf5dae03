//! What a photo shows of one item: its options are tapped in the order seen, from the top.

use super::number_of;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, people::checked::GroupError},
    ui::{Button, Field, Look, TextInput, focus_first_wrong},
};
use leptos::prelude::*;
use shared::{
    problem::FieldError,
    sittings::{LeakReading, TraceItem, check_readings},
};

/// What is being read of an item.
#[derive(Clone, Copy)]
struct Draft {
    paper_number: u16,
    /// Which of the questions on its material.
    part: Option<u16>,
    /// The number in the photo, as it is typed.
    shown: RwSignal<String>,
    /// The options seen so far, from the top.
    seen: RwSignal<Vec<Option<u16>>>,
    faults: RwSignal<Vec<FieldError>>,
}

impl Draft {
    fn of(item: &TraceItem) -> Self {
        let (shown, seen) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
        Self { paper_number: item.paper_number, part: item.part, shown, seen, faults: RwSignal::new(Vec::new()) }
    }

    fn reading(self) -> LeakReading {
        let shown = self.shown.get_untracked();
        // What is no number is out of range, as 0 is.
        let shown_number = Some(shown.trim()).filter(|text| !text.is_empty());
        let shown_number = shown_number.map(|text| text.parse().unwrap_or_default());
        let (paper_number, part) = (self.paper_number, self.part);
        LeakReading { paper_number, part, shown_number, options: self.seen.get_untracked() }
    }

    /// Puts it among the readings, in the place of an earlier one of the same item; whether it can be read so.
    fn enter(self, items: &[TraceItem], readings: RwSignal<Vec<LeakReading>>) -> bool {
        let mut all = readings.get_untracked();
        all.retain(|other| (other.paper_number, other.part) != (self.paper_number, self.part));
        all.push(self.reading());
        match check_readings(&all, items) {
            Ok(_) => {
                readings.set(all);
                true
            }
            Err(faults) => {
                self.faults.set(faults);
                false
            }
        }
    }

    /// The code of what is wrong with a field.
    fn fault(self, field: &'static str) -> Option<String> {
        let is_of_field = |fault: &&FieldError| fault.pointer.ends_with(field);
        self.faults.with(|faults| faults.iter().find(is_of_field).map(|fault| fault.code.clone()))
    }
}

/// Enters what is read of one item.
#[component]
pub(super) fn ReadItem(
    /// The item.
    item: TraceItem,
    /// All items of the paper.
    items: StoredValue<Vec<TraceItem>>,
    /// What was read before.
    readings: RwSignal<Vec<LeakReading>>,
    /// Happens when it is entered.
    done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::of(&item);
    let wrong_number = Signal::derive(move || match draft.fault("/shown_number").as_deref() {
        None => String::new(),
        Some("duplicate") => t_string!(i18n, sittings.trace_number_twice).to_owned(),
        Some(_) => t_string!(i18n, sittings.trace_number_wrong).to_owned(),
    });
    let unread = Signal::derive(move || match draft.fault("/options") {
        None => String::new(),
        Some(_) => t_string!(i18n, sittings.trace_unread).to_owned(),
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if items.with_value(|items| draft.enter(items, readings)) {
            done.run(());
        } else {
            focus_first_wrong();
        }
    };
    let TraceItem { paper_number, part, stem_html, options_html, .. } = item;
    let name = move || t_string!(i18n, sittings.trace_item_form, number = number_of(paper_number, part));
    view! {
        <form class="stack" novalidate aria-label=name on:submit=submit>
            <div class="prose" inner_html=stem_html></div>
            // A question on a material has no number of its own there.
            {part.is_none().then(|| view! {
                <Field
                    id="shown_number"
                    label=words(|locale| td_string!(locale, sittings.trace_shown))
                    hint=words(|locale| td_string!(locale, sittings.trace_shown_hint))
                    error=wrong_number
                >
                    <TextInput value=draft.shown keyboard="numeric" />
                </Field>
            })}
            {(!options_html.is_empty()).then(|| view! { <SeenOptions draft options=options_html /> })}
            <GroupError text=unread />
            <div class="row">
                <Button look=Look::Primary is_submit=true>{t!(i18n, sittings.trace_add)}</Button>
            </div>
        </form>
    }
}

/// The options to tap, in the author's order; each says at which place it was seen.
#[component]
fn SeenOptions(draft: Draft, options: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (seen, count) = (draft.seen, options.len());
    let see = move |read: Option<u16>| {
        seen.update(|seen| {
            let is_new = read.is_none() || !seen.contains(&read);
            if is_new && seen.len() < count {
                seen.push(read);
            }
        });
    };
    let option = move |(index, html): (u16, String)| {
        let place = Memo::new(move |_| seen.with(|seen| seen.iter().position(|read| *read == Some(index))));
        let number = move || place.get().map(|place| (place + 1).to_string()).unwrap_or_default();
        view! {
            <button
                type="button"
                class="option"
                aria-pressed=move || place.get().is_some().to_string()
                on:click=move |_| see(Some(index))
            >
                <b class="letter">{number}</b>
                " "
                <span class="prose" inner_html=html></span>
            </button>
        }
    };
    let tapped = move || t_string!(i18n, sittings.trace_tapped, done = seen.with(Vec::len), count = count);
    view! {
        <fieldset class="answer">
            <legend>{t!(i18n, sittings.trace_options)}</legend>
            <div class="options">{(0..).zip(options).map(option).collect_view()}</div>
        </fieldset>
        <p role="status" class="muted">{tapped}</p>
        <div class="row">
            <Button on_press=move |()| see(None)>{t!(i18n, sittings.trace_unreadable)}</Button>
            <Button look=Look::Quiet on_press=move |()| seen.set(Vec::new())>{t!(i18n, sittings.trace_again)}</Button>
        </div>
    }
}
