//! What of an exam session can be put right: a draft is changed, and what does not run yet is put off or called off.

use super::postpone::Postpone;
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        reasoned::{EndWithReason, EndWords},
    },
    platform::actor::Actor,
    ui::{ButtonLink, Card},
};
use leptos::prelude::*;
use shared::{
    rights::Role,
    sittings::{ExamSessionView, may_cancel, may_change_plan, may_postpone},
    time::Timestamp,
};

/// What is said of calling it off.
const CANCEL: EndWords = EndWords {
    name: |locale| td_string!(locale, sittings.do_cancel),
    about: |locale| td_string!(locale, sittings.about_cancel),
    done: |locale| td_string!(locale, sittings.done_cancel),
};

/// The deeds that are still possible; nothing where none is.
#[component]
pub(super) fn PutRight(
    /// The exam session, as it was fetched last.
    exam_session: Signal<ExamSessionView>,
    /// The time by which the page goes.
    now: RwSignal<Timestamp>,
    /// Fetches it again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = exam_session.with_untracked(|shown| shown.id);
    let may_act = Memo::new(move |_| actor.roles().contains(&Role::ExamAdministrator));
    let may_end = Memo::new(move |_| {
        let may = exam_session.with(|shown| may_cancel(shown.state, shown.starts_at, now.get()).is_ok());
        may && may_act.get()
    });
    let may_change =
        Memo::new(move |_| may_act.get() && exam_session.with(|shown| may_change_plan(shown.state).is_ok()));
    let may_postpone = Memo::new(move |_| {
        may_act.get() && exam_session.with(|shown| may_postpone(shown.state, shown.starts_at, now.get()).is_ok())
    });
    view! {
        <Show when=move || may_end.get()>
            <Card title=words(|locale| td_string!(locale, sittings.changes))>
                <div class="row">
                    <Show when=move || may_change.get()>
                        <ButtonLink href=format!("/exam_sessions/{id}/edit")>{t!(i18n, sittings.change)}</ButtonLink>
                    </Show>
                    <Show when=move || may_postpone.get()>
                        <Postpone exam_session reload />
                    </Show>
                    <EndWithReason path=format!("/exam_sessions/{id}/cancel") says=CANCEL reload />
                </div>
            </Card>
        </Show>
    }
}
