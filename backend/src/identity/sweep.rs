//! Log-ins that ended long ago, and tokens that were replaced long ago, are forgotten.

use super::store;
use crate::platform::{Services, db::Permission, error::AppResult};

/// How long a replaced token is kept, in seconds. Its use tells that it was stolen; a browser keeps the cookie of a
/// log-in for 14 days, so that after another day nobody has it who does not have to steal it.
const TOKEN_KEPT_S: i64 = 15 * 86_400;
/// How long a log-in is kept after its last use, in seconds. None is renewed after 14 days.
const LOGIN_KEPT_S: i64 = 90 * 86_400;

/// Forgets refresh tokens that were replaced long ago, the oldest, about as many as `rows`; how many.
///
/// # Errors
/// If the store fails.
pub async fn forget_tokens(cx: &Services, permit: &impl Permission, rows: u64) -> AppResult<u64> {
    let before = cx.clock.now().plus_s(-TOKEN_KEPT_S);
    let Some(until) = store::oldest_tokens_until(cx.db.read(), before, rows).await? else { return Ok(0) };
    cx.db
        .write(permit, async |tx| {
            let deleted = store::forget_tokens_until(tx.conn(), until).await?;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
}

/// Forgets log-ins that were used last long ago, the oldest, as many as `rows`; how many. Of each account the last one
/// stays, for it says since when the account lies unused.
///
/// # Errors
/// If the store fails.
pub async fn forget_logins(cx: &Services, permit: &impl Permission, rows: u64) -> AppResult<u64> {
    let before = cx.clock.now().plus_s(-LOGIN_KEPT_S);
    let ids = store::list_former_logins(cx.db.read(), before, rows).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    cx.db
        .write(permit, async |tx| {
            let deleted = store::forget_logins(tx.conn(), &ids).await?;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
}
