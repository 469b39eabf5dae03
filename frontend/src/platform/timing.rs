//! Waiting.

use futures::{
    channel::oneshot,
    future::{Either, select},
    pin_mut,
};
use leptos::prelude::set_timeout;
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
