//! An account that an office opened for somebody becomes theirs: a name and a password of their own.

use super::store;
use crate::platform::{
    db::Tx,
    error::{AppError, AppResult},
};
use shared::ids::AccountId;

/// Gives an account the name, if one is wanted, and the password that its owner chose. Who is logged in
/// by the former password is logged out.
///
/// # Errors
/// The field `/login_name` if somebody else has the name.
pub async fn set_credentials(tx: &Tx, id: AccountId, login_name: Option<&str>, password_hash: &str) -> AppResult<()> {
    let login_name = login_name.map(|name| name.trim().to_lowercase());
    if let Some(name) = &login_name
        && store::find_account_by_name(tx.conn(), name).await?.is_some_and(|account| account.id != id)
    {
        return Err(AppError::field("/login_name", "duplicate"));
    }
    store::end_logins(tx.conn(), id, None, tx.now()).await?;
    store::set_credentials(tx.conn(), id, login_name, password_hash).await
}
