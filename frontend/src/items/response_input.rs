//! The answer to one item, whatever its kind.

use super::{
    choose::{Options, Verdicts},
    cloze::Cloze,
    correct::Correct,
    hot_text::HotText,
    matrix::Matrix,
    pairs::Pairs,
    parts::Parts,
    sequence::Lines,
    write::{Blanks, LongText, Number},
};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    ui::{Button, Look},
};
use leptos::{html, prelude::*};
use shared::item_bank::{ItemKind, ItemView, Response};

/// What each kind of input knows of its item.
#[derive(Clone, Copy)]
pub(super) struct Answering {
    /// Names the inputs of the item on its page.
    pub(super) id: StoredValue<String>,
    /// The answer in force.
    pub(super) response: Signal<Option<Response>>,
    /// Takes a new answer.
    pub(super) on_change: Callback<Response>,
}

/// Asks for the answer to one item; drawn anew for another item.
///
/// It shows `response` and hands every change to `on_change`, text only once an input method has
/// composed it. Nothing chosen and nothing written is [`Response::Cleared`].
#[component]
pub fn ResponseInput(
    /// The item.
    item: ItemView,
    /// Names it on its page; the same as that of its [`super::ItemStem`].
    #[prop(into)]
    id: String,
    /// The author's indices of the options in the order shown; empty for the author's order.
    #[prop(optional)]
    order: Vec<u16>,
    /// The same for each question on a material; empty for the author's order.
    #[prop(optional)]
    part_orders: Vec<Vec<u16>>,
    /// The answer in force.
    #[prop(into)]
    response: Signal<Option<Response>>,
    /// Takes a new answer.
    #[prop(into)]
    on_change: Callback<Response>,
    /// Whether it can no longer be changed.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, is_special) = (item.kind, item.is_partial || item.wants_unit);
    let (how_id, labelled_by) = (format!("{id}-how"), format!("{id}-stem {id}-how"));
    let answering = Answering { id: StoredValue::new(id), response, on_change };
    let frame = NodeRef::<html::Fieldset>::new();
    let take_back = move |()| {
        on_change.run(Response::Cleared);
        // The button has gone; the reader stays at the item.
        if let Some(frame) = frame.get_untracked() {
            drop(frame.focus());
        }
    };
    let inputs = match kind {
        ItemKind::SingleChoice => view! { <Options answering html=item.options_html order /> }.into_any(),
        ItemKind::MultipleChoice => {
            view! { <Options answering html=item.options_html order is_many=true /> }.into_any()
        }
        ItemKind::TrueFalse => {
            let judged = Signal::derive(move || match response.get() {
                Some(Response::TrueFalse(verdict)) => Some(verdict),
                _ => None,
            });
            let judge = move |verdict: bool| on_change.run(Response::TrueFalse(verdict));
            view! { <Verdicts answering judged on_judge=judge /> }.into_any()
        }
        ItemKind::Correction => view! { <Correct answering /> }.into_any(),
        ItemKind::Calculation => view! { <Blanks answering count=item.blanks labels=item.lefts_html /> }.into_any(),
        ItemKind::FillIn => view! { <Blanks answering count=item.blanks /> }.into_any(),
        ItemKind::ShortAnswer => view! { <LongText answering /> }.into_any(),
        ItemKind::Essay => view! { <LongText answering length=item.length /> }.into_any(),
        ItemKind::Numeric => view! { <Number answering /> }.into_any(),
        ItemKind::Ordering => view! { <Lines answering lines=item.options_html order /> }.into_any(),
        ItemKind::InlineChoice => {
            let (pieces, menus, options) = (item.pieces_html, item.menus, item.options_html);
            view! { <Cloze answering pieces menus options order /> }.into_any()
        }
        ItemKind::Composite => view! { <Parts answering parts=item.parts orders=part_orders /> }.into_any(),
        ItemKind::HotText => view! { <HotText answering pieces=item.pieces_html words=item.options_html /> }.into_any(),
        ItemKind::Matrix => view! { <Matrix answering rows=item.lefts_html columns=item.options_html /> }.into_any(),
        ItemKind::Matching => {
            view! { <Pairs answering lefts=item.lefts_html rights=item.options_html order /> }.into_any()
        }
    };
    let can_take_back =
        matches!(kind, ItemKind::SingleChoice | ItemKind::TrueFalse | ItemKind::Correction | ItemKind::Matrix);
    let is_answered = move || response.with(|response| !matches!(response, None | Some(Response::Cleared)));
    let is_absent = move || disabled.get() || !is_answered();
    view! {
        <fieldset node_ref=frame class="answer" tabindex="-1" aria-labelledby=labelled_by disabled=move || disabled.get()>
            <legend class="small muted" id=how_id>{move || how_to_answer(i18n.get_locale(), kind, is_special)}</legend>
            {inputs}
            {can_take_back.then(|| view! {
                <p class="take-back" class:is-absent=is_absent>
                    <Button look=Look::Quiet on_press=take_back>{t!(i18n, items.take_back)}</Button>
                </p>
            })}
        </fieldset>
    }
}

/// The kind of item and what to do, in a few words; `is_special` if it asks for a unit, or gives points for a part.
fn how_to_answer(locale: Locale, kind: ItemKind, is_special: bool) -> &'static str {
    match kind {
        ItemKind::SingleChoice => td_string!(locale, items.how_single),
        ItemKind::MultipleChoice if is_special => td_string!(locale, items.how_multiple_partial),
        ItemKind::MultipleChoice => td_string!(locale, items.how_multiple),
        ItemKind::TrueFalse => td_string!(locale, items.how_true_false),
        ItemKind::Correction => td_string!(locale, items.how_correction),
        ItemKind::FillIn => td_string!(locale, items.how_fill_in),
        ItemKind::ShortAnswer => td_string!(locale, items.how_short_answer),
        ItemKind::Essay => td_string!(locale, items.how_essay),
        ItemKind::Numeric if is_special => td_string!(locale, items.how_numeric_unit),
        ItemKind::Numeric => td_string!(locale, items.how_numeric),
        ItemKind::Calculation if is_special => td_string!(locale, items.how_calculation_unit),
        ItemKind::Calculation => td_string!(locale, items.how_calculation),
        ItemKind::Matching => td_string!(locale, items.how_matching),
        ItemKind::Ordering => td_string!(locale, items.how_ordering),
        ItemKind::InlineChoice => td_string!(locale, items.how_inline_choice),
        ItemKind::Matrix => td_string!(locale, items.how_matrix),
        ItemKind::Composite => td_string!(locale, items.how_composite),
        ItemKind::HotText if is_special => td_string!(locale, items.how_hot_text_partial),
        ItemKind::HotText => td_string!(locale, items.how_hot_text),
    }
}
