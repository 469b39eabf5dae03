//! Devices on which somebody has been in before. Wrong tries elsewhere keep nobody out on one of them.

use super::{
    entity::{account, known_device},
    logins::{new_token, token_hash},
    store,
};
use crate::platform::{Services, db::Tx, error::AppResult};
use shared::ids::AccountId;
use uuid::Uuid;

/// A device that an account is not used on for so long is forgotten.
pub(super) const KNOWN_S: i64 = 365 * 86_400;
/// Characters of what the cookie holds: 32 bytes.
const TOKEN_CHARS: usize = 43;

/// The device that somebody logs in on.
pub(super) struct Device {
    /// What its cookie holds.
    token: Option<String>,
    /// The account that knows it and is logged in to.
    known_to: Option<AccountId>,
}

impl Device {
    /// Looks whether the account that somebody logs in to knows the device of this cookie. It asks the same of the
    /// store when there is no such account.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn of(cx: &Services, cookie: Option<String>, account: Option<&account::Model>) -> AppResult<Self> {
        let token = cookie.filter(|token| token.len() == TOKEN_CHARS);
        let Some(hash) = token.as_deref().map(token_hash) else { return Ok(Self { token, known_to: None }) };
        let id = account.map_or(AccountId(Uuid::nil()), |account| account.id);
        let known = store::find_known_device(cx.db.read(), &hash, id).await?;
        let known = known.filter(|row| cx.clock.now().ms_since(row.last_used_at) <= KNOWN_S * 1_000);
        Ok(Self { token, known_to: known.map(|row| row.account_id) })
    }

    /// Under what the tries on it are counted, if the account knows it. It tells nobody what the cookie holds.
    pub(super) fn throttle(&self) -> Option<String> {
        let (token, account) = (self.token.as_deref()?, self.known_to?);
        Some(format!("login-device:{}:{account}", token_hash(token)))
    }

    /// What the cookie is to hold from now on. Several persons may share a device; a token that nobody knows is not
    /// taken over, for it may be somebody else's invention.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) async fn token(&self, cx: &Services) -> AppResult<String> {
        let Some(token) = &self.token else { return Ok(new_token(cx)) };
        let is_known = store::is_device_known(cx.db.read(), &token_hash(token)).await?;
        Ok(if is_known { token.clone() } else { new_token(cx) })
    }
}

/// Remembers within a running write that an account is used on a device, and forgets old ones of the account.
///
/// # Errors
/// If the store fails.
pub(super) async fn remember(tx: &Tx, token: &str, account_id: AccountId) -> AppResult<()> {
    let now = tx.now();
    let row = known_device::Model { device_hash: token_hash(token), account_id, first_used_at: now, last_used_at: now };
    store::forget_devices(tx.conn(), account_id, Some(now.plus_s(-KNOWN_S))).await?;
    store::put_known_device(tx.conn(), row).await
}
