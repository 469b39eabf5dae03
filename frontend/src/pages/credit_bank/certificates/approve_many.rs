//! Approves what an auditor chose in the list, or all that waits and fits, as work of the server.

use super::filter::Filter;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
        job::follow,
    },
    ui::{Button, ConfirmDialog, DeedFailure, Notice, ProgressBar, Tone},
};
use leptos::prelude::*;
use shared::{
    credit_bank::{ApproveCertificates, ApproveReport, RefusedApproval},
    ids::CertificateId,
    jobs::JobView,
    problem::ProblemCode,
};
use std::collections::BTreeSet;

/// The certificates that are marked in the list.
#[derive(Clone, Copy)]
pub(super) struct Chosen(RwSignal<BTreeSet<CertificateId>>);

impl Chosen {
    /// None yet.
    pub(super) fn new() -> Self {
        Self(RwSignal::new(BTreeSet::new()))
    }

    /// Whether this one is.
    pub(super) fn has(self, id: CertificateId) -> bool {
        self.0.with(|chosen| chosen.contains(&id))
    }

    /// Marks one, or takes the mark away.
    pub(super) fn put(self, id: CertificateId, is_chosen: bool) {
        self.0.update(|chosen| {
            if is_chosen {
                chosen.insert(id);
            } else {
                chosen.remove(&id);
            }
        });
    }

    /// Takes all marks away.
    pub(super) fn clear(self) {
        self.0.set(BTreeSet::new());
    }

    fn count(self) -> usize {
        self.0.with(BTreeSet::len)
    }
}

/// A button for what is chosen; where nothing is, for all that the filter fits, once it is about something.
#[component]
pub(super) fn ApproveMany(
    /// What is shown.
    filter: Filter,
    /// What is marked.
    chosen: Chosen,
    /// Fetches the list again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let (report, progress) = (RwSignal::new(None::<ApproveReport>), RwSignal::new(None::<(u32, u32)>));
    // The key of an attempt that brought no answer is used again, for the same wish only.
    let attempt = StoredValue::new(None::<(ApproveCertificates, String)>);
    let approve = move |()| {
        let ids: Vec<_> = chosen.0.with_untracked(|chosen| chosen.iter().copied().collect());
        let body = match ids.is_empty() {
            true => filter.approval(),
            false => ApproveCertificates { ids: Some(ids), ..ApproveCertificates::default() },
        };
        let begun = attempt.get_value().filter(|(begun, _)| *begun == body);
        let (_, key) = begun.unwrap_or_else(|| (body.clone(), idempotency_key()));
        attempt.set_value(Some((body.clone(), key.clone())));
        report.set(None);
        let work = async move {
            let job: JobView = client::create(actor, "/certificates/approve", &key, &body).await?;
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
            chosen.clear();
            report.set(Some(done));
            reload.run(());
        });
    };
    let label = move || match chosen.count() {
        0 => t_string!(i18n, credit_bank.approve_fitting).to_owned(),
        count => t_string!(i18n, credit_bank.approve_chosen, count = count),
    };
    let is_about_something = move || chosen.count() > 0 || filter.is_narrowed();
    view! {
        <DeedFailure deed />
        {move || progress.get().map(|(done, total)| view! { <Progress done total /> })}
        <div role="status">{move || report.get().map(|report| view! { <Report report /> })}</div>
        <div class="row spread">
            <p class="muted small">{t!(i18n, credit_bank.approve_many_hint)}</p>
            <Show when=is_about_something>
                <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>{label}</Button>
            </Show>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, credit_bank.approve_many_title).to_owned())
            text=Signal::derive(move || t_string!(i18n, credit_bank.approve_about).to_owned())
            confirm=Signal::derive(label)
            on_confirm=approve
        />
    }
}

/// How far approving is.
#[component]
fn Progress(done: u32, total: u32) -> impl IntoView {
    let i18n = use_i18n();
    let percent = u8::try_from(u64::from(done) * 100 / u64::from(total.max(1))).unwrap_or(100);
    let text = move || t_string!(i18n, credit_bank.approve_progress, done = done, total = total);
    view! {
        <p class="small">{text}</p>
        <ProgressBar percent label=Signal::derive(move || t_string!(i18n, credit_bank.approve_under_way).to_owned()) />
    }
}

/// How many were approved, and which were not.
#[component]
fn Report(report: ApproveReport) -> impl IntoView {
    let i18n = use_i18n();
    let ApproveReport { approved, refused } = report;
    let kept_back = refused.len();
    let tone = if kept_back == 0 { Tone::Ok } else { Tone::Plain };
    let line = move |RefusedApproval { number, holder_name, code, .. }: RefusedApproval| {
        let why = move || refusal(i18n.get_locale(), code);
        view! { <li>{holder_name} " " <span class="num">{number}</span> " · " {why}</li> }
    };
    let lines = refused.into_iter().map(line).collect_view();
    view! {
        <Notice tone>
            <p>{move || t_string!(i18n, credit_bank.approve_report, approved = approved, refused = kept_back)}</p>
            {(kept_back > 0).then(|| view! { <ul class="small">{lines}</ul> })}
        </Notice>
    }
}

/// Why a certificate was not approved with the others.
fn refusal(locale: Locale, code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::SecondPersonNeeded => td_string!(locale, credit_bank.kept_back_own),
        ProblemCode::WrongState | ProblemCode::Stale => td_string!(locale, credit_bank.kept_back_state),
        _ => td_string!(locale, credit_bank.kept_back_facts),
    }
}
