//! The device's clock. What counts is the server's; this one only chooses words and wakes waiters.

use shared::time::Timestamp;

/// The present instant by the device.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for 200,000 years")]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// Milliseconds since the page was opened, on a clock that nobody can set.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, and small")]
pub fn monotonic_ms() -> u64 {
    leptos::prelude::window().performance().map_or(0, |performance| performance.now() as u64)
}
