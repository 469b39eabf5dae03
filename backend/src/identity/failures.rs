//! Log-ins that fail at one network, whatever the name: who tries one password with many names must wait, too.

use crate::platform::{
    Services,
    crypto::Column,
    error::{AppError, AppResult},
};
use shared::ids::AccountId;

/// Where log-ins come from.
const NETWORK: Column = Column { table: "login", name: "network" };
/// Log-ins that may fail at one network in a window, before anybody is in.
const FAILURES: u64 = 60;
/// Further ones for each account that got in: all learners of a school may share one network, and many of them
/// type something wrong at first. Who guesses gets in to no other account than their own.
const FURTHER: u64 = 2;
/// Length of the window, in seconds. It begins with the first failure, and tries that are refused are not
/// counted: whoever has the right password waits no longer than this.
const WINDOW_S: u32 = 600;

/// The failures at one network.
pub(super) struct Failures<'a> {
    cx: &'a Services,
    /// It tells nobody the address.
    key: String,
    /// Of the accounts that got in.
    room: String,
}

impl<'a> Failures<'a> {
    pub(super) fn of(cx: &'a Services, network: &str) -> Self {
        let index = cx.keys.fields.blind_index(NETWORK, network).to_hex();
        Self { cx, key: format!("login-failures:{index}"), room: format!("login-successes:{index}") }
    }

    /// Whether there may be another try.
    ///
    /// # Errors
    /// [`AppError::TooMany`].
    pub(super) async fn judge(&self) -> AppResult<()> {
        let failed = self.cx.coordination.counted(&self.key).await;
        if failed < FAILURES || failed < FAILURES + FURTHER * self.cx.coordination.counted(&self.room).await {
            return Ok(());
        }
        Err(AppError::TooMany { retry_after_s: u64::from(WINDOW_S) })
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
