//! The server's clock, read from the device's monotonic clock.

use super::{client, clock, timing::within};
use shared::{
    delivery::{ClockSample, ServerOffset, ServerTime},
    time::Timestamp,
};
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

/// How often it asks in a row.
const QUESTIONS: usize = 3;
/// A reply that takes longer tells no time.
const REPLY: Duration = Duration::from_secs(5);
/// Answers remembered.
const SAMPLES: usize = 8;

/// Knows the server's clock after it has asked.
#[derive(Default)]
pub struct ServerClock {
    samples: RefCell<Vec<ClockSample>>,
    /// What to read while there is no sample.
    assumed: Cell<Option<ServerOffset>>,
}

impl ServerClock {
    /// A clock that nobody has told the time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on from what an earlier page of this device knew: server's clock minus wall clock. Used
    /// until the server says better.
    pub fn assume(&self, server_minus_wall_ms: i64) {
        let now = clock::monotonic_ms();
        let server_time = clock::now().plus_ms(server_minus_wall_ms);
        let sample = ClockSample { sent_mono_ms: now, server_time, received_mono_ms: now };
        self.assumed.set(ServerOffset::estimate(&[sample]));
    }

    /// Asks the server a few times; forgets what was known before, because a device that slept may
    /// have missed time. Whether there was an answer.
    pub async fn measure(&self) -> bool {
        let mut samples = Vec::new();
        for _ in 0..QUESTIONS {
            let sent_mono_ms = clock::monotonic_ms();
            let reply = within(REPLY, client::get_open("/time")).await;
            let Some(Ok(Some(ServerTime { server_time }))) = reply else { break };
            samples.push(ClockSample { sent_mono_ms, server_time, received_mono_ms: clock::monotonic_ms() });
        }
        let was_told = !samples.is_empty();
        if was_told {
            self.samples.replace(samples);
        }
        was_told
    }

    /// Takes the time out of a reply to what was asked at `sent_mono_ms`.
    pub fn learn(&self, sent_mono_ms: u64, server_time: Timestamp) {
        let mut samples = self.samples.borrow_mut();
        samples.push(ClockSample { sent_mono_ms, server_time, received_mono_ms: clock::monotonic_ms() });
        if samples.len() > SAMPLES {
            samples.remove(0);
        }
    }

    /// What the server's clock says now; the device's own clock if nobody ever told.
    pub fn now(&self) -> Timestamp {
        match ServerOffset::estimate(&self.samples.borrow()).or(self.assumed.get()) {
            Some(offset) => offset.server_time(clock::monotonic_ms()),
            None => clock::now(),
        }
    }

    /// Server's clock minus wall clock, in milliseconds: for a later page of this device.
    pub fn server_minus_wall_ms(&self) -> i64 {
        self.now().ms_since(clock::now())
    }
}
