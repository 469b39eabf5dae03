//! Accounts: who somebody is to the system.

use super::{entity::account, store};
use crate::platform::{
    Services,
    crypto::hash_password,
    db::Tx,
    error::{AppError, AppResult},
};
use shared::{ids::AccountId, time::Timestamp};
use std::collections::HashMap;

/// A person who is to have an account.
pub struct NewAccount {
    /// The account.
    pub id: AccountId,
    /// Account name, lower case; never a phone.
    pub login_name: String,
    /// The person's name.
    pub display_name: String,
    /// Made by [`hash_for`].
    pub password_hash: String,
    /// When the person's identity was verified, if it was.
    pub identity_verified_at: Option<Timestamp>,
}

/// Hashes a password with a fresh salt.
///
/// # Errors
/// If hashing fails.
pub fn hash_for(cx: &Services, password: &str) -> AppResult<String> {
    hash_password(password, &cx.ids.secret())
}

/// Creates an account within a running write.
///
/// # Errors
/// If the store fails.
pub async fn create_account(tx: &Tx, new: NewAccount) -> AppResult<()> {
    let row = account::Model {
        id: new.id,
        login_name: new.login_name,
        display_name: new.display_name,
        password_hash: new.password_hash,
        identity_verified_at: new.identity_verified_at,
        created_at: tx.now(),
        division: None,
        provider_id: None,
        first_password_until: None,
        closed_at: None,
        login_phone_index: None,
        password_set_at: None,
    };
    match store::insert_account(tx.conn(), row).await? {
        true => Ok(()),
        false => Err(AppError::internal("an account has this name")),
    }
}

/// Gives an account the right name of its person, within a running write.
///
/// # Errors
/// If the store fails.
pub async fn rename(tx: &Tx, id: AccountId, name: &str) -> AppResult<()> {
    store::set_display_name(tx.conn(), id, name).await
}

/// Closes an account within a running write: its log-ins end, and nobody logs in by it. It stays what its
/// facts name.
///
/// # Errors
/// If the store fails.
pub async fn close_account(tx: &Tx, id: AccountId) -> AppResult<()> {
    // First: whoever logs in at the same moment waits for this, or is ended by what follows.
    store::set_closed(tx.conn(), id, Some(tx.now())).await?;
    store::end_logins(tx.conn(), id, None, tx.now()).await
}

/// Takes back that an account was closed.
///
/// # Errors
/// If the store fails.
pub async fn reopen_account(tx: &Tx, id: AccountId) -> AppResult<()> {
    store::set_closed(tx.conn(), id, None).await
}

/// The account with this name.
///
/// # Errors
/// If the store fails.
pub async fn find_by_name(cx: &Services, login_name: &str) -> AppResult<Option<AccountId>> {
    Ok(store::find_account_by_name(cx.db.read(), login_name).await?.map(|account| account.id))
}

/// The names of these persons.
///
/// # Errors
/// If the store fails.
pub async fn names_of(cx: &Services, ids: &[AccountId]) -> AppResult<HashMap<AccountId, String>> {
    let rows = store::list_accounts(cx.db.read(), ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.display_name)).collect())
}

/// The name of one person.
///
/// # Errors
/// `not-found` if there is no such account.
pub async fn name_of(cx: &Services, id: AccountId) -> AppResult<String> {
    let account = store::find_account(cx.db.read(), id).await?;
    account.map(|account| account.display_name).ok_or_else(AppError::not_found)
}

/// The same within a write: nobody renames the person until it ends.
///
/// # Errors
/// `not-found`.
pub async fn hold_name_of(tx: &Tx, id: AccountId) -> AppResult<String> {
    let account = store::lock_account(tx.conn(), id).await?;
    account.map(|account| account.display_name).ok_or_else(AppError::not_found)
}

/// Whether the person's identity has been verified.
///
/// # Errors
/// If the store fails.
pub async fn identity_is_verified(cx: &Services, id: AccountId) -> AppResult<bool> {
    let account = store::find_account(cx.db.read(), id).await?;
    Ok(account.is_some_and(|account| account.identity_verified_at.is_some()))
}

/// Whether the person's identity has been verified; that stays so until the write ends.
///
/// # Errors
/// If the store fails.
pub async fn hold_identity_is_verified(tx: &Tx, id: AccountId) -> AppResult<bool> {
    let account = store::lock_account(tx.conn(), id).await?;
    Ok(account.is_some_and(|account| account.identity_verified_at.is_some()))
}
