//! Candidates who were added or taken out after registration had ended, and the two forms by which that is done.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock,
        creation::CreationKey,
        when,
    },
    ui::{AsyncView, Button, Card, Dialog, Field, TextInput, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::ExamSessionId,
    problem::FieldError,
    rights::Role,
    sittings::{
        ExamSessionRefusal, ExamSessionState, ExamSessionView, LateAddition, LateChange, LateChangeKind,
        LateWithdrawal, may_add_late, may_withdraw_late,
    },
    time::Timestamp,
};

/// What was changed, for who plans the test; there is nothing before its candidates are arranged. It stays when the last
/// of them is taken out: that is told here, and here somebody else is added.
#[component]
pub(super) fn LateChanges(exam_session: Signal<ExamSessionView>, reload: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let is_shown = Memo::new(move |_| {
        let is_arranged = exam_session.with(|shown| shown.counts.sittings > 0 || are_arranged(shown.state));
        is_arranged && actor.roles().contains(&Role::ExamAdministrator)
    });
    view! {
        <Show when=move || is_shown.get()>
            <Known exam_session reload />
        </Show>
    }
}

/// Whether the candidates of a test in this state have been arranged, and it is not over.
const fn are_arranged(state: ExamSessionState) -> bool {
    matches!(state, ExamSessionState::Arranged | ExamSessionState::Armed)
}

#[component]
fn Known(exam_session: Signal<ExamSessionView>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = exam_session.with_untracked(|shown| shown.id);
    let changes: LocalResource<Outcome<Vec<LateChange>>> =
        LocalResource::new(
            move || async move { client::get(actor, &format!("/exam_sessions/{id}/late_changes")).await },
        );
    let again = Callback::new(move |()| {
        changes.refetch();
        reload.run(());
    });
    let may = move |rule: LateRule| exam_session.with(|shown| rule(shown.state, shown.starts_at, clock::now()).is_ok());
    let may_add = Memo::new(move |_| may(may_add_late));
    let may_withdraw = Memo::new(move |_| may(may_withdraw_late));
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.late_changes))>
            <p class="muted small">{t!(i18n, sittings.late_changes_about)}</p>
            <div class="row">
                <Show when=move || may_add.get()>
                    <Change id kind=LateChangeKind::Added again />
                </Show>
                <Show when=move || may_withdraw.get()>
                    <Change id kind=LateChangeKind::Withdrawn again />
                </Show>
            </div>
            <AsyncView resource=changes let:changes>
                <ul class="rows">{changes.into_iter().map(row).collect_view()}</ul>
            </AsyncView>
        </Card>
    }
}

/// A rule that says whether something may still be done.
type LateRule = fn(ExamSessionState, Timestamp, Timestamp) -> Result<(), ExamSessionRefusal>;

fn row(change: LateChange) -> impl IntoView {
    let i18n = use_i18n();
    let LateChange { kind, ticket_number, candidate_name, reason, decided_at, by_name } = change;
    view! {
        <li>
            <div>
                <p>
                    <b>{move || done_name(i18n.get_locale(), kind)} " " {candidate_name}</b>
                    " " <span class="num">{ticket_number}</span>
                </p>
                <p>{reason}</p>
                <p class="muted small num">
                    {by_name} " " {move || when::date_time(i18n.get_locale(), decided_at)}
                </p>
            </div>
        </li>
    }
}

fn done_name(locale: Locale, kind: LateChangeKind) -> &'static str {
    match kind {
        LateChangeKind::Added => td_string!(locale, sittings.late_added),
        LateChangeKind::Withdrawn => td_string!(locale, sittings.late_withdrawn),
    }
}

fn deed_name(locale: Locale, kind: LateChangeKind) -> &'static str {
    match kind {
        LateChangeKind::Added => td_string!(locale, sittings.late_add),
        LateChangeKind::Withdrawn => td_string!(locale, sittings.late_withdraw),
    }
}

/// The button and the form of one kind of change.
#[component]
fn Change(id: ExamSessionId, kind: LateChangeKind, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let verb = Signal::derive(move || deed_name(i18n.get_locale(), kind).to_owned());
    view! {
        <Button on_press=move |()| is_open.set(true)>{move || verb.get()}</Button>
        <Dialog is_open title=verb>
            <ChangeForm id kind is_open again />
        </Dialog>
    }
}

#[component]
fn ChangeForm(id: ExamSessionId, kind: LateChangeKind, is_open: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (number, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let key = CreationKey::new();
    let addition = move || LateAddition { learner_number: number.get(), reason: reason.get() };
    let withdrawal = move || LateWithdrawal { ticket_number: number.get(), reason: reason.get() };
    let wrong = move || -> Vec<FieldError> {
        match kind {
            LateChangeKind::Added => addition().checked().err().unwrap_or_default(),
            LateChangeKind::Withdrawn => withdrawal().checked().err().unwrap_or_default(),
        }
    };
    let checked = Checked::new(wrong);
    let send = Callback::new(move |()| {
        let said = done_name(i18n.get_locale_untracked(), kind);
        let (added, withdrawn) = (untrack(addition), untrack(withdrawal));
        let changing = key.create(move |key| async move {
            match kind {
                LateChangeKind::Added => {
                    client::create(actor, &format!("/exam_sessions/{id}/late_additions"), &key, &added).await
                }
                LateChangeKind::Withdrawn => {
                    client::create(actor, &format!("/exam_sessions/{id}/late_withdrawals"), &key, &withdrawn).await
                }
            }
        });
        checked.deed.run(changing, move |_: Vec<LateChange>| {
            is_open.set(false);
            toasts.done(said);
            // The list is drawn anew, and the focus must not be lost.
            focus_on("h1");
            again.run(());
        });
    });
    let field = match kind {
        LateChangeKind::Added => view! {
            <Field
                id="learner_number"
                label=words(|locale| td_string!(locale, sittings.late_learner_number))
                error=checked.error("/learner_number")
            >
                <TextInput value=number />
            </Field>
        }
        .into_any(),
        LateChangeKind::Withdrawn => view! {
            <Field
                id="ticket_number"
                label=words(|locale| td_string!(locale, sittings.my_ticket))
                error=checked.error("/ticket_number")
            >
                <TextInput value=number keyboard="numeric" />
            </Field>
        }
        .into_any(),
    };
    let verb = Signal::derive(move || deed_name(i18n.get_locale(), kind).to_owned());
    view! {
        <CheckedForm checked verb send>
            {field}
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}
