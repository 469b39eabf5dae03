//! What nodes share beside the store: counters with a window. Never on the path of an answer.

use super::clock::Clock;
use futures::future::LocalBoxFuture;
use redis::{
    FromRedisValue, RedisError,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;

/// Counters that forget.
pub trait Coordination: Send + Sync {
    /// Counts one more event under `key` and says how many there were in the running window of
    /// `window_s` seconds.
    fn count<'a>(&'a self, key: &'a str, window_s: u32) -> LocalBoxFuture<'a, u64>;

    /// How many events there were under `key` in the running window; it counts none.
    fn counted<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, u64>;

    /// Forgets the events under `key`.
    fn forget<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, ()>;
}

/// Counters of this node alone.
pub struct InProcess {
    clock: Arc<dyn Clock>,
    windows: Mutex<HashMap<String, (i64, u64)>>,
}

/// Above this many counters, expired ones are dropped.
const MANY: usize = 10_000;

impl InProcess {
    /// Counters that all begin at nought.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, windows: Mutex::default() }
    }

    fn count_now(&self, key: &str, window_s: u32) -> u64 {
        let now = self.clock.now().0;
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() > MANY {
            windows.retain(|_, (until, _)| *until > now);
        }
        let window = windows.entry(key.to_owned()).or_insert((0, 0));
        if window.0 <= now {
            *window = (now + i64::from(window_s) * 1_000, 0);
        }
        window.1 += 1;
        window.1
    }

    fn counted_now(&self, key: &str) -> u64 {
        let now = self.clock.now().0;
        let windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.get(key).filter(|(until, _)| *until > now).map_or(0, |(_, count)| *count)
    }
}

impl Coordination for InProcess {
    fn count<'a>(&'a self, key: &'a str, window_s: u32) -> LocalBoxFuture<'a, u64> {
        Box::pin(async move { self.count_now(key, window_s) })
    }

    fn counted<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, u64> {
        Box::pin(async move { self.counted_now(key) })
    }

    fn forget<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, ()> {
        Box::pin(async move {
            self.windows.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
        })
    }
}

/// How long Redis may take to answer: whoever logs in waits no longer for it.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a Redis that did not answer is left alone, in seconds.
const LEFT_ALONE_S: i64 = 5;

/// Counters shared by all nodes. While Redis does not answer, at the start or later, this node counts alone:
/// limits still hold, each for one node, and nobody waits.
pub struct Shared {
    redis: ConnectionManager,
    prefix: String,
    alone: InProcess,
    /// Until when Redis is not asked, in milliseconds of the clock.
    left_alone_until: AtomicI64,
}

impl Shared {
    /// Counters in the Redis at `url`; every key begins with `prefix`. It need not be there yet.
    ///
    /// # Errors
    /// If `url` names no Redis.
    pub async fn connect(url: &str, prefix: &str, clock: Arc<dyn Clock>) -> Result<Self, RedisError> {
        // One try at a time: who asks next begins another.
        let config = ConnectionManagerConfig::new().set_number_of_retries(0);
        let config = config.set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
        let redis = redis::Client::open(url)?.get_connection_manager_lazy(config)?;
        let alone = InProcess::new(clock);
        let shared = Self { redis, prefix: prefix.to_owned(), alone, left_alone_until: AtomicI64::new(0) };
        shared.answers().await;
        Ok(shared)
    }

    /// Whether Redis answers.
    pub async fn answers(&self) -> bool {
        self.ask::<()>(redis::pipe().cmd("PING").ignore()).await.is_some()
    }

    /// What Redis replies; nothing if it does not in time, or did not a moment ago.
    async fn ask<T: FromRedisValue>(&self, question: &redis::Pipeline) -> Option<T> {
        let now = self.alone.clock.now();
        if now.0 < self.left_alone_until.load(Ordering::Relaxed) {
            return None;
        }
        let mut redis = self.redis.clone();
        let failure = match timeout(PATIENCE, question.query_async(&mut redis)).await {
            Ok(Ok(reply)) => return Some(reply),
            Ok(Err(error)) => error.to_string(),
            Err(late) => late.to_string(),
        };
        self.left_alone_until.store(now.plus_s(LEFT_ALONE_S).0, Ordering::Relaxed);
        tracing::warn!(error = %failure, "coordination.fallback: this node counts alone");
        None
    }

    async fn count_shared(&self, key: &str, window_s: u32) -> Option<u64> {
        let key = format!("{}{key}", self.prefix);
        let mut question = redis::pipe();
        question.atomic().cmd("INCR").arg(&key);
        question.cmd("EXPIRE").arg(&key).arg(window_s).arg("NX").ignore();
        self.ask(&question).await.map(|(count,): (u64,)| count)
    }

    async fn counted_shared(&self, key: &str) -> Option<u64> {
        let mut question = redis::pipe();
        question.cmd("GET").arg(format!("{}{key}", self.prefix));
        self.ask(&question).await.map(|(count,): (Option<u64>,)| count.unwrap_or(0))
    }
}

impl Coordination for Shared {
    fn count<'a>(&'a self, key: &'a str, window_s: u32) -> LocalBoxFuture<'a, u64> {
        Box::pin(async move {
            let count = self.count_shared(key, window_s).await;
            count.unwrap_or_else(|| self.alone.count_now(key, window_s))
        })
    }

    fn counted<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, u64> {
        Box::pin(async move {
            let count = self.counted_shared(key).await;
            count.unwrap_or_else(|| self.alone.counted_now(key))
        })
    }

    fn forget<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, ()> {
        Box::pin(async move {
            let mut question = redis::pipe();
            question.cmd("DEL").arg(format!("{}{key}", self.prefix)).ignore();
            // If nobody replies, the shared counter is kept until its window ends.
            self.ask::<()>(&question).await;
            self.alone.forget(key).await;
        })
    }
}

#[cfg(test)]
mod tests {
    use super::InProcess;
    use crate::platform::clock::ManualClock;
    use shared::time::Timestamp;
    use std::sync::Arc;

    #[test]
    fn a_window_begins_with_its_first_event_and_no_later_one_makes_it_longer() {
        let clock = Arc::new(ManualClock::at(Timestamp(0)));
        let counters = InProcess::new(clock.clone());
        assert_eq!((counters.count_now("a", 600), counters.counted_now("a"), counters.counted_now("b")), (1, 1, 0));
        clock.advance_s(599);
        assert_eq!((counters.count_now("a", 600), counters.counted_now("a")), (2, 2));
        clock.advance_s(1);
        assert_eq!((counters.counted_now("a"), counters.count_now("a", 600)), (0, 1));
    }
}
