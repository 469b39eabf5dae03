//! What nodes share beside the store: counters with a window. Never on the path of an answer.

use super::clock::Clock;
use futures::future::LocalBoxFuture;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

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

/// Counters shared by all nodes. When Redis does not answer, this node counts alone.
pub struct Shared {
    redis: redis::aio::ConnectionManager,
    prefix: String,
    alone: InProcess,
}

impl Shared {
    /// Connects to Redis at `url`; every key begins with `prefix`.
    ///
    /// # Errors
    /// If Redis cannot be reached at start.
    pub async fn connect(url: &str, prefix: &str, clock: Arc<dyn Clock>) -> Result<Self, redis::RedisError> {
        let redis = redis::Client::open(url)?.get_connection_manager().await?;
        Ok(Self { redis, prefix: prefix.to_owned(), alone: InProcess::new(clock) })
    }

    async fn count_shared(&self, key: &str, window_s: u32) -> Result<u64, redis::RedisError> {
        let key = format!("{}{key}", self.prefix);
        let (count,): (u64,) = redis::pipe()
            .atomic()
            .cmd("INCR")
            .arg(&key)
            .cmd("EXPIRE")
            .arg(&key)
            .arg(window_s)
            .arg("NX")
            .ignore()
            .query_async(&mut self.redis.clone())
            .await?;
        Ok(count)
    }

    async fn counted_shared(&self, key: &str) -> Result<u64, redis::RedisError> {
        let key = format!("{}{key}", self.prefix);
        let count: Option<u64> = redis::cmd("GET").arg(key).query_async(&mut self.redis.clone()).await?;
        Ok(count.unwrap_or(0))
    }
}

impl Coordination for Shared {
    fn count<'a>(&'a self, key: &'a str, window_s: u32) -> LocalBoxFuture<'a, u64> {
        Box::pin(async move {
            match self.count_shared(key, window_s).await {
                Ok(count) => count,
                Err(error) => {
                    tracing::warn!(error = %error, "coordination.fallback: this node counts alone");
                    self.alone.count_now(key, window_s)
                }
            }
        })
    }

    fn counted<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, u64> {
        Box::pin(async move {
            match self.counted_shared(key).await {
                Ok(count) => count,
                Err(error) => {
                    tracing::warn!(error = %error, "coordination.fallback: this node looks at its own count");
                    self.alone.counted_now(key)
                }
            }
        })
    }

    fn forget<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, ()> {
        Box::pin(async move {
            let key_shared = format!("{}{key}", self.prefix);
            let outcome: Result<(), _> = redis::cmd("DEL").arg(key_shared).query_async(&mut self.redis.clone()).await;
            if let Err(error) = outcome {
                tracing::warn!(error = %error, "coordination.fallback: the counter is kept");
            }
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
