//! Log-ins that fail at one network, whatever the name: who tries one password with many names must wait, too.

use crate::platform::{
    Services,
    crypto::Column,
    error::{AppError, AppResult},
};

/// Where log-ins come from.
const NETWORK: Column = Column { table: "login", name: "network" };
/// Log-ins that may fail at one network in a window: all learners and teachers of a school may share one.
const FAILURES: u64 = 60;
/// Length of the window, in seconds. It begins with the first failure, and tries that are refused are not
/// counted: whoever has the right password waits no longer than this.
const WINDOW_S: u32 = 600;

/// The failures at one network.
pub(super) struct Failures<'a> {
    cx: &'a Services,
    /// It tells nobody the address.
    key: String,
}

impl<'a> Failures<'a> {
    pub(super) fn of(cx: &'a Services, network: &str) -> Self {
        let index = cx.keys.fields.blind_index(NETWORK, network);
        Self { cx, key: format!("login-failures:{}", index.to_hex()) }
    }

    /// Whether there may be another try.
    ///
    /// # Errors
    /// [`AppError::TooMany`].
    pub(super) async fn judge(&self) -> AppResult<()> {
        if self.cx.coordination.counted(&self.key).await < FAILURES {
            return Ok(());
        }
        Err(AppError::TooMany { retry_after_s: u64::from(WINDOW_S) })
    }

    /// Counts one more.
    pub(super) async fn count(&self) {
        self.cx.coordination.count(&self.key, WINDOW_S).await;
    }
}
