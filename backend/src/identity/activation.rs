//! An account that an office opened for somebody becomes theirs: a name and a password of their own.

use super::{
    login_names::phone_index,
    passwords,
    store::{self, NewPassword},
};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use shared::{identity::LoginName, ids::AccountId};

/// Gives an account what its owner wants to log in by, if they say, and the password that they chose. Who
/// is logged in by the former password is logged out.
///
/// Whose a phone is, the caller has asked. It is kept as a blind index, and the account keeps the name that
/// it has. Who chooses a name logs in by that alone from then on. A change of the person's phone changes
/// nothing here: they log in by the former one until they choose anew.
///
/// # Errors
/// The field `/login_name` if somebody else has the name or logs in by the phone; `not-found` if there is no such
/// account.
pub async fn set_credentials(
    cx: &Services,
    tx: &Tx,
    id: AccountId,
    login: Option<&LoginName>,
    password_hash: &str,
) -> AppResult<()> {
    let account = store::lock_account(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    match login {
        Some(LoginName::Name(name)) => set_name(tx, id, name).await?,
        Some(LoginName::Phone(phone)) => {
            let index = phone_index(cx, phone);
            // Who has another account by now logs in to that one.
            store::release_login_phone(tx.conn(), &index).await?;
            store::set_login_phone(tx.conn(), id, index).await?;
        }
        None => {}
    }
    store::end_logins(tx.conn(), id, None, tx.now()).await?;
    passwords::put(tx, &account, &NewPassword { hash: password_hash, first_until: None }).await?;
    Ok(())
}

async fn set_name(tx: &Tx, id: AccountId, name: &str) -> AppResult<()> {
    if store::find_account_by_name(tx.conn(), name).await?.is_some_and(|account| account.id != id) {
        return Err(AppError::field("/login_name", "duplicate"));
    }
    store::set_login_name(tx.conn(), id, name).await
}
