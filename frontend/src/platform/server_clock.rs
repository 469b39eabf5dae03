//! The server's clock, read from the device's monotonic clock.

use super::{client, clock, timing::within};
use shared::{
    delivery::{ClockSample, ServerClockReading, ServerTime},
    time::Timestamp,
};
use std::{cell::RefCell, time::Duration};

/// How often it asks in a row.
const QUESTIONS: usize = 3;
/// A reply that takes longer tells no time.
const REPLY: Duration = Duration::from_secs(5);

/// Knows the server's clock after it has asked.
#[derive(Default)]
pub struct ServerClock(RefCell<ServerClockReading>);

impl ServerClock {
    /// A clock that nobody has told the time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on from what an earlier page of this device knew: server's clock minus wall clock. Used
    /// until the server says better.
    pub fn assume(&self, server_minus_wall_ms: i64) {
        self.0.borrow_mut().assume(clock::monotonic_ms(), clock::now().plus_ms(server_minus_wall_ms));
    }

    /// Holds the device's clocks against each other: whether it slept, or somebody set its clock. Then it is time to
    /// [`Self::measure`]; without a network, what was slept counts as passed all the same.
    pub fn compare(&self) -> bool {
        self.0.borrow_mut().compare(clock::monotonic_ms(), clock::now())
    }

    /// Asks the server a few times; forgets what was known before, because a device that slept may have
    /// missed time. Without an answer it is forgotten with the next reply to anything. Whether there was one.
    pub async fn measure(&self) -> bool {
        self.compare();
        self.0.borrow_mut().doubt(clock::monotonic_ms());
        let mut samples = Vec::new();
        for _ in 0..QUESTIONS {
            let sent_mono_ms = clock::monotonic_ms();
            let reply = within(REPLY, client::get_open("/time")).await;
            let Some(Ok(Some(ServerTime { server_time }))) = reply else { break };
            samples.push(ClockSample { sent_mono_ms, server_time, received_mono_ms: clock::monotonic_ms() });
        }
        let was_told = !samples.is_empty();
        if was_told {
            self.0.borrow_mut().replace(samples);
        }
        was_told
    }

    /// Takes the time out of a reply to what was asked at `sent_mono_ms`.
    pub fn learn(&self, sent_mono_ms: u64, server_time: Timestamp) {
        let sample = ClockSample { sent_mono_ms, server_time, received_mono_ms: clock::monotonic_ms() };
        self.0.borrow_mut().learn(sample);
    }

    /// What the server's clock says now; the device's own clock if nobody ever told.
    pub fn now(&self) -> Timestamp {
        self.0.borrow().server_time(clock::monotonic_ms()).unwrap_or_else(clock::now)
    }

    /// Server's clock minus wall clock, in milliseconds: for a later page of this device.
    pub fn server_minus_wall_ms(&self) -> i64 {
        self.now().ms_since(clock::now())
    }
}
