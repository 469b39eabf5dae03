//! Passwords: one's own is changed by whoever knows it; a first one is given by somebody else.

use super::{
    entity::{account, former_password},
    logins::Identity,
    store::{self, NewPassword},
    tries::{TRIES, TRIES_WINDOW_S},
};
use crate::{
    access::{Actor, OwnerBook, actions, authorize},
    platform::{
        db::Tx,
        error::{AppError, AppResult},
        ids::IdSource,
    },
};
use shared::{
    identity::{ChangePassword, MAX_PASSWORD, check_password, holds_own_name},
    ids::AccountId,
    problem::ProblemCode,
    rights::Place,
    time::Timestamp,
};

/// How long a first password can be used.
pub(super) const FIRST_PASSWORD_S: i64 = 7 * 86_400;
/// No 0, 1, l, o: nobody takes one letter for another when they copy it.
const SYMBOLS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Groups of a first password, and symbols of a group: 60 bits.
const GROUPS: [usize; 3] = [4, 4, 4];

/// So many passwords before the present one are not chosen again.
const FORMER: u64 = 5;

actions! {
    /// Change one's own password.
    ChangeOwn(AccountId) = ManageOwnLogins;
}

/// A password that nobody can guess and everybody can copy.
pub(super) fn first_password(ids: &dyn IdSource) -> String {
    GROUPS.map(|symbols| random_symbols(ids, symbols)).join("-")
}

/// Random letters and digits that are not taken for one another.
pub(super) fn random_symbols(ids: &dyn IdSource, count: usize) -> String {
    let bytes: [u8; 32] = ids.secret();
    bytes.iter().take(count).map(|byte| char::from(SYMBOLS[usize::from(byte % 32)])).collect()
}

/// Puts a first password in the place of whatever an account had, and ends its log-ins. The account's
/// name, and until when the password can be used.
///
/// # Errors
/// `not-found` if there is no such account.
pub(super) async fn set_first_password(tx: &Tx, id: AccountId, password_hash: &str) -> AppResult<(String, Timestamp)> {
    let account = store::lock_account(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
    let usable_until = tx.now().plus_s(FIRST_PASSWORD_S);
    put(tx, &account, &NewPassword { hash: password_hash, first_until: Some(usable_until) }).await?;
    store::end_logins(tx.conn(), id, None, tx.now()).await?;
    Ok((account.login_name, usable_until))
}

/// Puts another password in the place of the one that was read, and remembers that one; whether it still was there.
///
/// # Errors
/// If the store fails.
pub(super) async fn put(tx: &Tx, read: &account::Model, new: &NewPassword<'_>) -> AppResult<bool> {
    if !store::replace_password(tx.conn(), read, new, tx.now()).await? {
        return Ok(false);
    }
    let row = former_password::Model {
        account_id: read.id,
        password_hash: read.password_hash.clone(),
        replaced_at: tx.now(),
    };
    store::keep_former_password(tx.conn(), row, FORMER).await?;
    Ok(true)
}

/// What keeps somebody who has shown their password from this new one: the store and the owner's numbers know.
async fn wrong_for(
    identity: &Identity,
    owners: &dyn OwnerBook,
    account: &account::Model,
    password: &str,
) -> AppResult<Option<&'static str>> {
    let cx = &identity.cx;
    if holds_own_name(password, &account.display_name) || owners.holds_number(account.id, password).await? {
        return Ok(Some("password-own"));
    }
    for hash in store::list_former_passwords(cx.db.read(), account.id, FORMER).await? {
        if identity.matches(password.to_owned(), hash).await? {
            return Ok(Some("password-used"));
        }
    }
    Ok(None)
}

/// Changes the actor's own password, and ends their other log-ins.
///
/// Every try is counted until one is good: what is told of a new password tells a little of its owner's numbers and
/// former passwords.
///
/// # Errors
/// The field `/new` by the rules, `/current` if that is not the password; [`AppError::TooMany`].
pub(super) async fn change(
    identity: &Identity,
    owners: &dyn OwnerBook,
    actor: &Actor,
    change: &ChangePassword,
) -> AppResult<()> {
    let cx = &identity.cx;
    let account = store::find_account(cx.db.read(), actor.account_id).await?.ok_or_else(AppError::not_found)?;
    check_password(&change.new, &account.login_name, "/new").map_err(|error| AppError::Invalid(vec![error]))?;
    if change.new == change.current {
        return Err(AppError::field("/new", "password-same"));
    }
    let throttle = format!("password:{}", account.id);
    if cx.coordination.count(&throttle, TRIES_WINDOW_S).await > TRIES {
        return Err(AppError::TooMany { retry_after_s: u64::from(TRIES_WINDOW_S) });
    }
    let is_over_long = change.current.chars().count() > MAX_PASSWORD;
    if is_over_long || !identity.matches(change.current.clone(), account.password_hash.clone()).await? {
        return Err(AppError::field("/current", "password-wrong"));
    }
    if let Some(code) = wrong_for(identity, owners, &account, &change.new).await? {
        return Err(AppError::field("/new", code));
    }
    cx.coordination.forget(&throttle).await;
    let password_hash = identity.hash(change.new.clone()).await?;
    let own = Place::Own { account: account.id };
    let permit = authorize::<ChangeOwn>(actor, account.id, &own)?;
    cx.db
        .write(&permit, async |tx| {
            if !put(tx, &account, &NewPassword { hash: &password_hash, first_until: None }).await? {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            store::end_logins(tx.conn(), account.id, Some(actor.login_id), tx.now()).await?;
            let need = identity.need_after_password(tx.conn(), account.id).await?;
            store::set_need(tx.conn(), actor.login_id, need).await?;
            tx.note("changed", "password");
            Ok(())
        })
        .await
}
