//! What has served its time goes out of the store: in small batches, by the one node that holds the job (ADR 9), each
//! batch audited. Facts stay for ever. What Redis counts ends there by itself.

use crate::{
    access::{JobName, Permit, actions},
    enrolment, identity, learning,
    platform::{
        Services,
        error::AppResult,
        http::forget_replies,
        jobs::{Run, Step, Work},
    },
    roster,
};

/// Rows of a kind that go in one transaction, about: writers wait for no more.
const ROWS: u64 = 500;
/// How long the job rests when little is left, in seconds.
const REST_S: i64 = 3_600;

actions! {
    /// Delete what has served its time.
    Sweep(&'static str) = SweepStore;
}

/// Deletes what has served its time, and goes on doing so.
pub(super) struct SweepStore;

impl Work for SweepStore {
    type Input = ();
    const KIND: &'static str = "sweep_store";
    /// A store that fails for a day is swept the day after.
    const MAX_FAILURES: u32 = u32::MAX;

    async fn run(cx: Services, _: Run, (): ()) -> AppResult<Step> {
        let mut is_more = false;
        for leftover in Leftover::ALL {
            let rows = leftover.sweep(&cx).await?;
            metrics::counter!("store.swept_rows", "kind" => leftover.as_str()).increment(rows);
            is_more |= rows >= ROWS;
        }
        // The others that write have a second between two batches.
        Ok(Step::Later(cx.clock.now().plus_s(if is_more { 1 } else { REST_S })))
    }
}

/// What is left of something that is over.
#[derive(Clone, Copy)]
enum Leftover {
    Replies,
    SentEvents,
    RefreshTokens,
    Logins,
    UploadParts,
    Papers,
    Launches,
    Assertions,
}

impl Leftover {
    const ALL: [Self; 8] = [
        Self::Replies,
        Self::SentEvents,
        Self::RefreshTokens,
        Self::Logins,
        Self::UploadParts,
        Self::Papers,
        Self::Launches,
        Self::Assertions,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Replies => "replies",
            Self::SentEvents => "sent_events",
            Self::RefreshTokens => "refresh_tokens",
            Self::Logins => "logins",
            Self::UploadParts => "upload_parts",
            Self::Papers => "papers",
            Self::Launches => "launches",
            Self::Assertions => "assertions",
        }
    }

    /// Deletes a batch; how many rows.
    async fn sweep(self, cx: &Services) -> AppResult<u64> {
        let permit = Permit::<Sweep>::for_job(JobName::SweepStore, self.as_str());
        match self {
            Self::Replies => forget_replies(cx, &permit, ROWS).await,
            Self::SentEvents => cx.db.forget_sent_events(&permit, ROWS).await,
            Self::RefreshTokens => identity::forget_tokens(cx, &permit, ROWS).await,
            Self::Logins => identity::forget_logins(cx, &permit, ROWS).await,
            Self::UploadParts => roster::forget_parts(cx, &permit, ROWS).await,
            Self::Papers => enrolment::forget_papers(cx, &permit, ROWS).await,
            Self::Launches => learning::forget_launches(cx, &permit, ROWS).await,
            Self::Assertions => learning::forget_assertions(cx, &permit, ROWS).await,
        }
    }
}
