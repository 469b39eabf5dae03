//! Waiting, and the device's clocks.

use futures::{
    channel::oneshot,
    future::{Either, select},
    pin_mut,
};
use leptos::prelude::{set_timeout, window};
use std::time::Duration;

/// Waits.
pub async fn sleep(wait: Duration) {
    let (wake, woken) = oneshot::channel();
    set_timeout(move || _ = wake.send(()), wait);
    _ = woken.await;
}

/// What `work` brings, unless it takes longer than `limit`.
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    let too_late = sleep(limit);
    pin_mut!(work, too_late);
    match select(work, too_late).await {
        Either::Left((brought, _)) => Some(brought),
        Either::Right(_) => None,
    }
}

/// Milliseconds on the clock that never runs backwards, since this page was loaded.
pub fn mono_ms() -> u64 {
    let now = window().performance().map_or(0.0, |performance| performance.now());
    whole(now)
}

/// Milliseconds since 1970 on the clock that people can set.
pub fn wall_ms() -> i64 {
    i64::try_from(whole(js_sys::Date::now())).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "floats saturate, and clocks are positive")]
fn whole(ms: f64) -> u64 {
    ms as u64
}
