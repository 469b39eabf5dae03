//! Statements that are judged, and put right where they are wrong.

use super::{choose::Verdicts, response_input::Answering, write::Line};
use crate::i18n::{t, use_i18n};
use leptos::prelude::*;
use shared::item_bank::{Judgement, Response};

/// The two verdicts, and below them a line for what is right, once the statement is called wrong.
#[component]
pub(super) fn Correct(
    /// The item.
    answering: Answering,
) -> impl IntoView {
    let i18n = use_i18n();
    let given = Memo::new(move |_| answering.response.with(|response| given(response.as_ref())));
    let judged = Signal::derive(move || given.with(|given| given.as_ref().map(|given| given.is_right)));
    let judge = move |is_right: bool| {
        answering.on_change.run(Response::Judged(Judgement { is_right, correction: String::new() }));
    };
    let text = Signal::derive(move || {
        given.with(|given| given.as_ref().map_or_else(String::new, |given| given.correction.clone()))
    });
    let write = move |correction: String| {
        answering.on_change.run(Response::Judged(Judgement { is_right: false, correction }));
    };
    view! {
        <Verdicts answering judged on_judge=judge />
        <Show when=move || judged.get() == Some(false)>
            <label class="blank correction">
                <span>{t!(i18n, items.correction)}</span>
                <Line text on_write=write />
            </label>
        </Show>
    }
}

/// What was said of the statement.
fn given(response: Option<&Response>) -> Option<Judgement> {
    match response {
        Some(Response::Judged(given)) => Some(given.clone()),
        _ => None,
    }
}
