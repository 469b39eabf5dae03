//! The import of a list, followed until every row was read.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        job::follow,
        timing::sleep,
    },
    ui::{Button, Card, ProgressBar},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::RosterBatchId,
    jobs::JobView,
    roster::{BatchState, BatchView, ColumnMapping, ImportList, ImportReport, LegalBasis},
};
use std::time::Duration;

/// How often the page asks how far an import is that was begun elsewhere.
const EVERY: Duration = Duration::from_secs(1);
/// So many answers without a step: nobody seems to work on it.
const PATIENCE: u32 = 10;

/// The import of one list.
#[derive(Clone, Copy)]
pub(super) struct Import {
    actor: Actor,
    id: RosterBatchId,
    /// Asking for it, and following it.
    pub(super) deed: Deed,
    /// Rows that were read, and all of them; absent while this page follows none.
    pub(super) progress: RwSignal<Option<(u32, u32)>>,
    /// Fetches the list again.
    reload: Callback<()>,
}

impl Import {
    /// Not begun by this page.
    pub(super) fn new(actor: Actor, id: RosterBatchId, reload: Callback<()>) -> Self {
        Self { actor, id, deed: Deed::new(), progress: RwSignal::new(None), reload }
    }

    /// Begins, or goes on with what is left: then the columns are those that were confirmed before.
    pub(super) fn begin(self, mapping: ColumnMapping, legal_basis: LegalBasis) {
        let (actor, id, progress) = (self.actor, self.id, self.progress);
        let work = async move {
            let path = format!("/roster/batches/{id}/import");
            let job: JobView = client::post(actor, &path, &ImportList { mapping, legal_basis }).await?;
            // The page may be gone before the work is done; the work goes on.
            let seen = move |job: &JobView| {
                progress.try_set(Some((job.done, job.total)));
            };
            let outcome: Outcome<ImportReport> = follow(actor, job, seen).await;
            if outcome.is_err() {
                progress.try_set(None);
            }
            outcome
        };
        self.deed.run(work, move |_| self.reload.run(()));
    }
}

/// How far an import is.
#[component]
pub(super) fn Progress(shown: (u32, u32)) -> impl IntoView {
    let i18n = use_i18n();
    let (done, total) = shown;
    let percent = u8::try_from(u64::from(done) * 100 / u64::from(total.max(1))).unwrap_or(100);
    view! {
        <p role="status">
            {move || match total {
                0 => t_string!(i18n, roster.import_begins).to_owned(),
                _ => t_string!(i18n, roster.import_progress, done = done, total = total),
            }}
        </p>
        <ProgressBar percent label=words(|locale| td_string!(locale, roster.import_under_way)) />
        <p class="muted small">{t!(i18n, roster.import_goes_on)}</p>
    }
}

/// An import that this page did not begin.
#[component]
pub(super) fn UnderWay(batch: BatchView, import: Import) -> impl IntoView {
    let i18n = use_i18n();
    let rows = batch.rows;
    let (last_row, is_stuck) = (RwSignal::new(batch.report.last_row), RwSignal::new(false));
    spawn_local(async move {
        let mut waited = 0;
        while !last_row.is_disposed() {
            sleep(EVERY).await;
            let path = format!("/roster/batches/{}", import.id);
            // Without an answer it asks again.
            let Ok(now) = client::get::<BatchView>(import.actor, &path).await else { continue };
            if now.state == BatchState::Imported {
                import.reload.try_run(());
                return;
            }
            waited = if last_row.try_get_untracked() == Some(now.report.last_row) { waited + 1 } else { 0 };
            last_row.try_set(now.report.last_row);
            is_stuck.try_set(waited >= PATIENCE);
        }
    });
    view! {
        <Card>
            {move || view! { <Progress shown=(last_row.get(), rows) /> }}
            <Show when=move || is_stuck.get()>
                <p>{t!(i18n, roster.import_stuck)}</p>
                <div class="row">
                    <Button is_busy=import.deed.is_busy() on_press=move |()| import.begin(ColumnMapping::default(), LegalBasis::usual())>
                        {t!(i18n, roster.import_resume)}
                    </Button>
                </div>
            </Show>
        </Card>
    }
}
