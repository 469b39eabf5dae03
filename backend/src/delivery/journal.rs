//! The answer journal's group commit: one task a process drains a bounded queue, many candidates'
//! batches a transaction, and acknowledges after the commit (ADR 4).

use super::group::{self, Acked, Batch, BatchRefusal, Outcome, PaperItems};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use actix_web::rt::System;
use futures::FutureExt;
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{Notify, mpsc, oneshot};

struct Job {
    batch: Batch,
    reply: oneshot::Sender<Outcome>,
}

/// Where answers are handed to the disk.
pub struct Journal {
    queue: mpsc::Sender<Job>,
    stop: Arc<Notify>,
    has_ended: Mutex<Option<oneshot::Receiver<()>>>,
}

impl Journal {
    /// Starts the task that writes the journal, on the system's own arbiter. It ends when the handle
    /// is dropped or the journal is closed, and everything that waits is written.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "who closes the journal waits for it")]
    pub fn start(cx: Services) -> Self {
        let (queue, waiting) = mpsc::channel(cx.config.answer_queue);
        let (ended, has_ended) = oneshot::channel::<()>();
        let stop = Arc::new(Notify::new());
        let stopping = stop.clone();
        System::current().arbiter().spawn_fn(move || {
            actix_web::rt::spawn(async move {
                drain(cx, waiting, &stopping).await;
                drop(ended);
            });
        });
        Self { queue, stop, has_ended: Mutex::new(Some(has_ended)) }
    }

    /// Takes no more, and returns when everything that was taken is on disk and acknowledged.
    pub async fn close(&self) {
        self.stop.notify_one();
        let has_ended = self.has_ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(has_ended) = has_ended {
            drop(has_ended.await);
        }
    }

    /// Stores a batch; returns when it is on disk. When too many wait already it is refused, and its
    /// device tries again.
    pub(super) async fn append(&self, batch: Batch) -> AppResult<Acked> {
        let (reply, outcome) = oneshot::channel();
        let full = |_| AppError::Unavailable { reason: "the answer journal is full".to_owned() };
        self.queue.try_send(Job { batch, reply }).map_err(full)?;
        let gone = |_| AppError::Unavailable { reason: "the answer journal has stopped".to_owned() };
        outcome.await.map_err(gone)?.map_err(|refusal| match refusal {
            BatchRefusal::Unavailable(reason) => AppError::Unavailable { reason },
            other => AppError::refused(other),
        })
    }
}

async fn drain(cx: Services, mut waiting: mpsc::Receiver<Job>, stop: &Notify) {
    let mut items = PaperItems::default();
    loop {
        let first = tokio::select! {
            first = waiting.recv() => first,
            () = stop.notified() => {
                waiting.close();
                continue;
            }
        };
        // Closed, and everything that waited is written.
        let Some(first) = first else { return };
        let mut rows = first.batch.entries.len();
        let mut jobs = vec![first];
        // A batch that passes the measure is the last of its group.
        while rows < cx.config.answer_group_rows
            && let Ok(job) = waiting.try_recv()
        {
            rows += job.batch.entries.len();
            jobs.push(job);
        }
        metrics::histogram!("answers.group_rows").record(f64::from(u32::try_from(rows).unwrap_or(u32::MAX)));
        if AssertUnwindSafe(write(&cx, &mut items, jobs)).catch_unwind().await.is_err() {
            // Who waits learns that nothing is certain, and sends again; the journal goes on.
            tracing::error!("journal.group_panicked");
            items = PaperItems::default();
        }
    }
}

/// Writes a group and acknowledges it. When the store rejects a group, each batch is tried on its
/// own, so that one cannot hold up the others.
async fn write(cx: &Services, items: &mut PaperItems, jobs: Vec<Job>) {
    let (batches, replies): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.batch, job.reply)).unzip();
    let group: Vec<_> = batches.iter().collect();
    let outcomes = match try_write(cx, items, &group).await {
        Err(AppError::Store(error)) if group.len() > 1 => {
            tracing::error!(error = %error, answers.batches = group.len(), "journal.group_failed");
            let mut outcomes = Vec::with_capacity(group.len());
            for batch in &group {
                outcomes.extend(outcomes_of(1, try_write(cx, items, &[batch]).await));
            }
            outcomes
        }
        outcome => outcomes_of(group.len(), outcome),
    };
    for (reply, outcome) in replies.into_iter().zip(outcomes) {
        // Who asked may have gone; the entries are on disk all the same.
        drop(reply.send(outcome));
    }
}

async fn try_write(cx: &Services, items: &mut PaperItems, group: &[&Batch]) -> AppResult<Vec<Outcome>> {
    items.prepare(cx, group).await?;
    group::write(cx, items, group).await
}

fn outcomes_of(batches: usize, outcome: AppResult<Vec<Outcome>>) -> Vec<Outcome> {
    outcome.unwrap_or_else(|error| {
        tracing::error!(error = %error, answers.batches = batches, "journal.group_failed");
        (0..batches).map(|_| Err(BatchRefusal::Unavailable(error.to_string()))).collect()
    })
}
