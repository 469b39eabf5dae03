//! 交卷: look once more at what has no answer, then hand in for good.

use super::player::Exam;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Dialog, Look},
};
use leptos::prelude::*;
use shared::{delivery::PlayerState, ids::ItemId, sittings::hands_in_from};

/// The button, and what it asks.
#[component]
pub(super) fn HandIn(
    /// The sitting.
    exam: Exam,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let ask = move |()| {
        exam.driver().finish_draft();
        is_open.set(true);
    };
    let is_busy = Signal::derive(move || !exam.is_working());
    view! {
        <Button is_wide=true is_busy on_press=ask>{t!(i18n, delivery.check_and_submit)}</Button>
        <Dialog is_open title=Signal::derive(move || t_string!(i18n, delivery.submit_title).to_owned())>
            <Check exam is_open />
        </Dialog>
    }
}

#[component]
fn Check(exam: Exam, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let unanswered = Memo::new(move |_| {
        places(exam, |exam, id| exam.driver().player(|player| player.answers().response(id).is_none()))
    });
    let flagged = Memo::new(move |_| places(exam, |exam, id| exam.driver().player(|player| player.is_flagged(id))));
    let unsent = Memo::new(move |_| exam.driver().unsent());
    let submit = move |()| {
        is_open.set(false);
        exam.driver().submit();
    };
    let is_early = Memo::new(move |_| is_early(exam));
    let from = move || {
        let driver = exam.driver();
        let deadline = driver.player(PlayerState::deadline);
        let at = hands_in_from(deadline, driver.view(|view| view.leave_before_end_min)).unwrap_or(deadline).in_china();
        t_string!(i18n, delivery.hand_in_from, time = format!("{:02}:{:02}", at.hour(), at.minute()))
    };
    view! {
        <Show
            when=move || unanswered.with(|places| !places.is_empty())
            fallback=move || view! { <p>{t!(i18n, delivery.all_answered)}</p> }
        >
            <p>{t!(i18n, delivery.unanswered, count = move || unanswered.with(Vec::len))}</p>
            <Places exam is_open places=unanswered />
        </Show>
        <Show when=move || flagged.with(|places| !places.is_empty())>
            <p>{t!(i18n, delivery.still_flagged, count = move || flagged.with(Vec::len))}</p>
            <Places exam is_open places=flagged />
        </Show>
        <Show when=move || { unsent.get() > 0 }>
            <p class="notice wait">{t!(i18n, delivery.sent_first, count = move || unsent.get())}</p>
        </Show>
        <Show
            when=move || is_early.get()
            fallback=move || view! { <p>{t!(i18n, delivery.submit_text)}</p> }
        >
            <p class="notice wait">{from}</p>
        </Show>
        <div class="row">
            <Show when=move || !is_early.get()>
                <Button look=Look::Primary on_press=submit>{t!(i18n, delivery.submit)}</Button>
            </Show>
            <Button on_press=move |()| is_open.set(false)>{t!(i18n, delivery.go_on)}</Button>
        </div>
    }
}

/// Whether it is sooner than the test allows. The server says the same, but by then nothing could be changed any more.
fn is_early(exam: Exam) -> bool {
    let driver = exam.driver();
    let leave_before_end_min = driver.view(|view| view.leave_before_end_min);
    leave_before_end_min.is_some_and(|minutes| driver.left_s() > i64::from(minutes) * 60)
}

/// Places of the items that are so.
fn places(exam: Exam, is_so: fn(Exam, ItemId) -> bool) -> Vec<usize> {
    let driver = exam.driver();
    driver.items().iter().enumerate().filter(|(_, item)| is_so(exam, item.id)).map(|(place, _)| place).collect()
}

/// Ways to some items.
#[component]
fn Places(exam: Exam, is_open: RwSignal<bool>, places: Memo<Vec<usize>>) -> impl IntoView {
    let i18n = use_i18n();
    let way = move |place: usize| {
        let go = move |_| {
            is_open.set(false);
            exam.driver().go_to(place);
        };
        let label = move || t_string!(i18n, delivery.go_to_item, number = place + 1);
        let item_id = exam.driver().items().get(place).map(|item| item.id);
        let is_closed = Memo::new(move |_| item_id.is_some_and(|id| exam.driver().is_closed(id)));
        view! {
            <li>
                <button
                    type="button"
                    class="number num"
                    disabled=move || is_closed.get()
                    aria-label=label
                    on:click=go
                >
                    {place + 1}
                </button>
            </li>
        }
    };
    view! { <ol class="numbers">{move || places.get().into_iter().map(way).collect_view()}</ol> }
}
