//! The recheck of one of the learner's results: asked for in two taps, and what came of it.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{Button, ConfirmDialog, DeedFailure, Notice, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::SittingId,
    results::{MyRecheck, RecheckState},
    time::Timestamp,
};

/// Until when it may be asked for, or what came of it; nothing when the days are over.
#[component]
pub(super) fn MyRecheckPart(
    /// What the learner is told.
    recheck: MyRecheck,
    /// The course, for those who do not see where the button stands.
    course: String,
    /// Fetches it again.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let MyRecheck { sitting_id, ask_until, state, asked_at, answer_until, reason, score_before } = recheck;
    let ask = ask_until.map(|until| view! { <Ask sitting_id until course again /> });
    let open = asked_at.zip(answer_until).map(|(asked, until)| {
        let asked = move || when::date_time(i18n.get_locale(), asked);
        let until = move || when::date_time(i18n.get_locale(), until);
        view! { <Notice tone=Tone::Wait>{t!(i18n, results.recheck_open, asked = asked, until = until)}</Notice> }
    });
    let reason = reason.unwrap_or_default();
    let settled = match state {
        Some(RecheckState::Unchanged) => Some(
            view! { <Notice tone=Tone::Ok>{t!(i18n, results.recheck_unchanged, reason = reason)}</Notice> }.into_any(),
        ),
        Some(RecheckState::Corrected) => {
            let before = score_before.unwrap_or_default().to_string();
            let said =
                move || t_string!(i18n, results.recheck_corrected, before = before.clone(), reason = reason.clone());
            Some(view! { <Notice tone=Tone::Wait>{said}</Notice> }.into_any())
        }
        Some(RecheckState::Asked | RecheckState::Proposed) | None => None,
    };
    view! {
        {ask}
        {open}
        {settled}
    }
}

#[component]
fn Ask(sitting_id: SittingId, until: Timestamp, course: String, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let until = move || when::date_time(i18n.get_locale(), until);
    let ask = move |()| {
        let said = t_string!(i18n, results.recheck_asked);
        let path = format!("/me/results/{sitting_id}/recheck");
        let asking = async move { client::post::<_, Vec<MyRecheck>>(actor, &path, &serde_json::json!({})).await };
        deed.run(asking, move |_| {
            toasts.done(said);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    view! {
        <p class="muted small">{t!(i18n, results.recheck_until, until = until)}</p>
        <DeedFailure deed />
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {t!(i18n, results.recheck_ask)}
                <span class="visually-hidden">" " {course}</span>
            </Button>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, results.recheck_title))
            text=words(|locale| td_string!(locale, results.recheck_about))
            confirm=words(|locale| td_string!(locale, results.recheck_ask))
            on_confirm=ask
        />
    }
}
