//! A test is put off to a later moment, for a reason that its candidates read.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client, when},
    ui::{Button, Dialog, Field, Notice, TextInput, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    people::check_reason,
    problem::FieldError,
    sittings::{ExamSessionView, PostponeExamSession, Postponed},
};

/// The button, with the dialog that asks for the new time and the reason.
#[component]
pub(super) fn Postpone(
    /// The exam session, as it was fetched last.
    exam_session: Signal<ExamSessionView>,
    /// Fetches it again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button on_press=move |()| is_open.set(true)>{t!(i18n, sittings.do_postpone)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, sittings.do_postpone))>
            <PostponeForm exam_session is_open reload />
        </Dialog>
    }
}

#[component]
fn PostponeForm(exam_session: Signal<ExamSessionView>, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let starts_at = RwSignal::new(exam_session.with_untracked(|shown| when::to_input(shown.starts_at)));
    let reason = RwSignal::new(String::new());
    let stated = move || {
        Some(PostponeExamSession { starts_at: starts_at.with(|typed| when::from_input(typed))?, reason: reason.get() })
    };
    let checked = Checked::new(move || {
        let unread = stated().is_none().then(|| FieldError::new("/starts_at", "required"));
        unread.into_iter().chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(stated) else { return };
        let (id, version) = exam_session.with_untracked(|shown| (shown.id, format!("\"{}\"", shown.version)));
        let said = t_string!(i18n, sittings.done_postpone).to_owned();
        let path = format!("/exam_sessions/{id}/postpone");
        let postponing = async move { client::post_over(actor, &path, &version, &stated).await };
        checked.deed.run(postponing, move |_: ExamSessionView| {
            is_open.set(false);
            toasts.done(said);
            // What the page shows of the test is drawn anew, and the focus must not be lost.
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, sittings.about_postpone)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, sittings.do_postpone)) send>
            <Field
                id="postpone_to"
                label=words(|locale| td_string!(locale, sittings.postpone_to))
                error=checked.error("/starts_at")
            >
                <TextInput value=starts_at kind="datetime-local" />
            </Field>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

/// When a test was to begin before it was put off last, and why it was.
#[component]
pub(super) fn PutOff(
    /// What is told of it.
    postponed: Postponed,
) -> impl IntoView {
    let i18n = use_i18n();
    let Postponed { was_at, because } = postponed;
    let words = move || {
        let locale = i18n.get_locale();
        let was = when::date_time(locale, was_at);
        td_string!(locale, sittings.postponed_because, was = was, reason = because.clone())
    };
    view! { <Notice tone=Tone::Wait>{words}</Notice> }
}

/// The same, to who is registered for it.
#[component]
pub(super) fn MyPutOff(
    /// What is told of it.
    postponed: Postponed,
) -> impl IntoView {
    let i18n = use_i18n();
    let Postponed { was_at, because } = postponed;
    let words = move || {
        let locale = i18n.get_locale();
        let was = when::date_time(locale, was_at);
        td_string!(locale, sittings.my_postponed, was = was, reason = because.clone())
    };
    view! { <Notice tone=Tone::Wait>{words}</Notice> }
}
