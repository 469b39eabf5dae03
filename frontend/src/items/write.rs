//! Answers that are written. What an input method is still composing is no answer yet.

use super::response_input::Answering;
use crate::i18n::{Locale, t, td_string, use_i18n};
use leptos::prelude::*;
use shared::item_bank::{EssayLength, Response, essay_length};

/// One input a blank.
#[component]
pub(super) fn Blanks(
    /// The item.
    answering: Answering,
    /// How many blanks there are.
    count: u16,
    /// What belongs in each, as HTML; they are numbered where nobody says.
    #[prop(optional)]
    labels: Vec<String>,
) -> impl IntoView {
    let count = usize::from(count);
    let mut labels = labels.into_iter();
    let blank = move |blank: usize| {
        let label = labels.next();
        view! { <Blank answering blank count label /> }
    };
    view! { <div class="blanks">{(0..count).map(blank).collect_view()}</div> }
}

/// One blank.
#[component]
fn Blank(answering: Answering, blank: usize, count: usize, label: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let text =
        Memo::new(move |_| answering.response.with(|response| texts(response.as_ref(), count).swap_remove(blank)));
    let write = move |text: String| {
        let mut texts = answering.response.with_untracked(|response| texts(response.as_ref(), count));
        texts[blank] = text;
        let is_empty = texts.iter().all(|text| text.trim().is_empty());
        answering.on_change.run(if is_empty { Response::Cleared } else { Response::Blanks(texts) });
    };
    view! {
        <label class="blank">
            {match label {
                Some(html) => view! { <span class="prose" inner_html=html></span> }.into_any(),
                None => view! { <span>{t!(i18n, items.blank, number = blank + 1)}</span> }.into_any(),
            }}
            <Line text on_write=write />
        </label>
    }
}

/// One line to write on.
#[component]
pub(super) fn Line(
    /// What stands there.
    #[prop(into)]
    text: Signal<String>,
    /// Takes what stands there now.
    #[prop(into)]
    on_write: Callback<String>,
) -> impl IntoView {
    let is_composing = StoredValue::new(false);
    view! {
        <input
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || text.get()
            on:compositionstart=move |_| is_composing.set_value(true)
            on:compositionend:target=move |event| {
                is_composing.set_value(false);
                on_write.run(event.target().value());
            }
            on:input:target=move |event| {
                if !is_composing.get_value() {
                    on_write.run(event.target().value());
                }
            }
        />
    }
}

/// A number on one line, with its unit where one is wanted.
#[component]
pub(super) fn Number(
    /// The item.
    answering: Answering,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = written(answering);
    let write = move |text: String| write_text(answering, text);
    view! {
        <label class="blank">
            <span>{t!(i18n, items.your_answer)}</span>
            <Line text on_write=write />
        </label>
    }
}

/// A free text, with how long it is: by its characters, or by what an essay is measured by.
#[component]
pub(super) fn LongText(
    /// The item.
    answering: Answering,
    /// How long an essay should be.
    #[prop(optional)]
    length: Option<EssayLength>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_composing = StoredValue::new(false);
    let text = written(answering);
    let characters = Memo::new(move |_| {
        text.with(|text| match length {
            Some(_) => essay_length(text),
            None => text.chars().filter(|letter| !letter.is_whitespace()).count(),
        })
    });
    let (rows, bounds) = (if length.is_some() { "14" } else { "6" }, length);
    let write = move |text: String| write_text(answering, text);
    view! {
        <label class="essay">
            <span>{t!(i18n, items.your_answer)}</span>
            <textarea
                rows=rows
                prop:value=text
                on:compositionstart=move |_| is_composing.set_value(true)
                on:compositionend:target=move |event| {
                    is_composing.set_value(false);
                    write(event.target().value());
                }
                on:input:target=move |event| {
                    if !is_composing.get_value() {
                        write(event.target().value());
                    }
                }
            ></textarea>
        </label>
        <p class="small muted num">
            {t!(i18n, items.characters, count = move || characters.get())}
            {bounds.map(|bounds| move || bounds_text(i18n.get_locale(), bounds, characters.get()))}
        </p>
    }
}

/// How long an essay should be, and how far it is from that, behind a dot; empty where nobody says how long.
pub(crate) fn bounds_text(locale: Locale, bounds: EssayLength, count: usize) -> String {
    let (least, most) = (bounds.least.map(usize::from), bounds.most.map(usize::from));
    let wanted = match (least, most) {
        (Some(least), Some(most)) => td_string!(locale, items.length_between, least = least, most = most),
        (Some(least), None) => td_string!(locale, items.length_least, least = least),
        (None, Some(most)) => td_string!(locale, items.length_most, most = most),
        (None, None) => String::new(),
    };
    let under = least.and_then(|least| least.checked_sub(count)).filter(|under| *under > 0);
    let over = most.and_then(|most| count.checked_sub(most)).filter(|over| *over > 0);
    let away = match (under, over) {
        (Some(under), _) => td_string!(locale, items.length_under, count = under),
        (None, Some(over)) => td_string!(locale, items.length_over, count = over),
        (None, None) => String::new(),
    };
    [wanted, away].into_iter().filter(|part| !part.is_empty()).map(|part| format!(" · {part}")).collect()
}

/// The text of the answer in force.
fn written(answering: Answering) -> Memo<String> {
    Memo::new(move |_| match answering.response.get() {
        Some(Response::Text(text)) => text,
        _ => String::new(),
    })
}

fn write_text(answering: Answering, text: String) {
    let is_empty = text.trim().is_empty();
    answering.on_change.run(if is_empty { Response::Cleared } else { Response::Text(text) });
}

/// One text a blank.
fn texts(response: Option<&Response>, count: usize) -> Vec<String> {
    let mut texts = match response {
        Some(Response::Blanks(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    texts.resize(count, String::new());
    texts
}
