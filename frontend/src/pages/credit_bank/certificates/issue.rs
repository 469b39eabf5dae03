//! Issues the certificates of an exam session.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        deed::Deed,
        job::follow,
    },
    ui::{
        AsyncView, Button, Card, ConfirmDialog, DeedFailure, Field, Look, Notice, ProgressBar, Select, Tone, focus_on,
    },
};
use leptos::prelude::*;
use shared::{
    credit_bank::{IssueCertificates, IssueReport},
    jobs::JobView,
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
    let sessions = LocalResource::new(move || published(actor));
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, credit_bank.issue_title).to_owned())>
            <AsyncView resource=sessions let:sessions>
                {if sessions.is_empty() {
                    view! { <p class="muted">{t!(i18n, credit_bank.no_sessions)}</p> }.into_any()
                } else {
                    view! { <Form sessions reload /> }.into_any()
                }}
            </AsyncView>
        </Card>
    }
}

/// Ids and titles of the exam sessions whose results are released, the last to start first.
async fn published(actor: Actor) -> Outcome<Vec<(String, String)>> {
    let (mut published, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let after = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page: Page<ExamSessionView> = client::get(actor, &format!("/exam_sessions?limit=200{after}")).await?;
        let released = page.items.into_iter().filter(|session| session.state == ExamSessionState::Published);
        published.extend(released.map(|session| (session.id.to_string(), session.title)));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(published);
        }
    }
}

#[component]
fn Form(sessions: Vec<(String, String)>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (deed, report) = (Deed::new(), RwSignal::new(None::<IssueReport>));
    // Learners whose turn was, and all of them.
    let progress = RwSignal::new(None::<(u32, u32)>);
    let (chosen, was_asked, is_asking) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    // The key of an attempt that brought no answer is used again, for the same exam session only.
    let attempt = StoredValue::new(None::<(String, String)>);
    let error = move || {
        let is_missing = was_asked.get() && chosen.with(String::is_empty);
        if is_missing { t_string!(i18n, common.required).to_owned() } else { String::new() }
    };
    let ask = move |()| {
        was_asked.set(true);
        let has_chosen = chosen.with_untracked(|chosen| !chosen.is_empty());
        if has_chosen { is_asking.set(true) } else { focus_on("#issue_session") }
    };
    let issue = move |()| {
        let session = chosen.get_untracked();
        let Ok(exam_session_id) = session.parse() else { return };
        let begun = attempt.get_value().filter(|(begun, _)| *begun == session);
        let (_, key) = begun.unwrap_or_else(|| (session.clone(), idempotency_key()));
        attempt.set_value(Some((session, key.clone())));
        report.set(None);
        let body = IssueCertificates { exam_session_id };
        let work = async move {
            let job: JobView = client::create(actor, "/certificates/issue", &key, &body).await?;
            attempt.set_value(None);
            // The page may be gone before the work is done; the work goes on.
            let seen = move |job: &JobView| {
                progress.try_set(Some((job.done, job.total)));
            };
            let outcome = follow(actor, job, seen).await;
            progress.try_set(None);
            outcome
        };
        deed.run(work, move |done| {
            report.set(Some(done));
            reload.run(());
        });
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
        {move || progress.get().map(|(done, total)| view! { <Progress done total /> })}
        <div role="status">{move || report.get().map(|report| view! { <Report report /> })}</div>
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=ask>{t!(i18n, credit_bank.issue)}</Button>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, credit_bank.issue_ask).to_owned())
            text=Signal::derive(move || t_string!(i18n, credit_bank.issue_about).to_owned())
            confirm=Signal::derive(move || t_string!(i18n, credit_bank.issue).to_owned())
            on_confirm=issue
        />
    }
}

/// How far issuing is.
#[component]
fn Progress(done: u32, total: u32) -> impl IntoView {
    let i18n = use_i18n();
    let percent = u8::try_from(u64::from(done) * 100 / u64::from(total.max(1))).unwrap_or(100);
    let text = move || t_string!(i18n, credit_bank.issue_progress, done = done, total = total);
    view! {
        <p class="small">{text}</p>
        <ProgressBar percent label=Signal::derive(move || t_string!(i18n, credit_bank.issue_under_way).to_owned()) />
    }
}

/// What issuing brought, and why somebody may have none.
#[component]
fn Report(report: IssueReport) -> impl IntoView {
    let i18n = use_i18n();
    let IssueReport { issued, already, not_eligible } = report;
    let has_others = not_eligible > 0;
    let tone = if issued > 0 { Tone::Ok } else { Tone::Plain };
    view! {
        <Notice tone>
            <p>
                {move || t_string!(
                    i18n, credit_bank.issue_report, issued = issued, already = already, not_eligible = not_eligible
                )}
            </p>
            <Show when=move || has_others>
                <p class="small">{t!(i18n, credit_bank.issue_not_eligible)}</p>
            </Show>
        </Notice>
    }
}
