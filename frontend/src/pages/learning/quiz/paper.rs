//! The paper of a quiz: what is asked, and the way to hand in.

use super::draft::Draft;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    items::{ItemStem, ResponseInput},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        keep,
    },
    ui::{Button, ConfirmDialog, DeedFailure, Look, Notice, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    item_bank::{ItemView, Response},
    learning::MyQuizSheet,
};

/// What is asked, item by item.
#[component]
pub(super) fn Paper(
    /// The quiz; what is known of it after the hand-in.
    shown: RwSignal<MyQuizSheet>,
    /// Whether the paper is shown.
    is_doing: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let draft = shown.with_untracked(|sheet| Draft::kept(actor, sheet));
    let items = shown.with_untracked(|sheet| sheet.items.clone());
    let all = items.len();
    let asked = items.into_iter().enumerate().map(|(at, item)| view! { <Asked draft at item /> }).collect_view();
    view! {
        <p class="muted small">{t!(i18n, learning.quiz_kept)}</p>
        {asked}
        <HandIn draft all shown is_doing />
    }
}

#[component]
fn Asked(draft: Draft, at: usize, item: ItemView) -> impl IntoView {
    let i18n = use_i18n();
    let id = format!("quiz-{at}");
    let (stem_id, html) = (id.clone(), item.stem_html.clone());
    let response = Signal::derive(move || draft.answer(at));
    let answer = move |response: Response| draft.set(at, response);
    view! {
        <section class="card stack" aria-label=move || t_string!(i18n, learning.quiz_item, number = at + 1)>
            <p class="small num" aria-hidden="true">{t!(i18n, learning.quiz_item, number = at + 1)}</p>
            <ItemStem id=stem_id html />
            <ResponseInput item id response on_change=answer />
        </section>
    }
}

/// How much is answered, and the button; it asks before it hands in.
#[component]
fn HandIn(draft: Draft, all: usize, shown: RwSignal<MyQuizSheet>, is_doing: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (is_asking, is_nothing) = (RwSignal::new(false), RwSignal::new(false));
    let press = move |()| {
        let has_any = untrack(|| draft.done()) > 0;
        is_nothing.set(!has_any);
        is_asking.set(has_any);
    };
    let hand_in = move |()| {
        let path = format!("/me/quizzes/{}/attempts", shown.with_untracked(|sheet| sheet.quiz.id));
        let ((key, attempt), name) = (draft.attempt(), draft.name());
        let handing_in = async move {
            let taken: Outcome<MyQuizSheet> = client::create(actor, &path, &key, &attempt).await;
            if taken.is_ok() {
                keep::set(&name, None);
            }
            taken
        };
        deed.run(handing_in, move |sheet: MyQuizSheet| {
            shown.set(sheet);
            is_doing.set(false);
            focus_on("h1");
        });
    };
    let question = move || match all.saturating_sub(draft.done()) {
        0 => t_string!(i18n, learning.quiz_hand_in_sure).to_owned(),
        open => t_string!(i18n, learning.quiz_hand_in_open, count = open),
    };
    view! {
        <p class="num" role="status">
            {move || t_string!(i18n, learning.quiz_answered, done = draft.done(), all = all)}
        </p>
        <div aria-live="polite">
            <Show when=move || is_nothing.get() && draft.done() == 0>
                <Notice tone=Tone::Wait>{t!(i18n, learning.quiz_nothing)}</Notice>
            </Show>
        </div>
        <DeedFailure deed />
        <div>
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=press>{t!(i18n, learning.quiz_hand_in)}</Button>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, learning.quiz_hand_in))
            text=Signal::derive(question)
            confirm=words(|locale| td_string!(locale, learning.quiz_hand_in))
            on_confirm=hand_in
        />
    }
}
