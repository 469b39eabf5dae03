//! Who works: each node takes what is due, keeps it as long as it works on it, and gives it back.

use super::{
    Asker, Run, Step, Work, entity, insert,
    store::{self, Held},
    to_u32,
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
    telemetry,
};
use actix_rt::{Arbiter, spawn, task::JoinHandle, time::interval};
use futures::{FutureExt, future::LocalBoxFuture};
use shared::{ids::JobId, jobs::retry_after_s, problem::ProblemCode, time::Timestamp};
use std::{collections::BTreeMap, panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tokio::sync::{oneshot, watch};
use tracing::Instrument;

/// How long a node holds a job without renewing it: much longer than clocks of nodes differ.
const LEASE_S: i64 = 60;
/// How often it renews.
const RENEW_EVERY: Duration = Duration::from_secs(15);
/// How often a node looks for work.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How often it sees to it that work which goes on for ever does, in seconds: it may have been given up.
const STANDING_EVERY_S: i64 = 3_600;
/// Jobs that one node runs at a time.
const AT_A_TIME: usize = 8;

type Handle = Arc<dyn Fn(Services, Run, String) -> LocalBoxFuture<'static, AppResult<Step>> + Send + Sync>;

#[derive(Clone)]
struct Kind {
    handle: Handle,
    max_failures: u32,
}

/// The kinds of work that this program does, and what makes it do them.
#[derive(Clone)]
pub struct Jobs {
    cx: Services,
    kinds: BTreeMap<&'static str, Kind>,
    /// Which kind of work an event asks for.
    asked_by_event: BTreeMap<&'static str, &'static str>,
    /// The kinds of work that go on for ever.
    standing: Vec<&'static str>,
}

impl Jobs {
    /// No work yet.
    #[must_use]
    pub fn new(cx: Services) -> Self {
        Self { cx, kinds: BTreeMap::new(), asked_by_event: BTreeMap::new(), standing: Vec::new() }
    }

    /// Adds a kind of work.
    #[must_use]
    pub fn does<W: Work>(mut self) -> Self {
        let handle: Handle = Arc::new(|cx, run, input| {
            let input = serde_json::from_str::<W::Input>(&input).map_err(AppError::internal);
            async move { W::run(cx, run, input?).await }.boxed_local()
        });
        self.kinds.insert(W::KIND, Kind { handle, max_failures: W::MAX_FAILURES });
        self
    }

    /// Adds a kind of work that each event of this topic asks for; its payload is the input.
    #[must_use]
    pub fn does_on<W: Work>(mut self, topic: &'static str) -> Self {
        self.asked_by_event.insert(topic, W::KIND);
        self.does::<W>()
    }

    /// Adds a kind of work that goes on for ever: its runs end with [`Step::Later`].
    #[must_use]
    pub fn keeps_doing<W: Work<Input = ()>>(mut self) -> Self {
        self.standing.push(W::KIND);
        self.does::<W>()
    }

    /// The topics of the events that ask for work.
    #[must_use]
    pub fn topics(&self) -> Vec<&'static str> {
        self.asked_by_event.keys().copied().collect()
    }

    /// Sees to it that there is one job of each kind that goes on for ever, however many nodes do.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn ask_for_standing(&self) -> AppResult<()> {
        let input = serde_json::to_string(&()).map_err(AppError::internal)?;
        for kind in &self.standing {
            let id: JobId = self.cx.ids.new_id();
            self.cx
                .db
                .write_journal(async |tx| {
                    let asker = Asker { account_id: None, request_id: format!("standing:{kind}") };
                    insert(tx, id, kind, input.clone(), asker, self.cx.clock.now()).await.map(drop)
                })
                .await?;
        }
        Ok(())
    }

    /// Runs everything that is due until nothing is; how many runs.
    ///
    /// # Errors
    /// If the store fails; a job that fails is no error.
    pub async fn run_due(&self) -> AppResult<usize> {
        let mut runs = 0;
        loop {
            self.ask_for_events().await?;
            let claimed = self.claim(AT_A_TIME).await?;
            if claimed.is_empty() {
                return Ok(runs);
            }
            for job in claimed {
                self.work_on(job).await?;
                runs += 1;
            }
        }
    }

    /// Looks for work and does it, on a thread of its own, until it is stopped.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the arbiter of the jobs owns it, and who stops them waits for it")]
    pub fn start(self) -> RunningJobs {
        let (stop, stopping) = watch::channel(false);
        let (ended, has_ended) = oneshot::channel::<()>();
        let arbiter = Arbiter::new();
        arbiter.spawn_fn(move || {
            spawn(async move {
                self.work(stopping).await;
                drop(ended);
            });
        });
        RunningJobs { stop, has_ended, arbiter }
    }

    async fn work(self, mut stopping: watch::Receiver<bool>) {
        let (mut ticks, mut running) = (interval(LOOK_EVERY), Vec::<JoinHandle<()>>::new());
        let mut asked_at = None;
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                _ = stopping.wait_for(|stop| *stop) => break,
            }
            telemetry::metrics().run_upkeep();
            running.retain(|run| !run.is_finished());
            match self.look(AT_A_TIME - running.len(), &mut asked_at).await {
                Ok(jobs) => running.extend(jobs.into_iter().map(|job| self.spawn(job, stopping.clone()))),
                Err(error) => tracing::error!(error = %error, "jobs.look_failed"),
            }
        }
        for run in running {
            drop(run.await);
        }
    }

    async fn look(&self, free: usize, asked_at: &mut Option<Timestamp>) -> AppResult<Vec<entity::Model>> {
        let now = self.cx.clock.now();
        if asked_at.is_none_or(|at| now.ms_since(at) >= STANDING_EVERY_S * 1_000) {
            self.ask_for_standing().await?;
            *asked_at = Some(now);
        }
        self.ask_for_events().await?;
        self.claim(free).await
    }

    #[expect(clippy::disallowed_methods, reason = "a job, which is waited for")]
    fn spawn(&self, job: entity::Model, mut stopping: watch::Receiver<bool>) -> JoinHandle<()> {
        let jobs = self.clone();
        spawn(async move {
            let (held, failures) = (held(&job), job.failures);
            let outcome = tokio::select! {
                outcome = jobs.work_on(job) => outcome,
                // Another node may go on at once.
                _ = stopping.wait_for(|stop| *stop) => jobs.give_back(held, jobs.cx.clock.now(), failures).await,
            };
            if let Err(error) = outcome {
                tracing::error!(error = %error, job.id = %held.id, "jobs.store_failed");
            }
        })
    }

    /// Makes a job of every event that asks for one.
    async fn ask_for_events(&self) -> AppResult<()> {
        for event in self.cx.db.unsent_events(&self.topics()).await? {
            let Some(kind) = self.asked_by_event.get(event.topic.as_str()) else { continue };
            let id: JobId = self.cx.ids.new_id();
            self.cx
                .db
                .pass_on(&event, async |tx| {
                    let asker = Asker { account_id: None, request_id: format!("event:{}", event.id) };
                    let open = insert(tx, id, kind, event.payload.clone(), asker, self.cx.clock.now()).await?;
                    if open == id { Ok(()) } else { store::ask_again(tx, open).await }
                })
                .await?;
        }
        Ok(())
    }

    /// Takes what is due of the kinds that this node knows. Others wait for a node that knows them: while nodes are
    /// replaced one by one, the older ones see work of the newer.
    async fn claim(&self, limit: usize) -> AppResult<Vec<entity::Model>> {
        let now = self.cx.clock.now();
        let kinds: Vec<_> = self.kinds.keys().copied().collect();
        let mut claimed = Vec::new();
        for mut job in store::list_due(self.cx.db.read(), &kinds, now, limit as u64).await? {
            let until = now.plus_s(LEASE_S);
            if self.cx.db.write_journal(async |tx| store::claim(tx, &job, until).await).await? {
                job.claims += 1;
                claimed.push(job);
            }
        }
        Ok(claimed)
    }

    /// Runs a job and keeps it meanwhile. When another node has taken it all the same, the run is
    /// broken off: nothing that it still would do counts.
    async fn work_on(&self, job: entity::Model) -> AppResult<()> {
        let held = held(&job);
        let Some(kind) = self.kinds.get(job.kind.as_str()) else {
            return Err(AppError::internal(format!("job {} is of a kind that this node does not know", held.id)));
        };
        let run = Run {
            held,
            asked_by: job.asked_by,
            request_id: job.request_id,
            done: to_u32(job.done),
            result: job.result,
        };
        let span = tracing::info_span!("job", job.id = %held.id, job.kind);
        let work = AssertUnwindSafe((kind.handle)(self.cx.clone(), run, job.input).instrument(span)).catch_unwind();
        let outcome = tokio::select! {
            outcome = work => outcome.unwrap_or_else(|_| Err(AppError::internal("the work panicked"))),
            () = self.keep(held) => {
                tracing::warn!(job.id = %held.id, job.kind, "job.lost");
                return Ok(());
            }
        };
        self.settle(held, &job.kind, kind.max_failures, job.failures, outcome).await
    }

    async fn settle(
        &self,
        held: Held,
        kind: &str,
        max_failures: u32,
        failures: i32,
        outcome: AppResult<Step>,
    ) -> AppResult<()> {
        let now = self.cx.clock.now();
        let error = match outcome {
            Ok(Step::Done) => {
                tracing::info!(job.id = %held.id, job.kind = kind, "job.done");
                return self.finish(held, None).await;
            }
            // A second at least, so that nobody runs in a circle.
            Ok(Step::Later(at)) => return self.give_back(held, at.max(now.plus_s(1)), 0).await,
            Err(error) => error,
        };
        let failures = failures.saturating_add(1);
        tracing::error!(error = ?error, job.id = %held.id, job.kind = kind, job.failures = failures, "job.failed");
        metrics::counter!("jobs.failures", "kind" => kind.to_owned()).increment(1);
        if is_final(&error) || to_u32(failures) >= max_failures {
            return self.finish(held, Some(error.code())).await;
        }
        self.give_back(held, now.plus_s(retry_after_s(to_u32(failures))), failures).await
    }

    /// Renews the lease until it is lost.
    async fn keep(&self, held: Held) {
        let mut ticks = interval(RENEW_EVERY);
        ticks.tick().await; // the first is at once
        loop {
            ticks.tick().await;
            let until = self.cx.clock.now().plus_s(LEASE_S);
            match self.cx.db.write_journal(async |tx| store::renew(tx, held, until).await).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(error = %error, job.id = %held.id, "job.not_renewed"),
            }
        }
    }

    async fn finish(&self, held: Held, problem: Option<ProblemCode>) -> AppResult<()> {
        let now = self.cx.clock.now();
        self.cx.db.write_journal(async |tx| store::finish(tx, held, now, problem).await).await
    }

    async fn give_back(&self, held: Held, run_at: Timestamp, failures: i32) -> AppResult<()> {
        self.cx.db.write_journal(async |tx| store::give_back(tx, held, run_at, failures).await).await
    }
}

/// Jobs that are being looked for and done.
pub struct RunningJobs {
    stop: watch::Sender<bool>,
    has_ended: oneshot::Receiver<()>,
    arbiter: Arbiter,
}

impl RunningJobs {
    /// Takes no more work, breaks off what runs and gives it back to the other nodes.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        drop(self.has_ended.await);
        self.arbiter.stop();
    }
}

/// Whether another try cannot bring anything else: a rule said no.
const fn is_final(error: &AppError) -> bool {
    matches!(error, AppError::Refused(_) | AppError::Malformed { .. } | AppError::Invalid(_) | AppError::Problem(_))
}

const fn held(job: &entity::Model) -> Held {
    Held { id: job.id, claim: job.claims }
}
