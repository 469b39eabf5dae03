//! Work that goes on when the request that asked for it is answered, and work that waits for its
//! time (ADR 9). A job belongs to the node that holds its lease; when the node dies, another goes on.

mod entity;
mod runner;
mod store;

pub use runner::{Jobs, RunningJobs};

use super::{
    Services,
    db::{Permission, Tx},
    error::{AppError, AppResult},
    http::describe,
    texts::Language,
};
use sea_orm::ConnectionTrait;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, JobId},
    jobs::{JobFacts, JobView, job_state},
    problem::ProblemCode,
    time::Timestamp,
};
use std::future::Future;
use store::Held;

/// A kind of work.
pub trait Work: 'static {
    /// Name of the kind; it stands in the store.
    const KIND: &'static str;
    /// Failures in a row after which a job is given up.
    const MAX_FAILURES: u32 = 8;
    /// What a job is about. Of the jobs of one asker with the same input one is open at a time.
    type Input: Serialize + DeserializeOwned;

    /// Does what can be done now. It may be begun again at any moment, by another node too: what
    /// must not be done twice is saved by [`Run::save`] in the transaction that does it.
    fn run(cx: Services, run: Run, input: Self::Input) -> impl Future<Output = AppResult<Step>>;
}

/// How a run of a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// All is done.
    Done,
    /// There will be more to do, not before this moment.
    Later(Timestamp),
}

/// One run of a job on this node.
#[derive(Clone, Debug)]
pub struct Run {
    held: Held,
    asked_by: Option<AccountId>,
    request_id: String,
    done: u32,
    result: Option<String>,
}

impl Run {
    /// Who asked for the job and in which request; nobody if the system did.
    #[must_use]
    pub fn asker(&self) -> Option<(AccountId, &str)> {
        self.asked_by.map(|account_id| (account_id, self.request_id.as_str()))
    }

    /// What an earlier run saved last: the steps that are done, and the result so far.
    ///
    /// # Errors
    /// If the result has another shape.
    pub fn saved<T: Default + DeserializeOwned>(&self) -> AppResult<(u32, T)> {
        let result = self.result.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
        Ok((self.done, result.unwrap_or_default()))
    }

    /// Saves how far the work is, in the transaction that does it.
    ///
    /// # Errors
    /// If another node has taken the job; then nothing of the transaction is done.
    pub async fn save(&self, tx: &Tx, done: u32, total: u32, result: &impl Serialize) -> AppResult<()> {
        let result = serde_json::to_string(result).map_err(AppError::internal)?;
        let steps = (to_i32(done)?, to_i32(total)?);
        if store::save(tx.conn(), self.held, steps, result).await? {
            return Ok(());
        }
        Err(AppError::Unavailable { reason: format!("job {} was taken by another node", self.held.id) })
    }
}

/// Asks for work within a write; the job, or the asker's own that is open with the same input.
///
/// # Errors
/// If the store fails.
pub async fn ask<W: Work>(tx: &Tx, id: JobId, permit: &impl Permission, input: &W::Input) -> AppResult<JobId> {
    let input = serde_json::to_string(input).map_err(AppError::internal)?;
    let asker = Asker { account_id: permit.actor_id(), request_id: permit.request_id().to_owned() };
    insert(tx.conn(), id, W::KIND, input, asker, tx.now()).await
}

/// A job as its asker sees it, with texts in their language. To everybody else there is none.
///
/// # Errors
/// `not-found`.
pub async fn view(cx: &Services, id: JobId, asker: AccountId, language: Language) -> AppResult<JobView> {
    let job = store::find(cx.db.read(), id).await?.filter(|job| job.asked_by == Some(asker));
    shown(job.ok_or_else(AppError::not_found)?, cx.clock.now(), language)
}

/// The job of a kind that was asked for last, by whomever. Whether an actor may know is for the caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn last_of<W: Work>(cx: &Services, language: Language) -> AppResult<Option<JobView>> {
    let job = store::last_of_kind(cx.db.read(), W::KIND).await?;
    job.map(|job| shown(job, cx.clock.now(), language)).transpose()
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug)]
pub struct JobCounts {
    /// That nobody works on, though their time has come.
    pub waiting: u64,
    /// That a node works on.
    pub running: u64,
    /// That were given up since a moment.
    pub given_up: u64,
}

/// How many jobs wait and run, and how many were given up since a moment.
///
/// # Errors
/// If the store fails.
pub async fn counts(cx: &Services, since: Timestamp) -> AppResult<JobCounts> {
    let (conn, now) = (cx.db.read(), cx.clock.now());
    let (due, running) = (store::count_due(conn, now).await?, store::count_held(conn, now).await?);
    Ok(JobCounts { waiting: due.saturating_sub(running), running, given_up: store::count_given_up(conn, since).await? })
}

fn shown(job: entity::Model, now: Timestamp, language: Language) -> AppResult<JobView> {
    let facts =
        JobFacts { lease_until: job.lease_until, finished_at: job.finished_at, has_problem: job.problem.is_some() };
    let result = job.result.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(JobView {
        id: job.id,
        kind: job.kind,
        state: job_state(facts, now),
        done: to_u32(job.done),
        total: to_u32(job.total),
        asked_at: job.asked_at,
        finished_at: job.finished_at,
        result,
        problem: job.problem.as_deref().and_then(ProblemCode::parse).map(|code| describe(code, language)),
    })
}

struct Asker {
    account_id: Option<AccountId>,
    request_id: String,
}

async fn insert(
    conn: &impl ConnectionTrait,
    id: JobId,
    kind: &str,
    input: String,
    asker: Asker,
    now: Timestamp,
) -> AppResult<JobId> {
    let asked_by = asker.account_id.map(|id| id.to_string()).unwrap_or_default();
    let row = entity::Model {
        id,
        kind: kind.to_owned(),
        slot: Some(format!("{kind} {}", hex::encode(Sha256::digest(format!("{asked_by} {input}"))))),
        input,
        asked_by: asker.account_id,
        request_id: asker.request_id,
        asked_at: now,
        run_at: now,
        claims: 0,
        lease_until: None,
        failures: 0,
        done: 0,
        total: 0,
        result: None,
        finished_at: None,
        problem: None,
        again: false,
    };
    store::insert(conn, row).await
}

fn to_i32(number: u32) -> AppResult<i32> {
    i32::try_from(number).map_err(AppError::internal)
}

fn to_u32(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
