//! Log-ins that fail at one network, whatever the name: who tries one password with many names is slowed, too (ADR 51).

use crate::platform::{
    Services,
    crypto::Column,
    error::{AppError, AppResult},
};
use shared::ids::AccountId;
use std::cell::Cell;

/// Where log-ins come from.
const NETWORK: Column = Column { table: "login", name: "network" };
/// Log-ins that may fail at one network in a window, before anybody is in.
const FAILURES: u64 = 60;
/// Further ones for each account that got in: all learners of a school may share one network, and many of them
/// type something wrong at first. Who guesses gets in to no other account than their own.
const FURTHER: u64 = 2;
/// Length of the window, in seconds. It begins with the first failure, and tries that are refused are not counted.
const WINDOW_S: u32 = 600;
/// Tries that a network may have in a slow window when too many have failed. They are taken whoever they are for,
/// before anything is looked at: who is refused learns nothing.
const SLOW_TRIES: u64 = 6;
/// Length of a slow window, in seconds: where nobody else tries, who has the right password waits no longer than this.
const SLOW_WINDOW_S: u32 = 60;

/// The failures at one network, as one try sees them.
pub(super) struct Failures<'a> {
    cx: &'a Services,
    /// It tells nobody the address.
    key: String,
    /// Of the accounts that got in.
    room: String,
    /// Of the tries when too many have failed.
    slow: String,
    /// Whether this try has been taken as one of those.
    is_taken: Cell<bool>,
}

impl<'a> Failures<'a> {
    /// Of log-ins by password.
    pub(super) fn of_passwords(cx: &'a Services, network: &str) -> Self {
        Self::of(cx, "login", network)
    }

    /// Of log-ins by ticket: wrong passwords keep no ticket out, nor the other way round.
    pub(super) fn of_tickets(cx: &'a Services, network: &str) -> Self {
        Self::of(cx, "ticket", network)
    }

    fn of(cx: &'a Services, way: &str, network: &str) -> Self {
        let index = cx.keys.fields.blind_index(NETWORK, network).to_hex();
        let key = |what: &str| format!("{way}-{what}:{index}");
        let is_taken = Cell::new(false);
        Self { cx, key: key("failures"), room: key("successes"), slow: key("slow-tries"), is_taken }
    }

    /// Whether there may be this try. A try that was taken slowly is not counted as another when it is asked again.
    ///
    /// # Errors
    /// [`AppError::TooMany`].
    pub(super) async fn judge(&self) -> AppResult<()> {
        let failed = self.cx.coordination.counted(&self.key).await;
        if failed < FAILURES || failed < FAILURES + FURTHER * self.cx.coordination.counted(&self.room).await {
            return Ok(());
        }
        if self.is_taken.get() || self.cx.coordination.count(&self.slow, SLOW_WINDOW_S).await <= SLOW_TRIES {
            self.is_taken.set(true);
            return Ok(());
        }
        Err(AppError::TooMany { retry_after_s: u64::from(SLOW_WINDOW_S) })
    }

    /// Counts one more.
    pub(super) async fn count(&self) {
        self.cx.coordination.count(&self.key, WINDOW_S).await;
    }

    /// An account got in: there may be some more, once for each account.
    pub(super) async fn make_room(&self, account: AccountId) {
        if self.cx.coordination.count(&format!("{}:{account}", self.room), WINDOW_S).await == 1 {
            self.cx.coordination.count(&self.room, WINDOW_S).await;
        }
    }
}
