//! The steps of a merge, each asked about before it is taken.

use super::list::Around;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, ConfirmDialog, DeedFailure, Dialog, Field, Look, TextInput, Toasts},
};
use leptos::prelude::*;
use serde::Serialize;
use shared::{
    ids::PersonMergeId,
    people::{AnswerMerge, MergeView, check_reason},
};

/// A merge as the reader has seen it.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) id: PersonMergeId,
    pub(super) version: i32,
}

/// A step on its way to the server.
#[derive(Clone, Copy)]
struct Stepping {
    actor: Actor,
    around: Around,
    toasts: Toasts,
    deed: Deed,
    seen: Seen,
    key: StoredValue<String>,
}

impl Stepping {
    fn new(seen: Seen, deed: Deed) -> Self {
        Self {
            actor: expect_context(),
            around: expect_context(),
            toasts: expect_context(),
            deed,
            seen,
            key: StoredValue::new(idempotency_key()),
        }
    }

    /// Takes the step, says so, and shows the list anew.
    fn take<B: Serialize + 'static>(
        self,
        verb: &'static str,
        body: B,
        said: &'static str,
        done: impl FnOnce() + 'static,
    ) {
        let Seen { id, version } = self.seen;
        let (actor, key) = (self.actor, self.key.get_value());
        let taking = async move {
            let path = format!("/person_merges/{id}/{verb}");
            client::create_over(actor, &path, &key, &format!("\"{version}\""), &body).await
        };
        self.deed.run(taking, move |_: MergeView| {
            done();
            self.toasts.done(said);
            self.around.merges.reload();
        });
    }
}

#[component]
pub(super) fn Approve(seen: Seen, is_second: bool) -> impl IntoView {
    let i18n = use_i18n();
    let (stepping, is_asking) = (Stepping::new(seen, Deed::new()), RwSignal::new(false));
    let text: fn(Locale) -> &'static str = match is_second {
        true => |locale| td_string!(locale, merges.approve_second),
        false => |locale| td_string!(locale, merges.approve_first),
    };
    let approve = Callback::new(move |()| {
        let said = match is_second {
            true => t_string!(i18n, merges.done),
            false => t_string!(i18n, merges.approved),
        };
        stepping.take("approve", serde_json::json!({}), said, || ());
    });
    view! {
        <Button look=Look::Primary is_busy=stepping.deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, merges.approve)}
        </Button>
        <DeedFailure deed=stepping.deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, merges.approve_title))
            text=words(text)
            confirm=words(|locale| td_string!(locale, merges.approve))
            on_confirm=approve
        />
    }
}

#[component]
pub(super) fn Withdraw(seen: Seen) -> impl IntoView {
    let i18n = use_i18n();
    let (stepping, is_asking) = (Stepping::new(seen, Deed::new()), RwSignal::new(false));
    let withdraw = Callback::new(move |()| {
        stepping.take("withdraw", serde_json::json!({}), t_string!(i18n, common.done), || ());
    });
    view! {
        <Button is_busy=stepping.deed.is_busy() on_press=move |()| is_asking.set(true)>
            {t!(i18n, merges.withdraw)}
        </Button>
        <DeedFailure deed=stepping.deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, merges.withdraw_title))
            text=words(|locale| td_string!(locale, merges.withdraw_text))
            confirm=words(|locale| td_string!(locale, merges.withdraw))
            on_confirm=withdraw
        />
    }
}

#[component]
pub(super) fn Refuse(seen: Seen) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button on_press=move |()| is_open.set(true)>{t!(i18n, merges.refuse)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, merges.refuse_title))>
            <p>{t!(i18n, merges.refuse_text)}</p>
            <AnswerForm seen is_open verb="refuse" name=|locale| td_string!(locale, merges.refuse) />
        </Dialog>
    }
}

#[component]
pub(super) fn Undo(seen: Seen) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <Button look=Look::Danger on_press=move |()| is_open.set(true)>{t!(i18n, merges.undo)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, merges.undo_title))>
            <p>{t!(i18n, merges.undo_text)}</p>
            <AnswerForm seen is_open verb="undo" name=|locale| td_string!(locale, merges.undo) />
        </Dialog>
    }
}

/// Says why, and takes the step.
#[component]
fn AnswerForm(
    seen: Seen,
    is_open: RwSignal<bool>,
    verb: &'static str,
    name: fn(Locale) -> &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let stepping = Stepping::new(seen, checked.deed);
    let send = Callback::new(move |()| {
        let answer = AnswerMerge { reason: reason.get_untracked() };
        let said = if verb == "undo" { t_string!(i18n, merges.undone) } else { t_string!(i18n, common.done) };
        stepping.take(verb, answer, said, move || is_open.set(false));
    });
    view! {
        <CheckedForm checked verb=words(name) send>
            <Field
                id="reason"
                label=words(|locale| td_string!(locale, merges.why))
                hint=words(|locale: Locale| td_string!(locale, merges.why_hint))
                error=checked.error("/reason")
            >
                <TextInput value=reason />
            </Field>
        </CheckedForm>
    }
}
