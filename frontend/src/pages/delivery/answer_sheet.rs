//! The answer sheet (答题卡): every item at a glance, and the way to hand in.

use super::{driver::ItemMark, hand_in::HandIn, item::mark_name, player::Exam};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Icon, Symbol, Tag, Tone},
};
use leptos::prelude::*;
use shared::ids::ItemId;

/// Shows the sheet beside or below the item.
#[component]
pub(super) fn AnswerSheet(
    /// The sitting.
    exam: Exam,
) -> impl IntoView {
    let i18n = use_i18n();
    let items: Vec<ItemId> = exam.driver().items().iter().map(|item| item.id).collect();
    let count = items.len();
    let answered = Memo::new(move |_| exam.driver().player(|player| player.answers().answered()));
    let number = move |(place, item_id)| view! { <Number exam place item_id /> };
    view! {
        <aside class="card stack answer-sheet" aria-labelledby="answer-sheet">
            <div class="row spread">
                <h2 id="answer-sheet">{t!(i18n, delivery.sheet)}</h2>
                <span class="muted small num">
                    {t!(i18n, delivery.answered_of, answered = move || answered.get(), count = count)}
                </span>
            </div>
            <nav aria-label=move || t_string!(i18n, delivery.numbers)>
                <ol class="numbers">{items.into_iter().enumerate().map(number).collect_view()}</ol>
            </nav>
            <p class="row tight">
                <Tag tone=Tone::Ok>{t!(i18n, delivery.mark_saved)}</Tag>
                <Tag tone=Tone::Wait>{t!(i18n, delivery.mark_on_device)}</Tag>
            </p>
            <HandIn exam />
        </aside>
    }
}

/// The number of one item; a press goes there.
#[component]
fn Number(exam: Exam, place: usize, item_id: ItemId) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Memo::new(move |_| exam.driver().mark(item_id));
    let is_flagged = Memo::new(move |_| exam.driver().player(|player| player.is_flagged(item_id)));
    let is_current = Memo::new(move |_| exam.current() == place);
    let is_closed = Memo::new(move |_| exam.driver().is_closed(item_id));
    let label = move || {
        let locale = i18n.get_locale();
        let flag = if is_flagged.get() { td_string!(locale, delivery.flagged) } else { "" };
        let closed = if is_closed.get() { td_string!(locale, delivery.part_is_closed) } else { "" };
        let flag = format!("{flag}{closed}");
        td_string!(locale, delivery.number_label, number = place + 1, mark = mark_name(locale, mark.get()), flag = flag)
    };
    view! {
        <li>
            <button
                type="button"
                class="number num"
                class:is-saved=move || mark.get() == ItemMark::Saved
                class:is-local=move || matches!(mark.get(), ItemMark::OnDevice | ItemMark::Saving)
                disabled=move || is_closed.get()
                aria-current=move || is_current.get().then_some("true")
                aria-label=label
                on:click=move |_| exam.driver().go_to(place)
            >
                {place + 1}
                <Show when=move || is_flagged.get()><Icon symbol=Symbol::Flag /></Show>
            </button>
        </li>
    }
}
