//! Submits every issued certificate in sight to its city.

use super::{show_row, steps::take};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{actor::Actor, client::Outcome, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Paged, ProgressBar, Toasts},
};
use leptos::prelude::*;
use shared::{
    credit_bank::{CertificateState, CertificateStep, CertificateView},
    ids::CertificateId,
    problem::ProblemCode,
};

/// A button for all that are issued; nothing where fewer than two are.
#[component]
pub(super) fn SubmitAll(
    /// The list.
    certificates: Paged<CertificateView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking) = (Deed::new(), RwSignal::new(false));
    let (done, all) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let rows = certificates.rows();
    let waiting = Memo::new(move |_| rows.with(|rows| issued(rows).len()));
    let percent = move || u8::try_from(done.get() * 100 / all.get().max(1)).unwrap_or(100);
    let submit = move |()| {
        let ids = rows.with_untracked(|rows| issued(rows));
        done.set(0);
        all.set(ids.len());
        deed.run(submit_each(actor, ids, certificates, done), move |submitted| {
            toasts.done(t_string!(i18n, credit_bank.submitted_all_toast, count = submitted));
        });
    };
    let count = move || t_string!(i18n, credit_bank.submit_all, count = waiting.get());
    let is_busy = deed.is_busy();
    view! {
        <DeedFailure deed />
        <Show when=move || is_busy.get()>
            <div class="stack">
                <p role="status">{move || {
                    t_string!(i18n, credit_bank.submitting, done = done.get(), all = all.get())
                }}</p>
                <ProgressBar
                    percent=Signal::derive(percent)
                    label=Signal::derive(move || t_string!(i18n, credit_bank.submitting_label).to_owned())
                />
            </div>
        </Show>
        <Show when=move || (waiting.get() > 1) && !is_busy.get()>
            <div class="row spread">
                <p class="muted small">{t!(i18n, credit_bank.submit_all_hint)}</p>
                <Button on_press=move |()| is_asking.set(true)>{count}</Button>
            </div>
        </Show>
        <ConfirmDialog
            is_open=is_asking
            title=Signal::derive(move || t_string!(i18n, credit_bank.submit_all_title).to_owned())
            text=Signal::derive(move || t_string!(i18n, credit_bank.submit_about).to_owned())
            confirm=Signal::derive(count)
            on_confirm=submit
        />
    }
}

fn issued(rows: &[CertificateView]) -> Vec<CertificateId> {
    rows.iter().filter(|row| row.state == CertificateState::Issued).map(|row| row.id).collect()
}

/// Submits one after the other and shows each as it is then; how many.
///
/// One that has moved on in the meantime is passed over. Any other failure ends the round: what was
/// submitted before it stays submitted.
async fn submit_each(
    actor: Actor,
    ids: Vec<CertificateId>,
    certificates: Paged<CertificateView>,
    done: RwSignal<usize>,
) -> Outcome<usize> {
    let mut submitted = 0;
    for id in ids {
        match take(actor, id, CertificateStep::Submit, String::new()).await {
            Ok(certificate) => {
                submitted += 1;
                show_row(certificates, certificate);
            }
            Err(failure) if matches!(failure.code(), Some(ProblemCode::WrongState | ProblemCode::Stale)) => {}
            Err(failure) => return Err(failure),
        }
        let _: Option<()> = done.try_update(|done| *done += 1);
    }
    Ok(submitted)
}
