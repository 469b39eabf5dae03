//! How often somebody may try to log in: so often for a name in a network, and so often in a network whatever the
//! name. On a device that the account knows its owner has tries of their own.

use super::{devices::Device, failures::Failures, login_names};
use crate::platform::{
    Services,
    crypto::Column,
    error::{AppError, AppResult},
};
use shared::{identity::LoginName, ids::AccountId};

/// Tries for one name in one network, or for one account on one device, before they must wait.
pub(super) const TRIES: u64 = 10;
/// How long they must wait.
pub(super) const TRIES_WINDOW_S: u32 = 900;

/// Where tickets are shown.
const TICKET: Column = Column { table: "login", name: "sitting_id" };

/// Where one try stands among those that there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// There may be so many.
    Within,
    /// The first of those that are too many.
    First,
    /// One more of them.
    Further,
}

/// The tries that one is counted among.
pub(super) struct Tries<'a> {
    cx: &'a Services,
    key: String,
    /// What failed in the network; on a known device nobody asks.
    failures: Option<Failures<'a>>,
}

impl<'a> Tries<'a> {
    pub(super) fn of(cx: &'a Services, login: &LoginName, network: &str, device: &Device) -> Self {
        match device.throttle() {
            Some(key) => Self { cx, key, failures: None },
            None => {
                let failures = Some(Failures::of_passwords(cx, network));
                Self { cx, key: login_names::throttle(cx, login, network), failures }
            }
        }
    }

    /// The same for an admission ticket: for its number in a network, and in the network whatever the number, apart
    /// from passwords.
    pub(super) fn of_ticket(cx: &'a Services, ticket_number: &str, network: &str) -> Self {
        let index = cx.keys.fields.blind_index(TICKET, &format!("{ticket_number} {network}")).to_hex();
        Self { cx, key: format!("ticket-login:{index}"), failures: Some(Failures::of_tickets(cx, network)) }
    }

    /// Counts one more, if there may be one.
    ///
    /// # Errors
    /// [`AppError::TooMany`].
    pub(super) async fn begin(&self) -> AppResult<()> {
        match self.count().await? {
            Counted::Within => Ok(()),
            Counted::First | Counted::Further => Err(Self::used_up()),
        }
    }

    /// Counts one more, and says whether there may be one.
    ///
    /// # Errors
    /// [`AppError::TooMany`] if the network may have no other.
    pub(super) async fn count(&self) -> AppResult<Counted> {
        self.judge().await?;
        Ok(match self.cx.coordination.count(&self.key, TRIES_WINDOW_S).await {
            count if count <= TRIES => Counted::Within,
            count if count == TRIES + 1 => Counted::First,
            _ => Counted::Further,
        })
    }

    /// What is said to whom no try is left.
    pub(super) fn used_up() -> AppError {
        AppError::TooMany { retry_after_s: u64::from(TRIES_WINDOW_S) }
    }

    /// Whether the network may have another.
    ///
    /// # Errors
    /// [`AppError::TooMany`].
    pub(super) async fn judge(&self) -> AppResult<()> {
        match &self.failures {
            Some(failures) => failures.judge().await,
            None => Ok(()),
        }
    }

    /// The password was wrong.
    pub(super) async fn failed(&self) {
        if let Some(failures) = &self.failures {
            failures.count().await;
        }
    }

    /// Somebody is in: their tries are forgotten, and their network may have some more that fail.
    pub(super) async fn succeeded(&self, account: AccountId) {
        self.cx.coordination.forget(&self.key).await;
        if let Some(failures) = &self.failures {
            failures.make_room(account).await;
        }
    }
}
