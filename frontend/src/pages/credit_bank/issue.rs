//! Issues the certificates of an exam session.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{AsyncView, Button, Card, ConfirmDialog, DeedFailure, Field, Look, Notice, Select, Tone},
};
use leptos::prelude::*;
use shared::{
    credit_bank::{IssueCertificates, IssueReport},
    page::Page,
    sittings::{ExamSessionState, ExamSessionView},
};

/// Chooses a published exam session, and issues.
#[component]
pub(super) fn Issue(
    /// Fetches the list again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let sessions = LocalResource::new(move || client::get::<Page<ExamSessionView>>(actor, "/exam_sessions?limit=200"));
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, credit_bank.issue_title).to_owned())>
            <AsyncView resource=sessions let:sessions>
                <Form sessions=published(sessions.items) reload />
            </AsyncView>
        </Card>
    }
}

fn published(sessions: Vec<ExamSessionView>) -> Vec<(String, String)> {
    let published = sessions.into_iter().filter(|session| session.state == ExamSessionState::Published);
    published.map(|session| (session.id.to_string(), session.title)).collect()
}

#[component]
fn Form(sessions: Vec<(String, String)>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    if sessions.is_empty() {
        return view! { <p class="muted">{t!(i18n, credit_bank.no_sessions)}</p> }.into_any();
    }
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (chosen, is_asking) = (RwSignal::new(String::new()), RwSignal::new(false));
    let was_asked = RwSignal::new(false);
    let report = RwSignal::new(None::<IssueReport>);
    let error = move || {
        let is_missing = was_asked.get() && chosen.with(String::is_empty);
        if is_missing { t_string!(i18n, common.required).to_owned() } else { String::new() }
    };
    let ask = move |()| {
        was_asked.set(true);
        is_asking.set(chosen.with_untracked(|chosen| !chosen.is_empty()));
    };
    let issue = move |()| {
        let Ok(exam_session_id) = chosen.get_untracked().parse() else { return };
        let (body, key) = (IssueCertificates { exam_session_id }, idempotency_key());
        deed.run(
            async move { client::create::<_, IssueReport>(actor, "/certificates/issue", &key, &body).await },
            move |done| {
                report.set(Some(done));
                reload.run(());
            },
        );
    };
    let words = move |report: IssueReport| {
        let IssueReport { issued, already, not_eligible } = report;
        t_string!(i18n, credit_bank.issue_report, issued = issued, already = already, not_eligible = not_eligible)
    };
    view! {
        <Field
            id="issue_session"
            label=Signal::derive(move || t_string!(i18n, credit_bank.issue_session).to_owned())
            error=Signal::derive(error)
        >
            <Select value=chosen options=RwSignal::new(sessions) />
        </Field>
        <DeedFailure deed />
        <div role="status">
            {move || report.get().map(|report| view! { <Notice tone=Tone::Ok>{words(report)}</Notice> })}
        </div>
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=ask>{t!(i18n, credit_bank.issue)}</Button>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, credit_bank.issue_ask).to_owned())
            text=Signal::derive(move || t_string!(i18n, credit_bank.issue_about).to_owned())
            confirm=Signal::derive(move || t_string!(i18n, credit_bank.issue).to_owned())
            on_confirm=issue
        />
    }
    .into_any()
}
