//! The renewal of log-ins. A refresh token is good once. What follows from it is a function of it and of a key of the
//! server, so whoever asks by it again in a moment, for a reply that was lost or in a second tab, has what the first had.

use super::{
    entity::login,
    logins::{Granted, Identity, KeepLogin, insert_token, need_of, token_hash},
    store, ticket_logins,
};
use crate::{
    access::{JobName, Permit},
    platform::{
        crypto::derive_key,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::problem::ProblemCode;

/// A refresh token may be used again for this long: a weak network takes half a minute to lose a reply.
const REPEAT_GRACE_S: i64 = 60;
/// Renewals within the grace that are followed: no browser makes as many.
const MOST_RENEWALS: usize = 16;

impl Identity {
    /// Renews a log-in. The token is good once; again within the grace, when it leads to the very token that the first
    /// use led to, so that nobody holds two. After that its use ends the log-in, for it was stolen.
    ///
    /// # Errors
    /// [`ProblemCode::Unauthenticated`].
    pub async fn refresh(&self, token: &str) -> AppResult<Granted> {
        let unauthenticated = || AppError::Problem(ProblemCode::Unauthenticated);
        let stored = store::find_refresh_token(self.cx.db.read(), &token_hash(token)).await?;
        let login_id = stored.ok_or_else(unauthenticated)?.login_id;
        let permit = Permit::<KeepLogin>::for_job(JobName::LogIn, login_id);
        let renewed = self
            .cx
            .db
            .write(&permit, async |tx| {
                let Some(login) = store::find_open_login(tx.conn(), login_id).await? else { return Ok(None) };
                let Some(next) = self.next_token(tx, token).await? else { return end(tx, &login, "reuse").await };
                if self.is_idle(tx, &login).await? {
                    return end(tx, &login, "idle").await;
                }
                insert_token(tx, login.id, &next).await?;
                store::touch_login(tx.conn(), login.id, tx.now()).await?;
                Ok(Some((login, next)))
            })
            .await?;
        let (login, next) = renewed.ok_or_else(unauthenticated)?;
        let need = need_of(&login)?;
        let account = store::find_account(self.cx.db.read(), login.account_id).await?.ok_or_else(unauthenticated)?;
        self.grant(account, &login, need, next).await
    }

    /// What follows from a token, which is replaced by it unless it was. `None` if that was too long ago.
    async fn next_token(&self, tx: &Tx, token: &str) -> AppResult<Option<String>> {
        let mut token = token.to_owned();
        for renewals in 0..MOST_RENEWALS {
            // What was followed to is there, unless the server's key changed in between; then it is kept now.
            let Some(stored) = store::find_refresh_token(tx.conn(), &token_hash(&token)).await? else {
                return Ok(Some(token));
            };
            let Some(replaced_at) = stored.replaced_at else {
                if renewals > 0 {
                    tx.note("repeated", true);
                    return Ok(Some(token));
                }
                // Whoever does so at the same moment comes to the same.
                store::replace_refresh_token(tx.conn(), &stored.token_hash, tx.now()).await?;
                return Ok(Some(self.successor(&token)?));
            };
            if tx.now().ms_since(replaced_at) > REPEAT_GRACE_S * 1_000 {
                return Ok(None);
            }
            token = self.successor(&token)?;
        }
        Ok(None)
    }

    fn successor(&self, token: &str) -> AppResult<String> {
        Ok(URL_SAFE_NO_PAD.encode(derive_key(&self.cx.keys.refresh_tokens, token)?))
    }

    async fn is_idle(&self, tx: &Tx, login: &login::Model) -> AppResult<bool> {
        let idle_s = self.idle_s(login, &store::list_roles(tx.conn(), login.account_id).await?);
        let used_at = login.busy_until.map_or(login.last_used_at, |until| until.max(login.last_used_at));
        Ok(tx.now().ms_since(used_at) > idle_s * 1_000 || ticket_logins::is_over(login, tx.now()))
    }
}

/// Ends a log-in, with all tokens of its family.
async fn end<T>(tx: &Tx, login: &login::Model, reason: &str) -> AppResult<Option<T>> {
    tx.note("ended", reason);
    store::end_login(tx.conn(), login.id, tx.now()).await?;
    Ok(None)
}
