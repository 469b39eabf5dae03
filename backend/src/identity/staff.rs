//! Accounts of staff, for who keeps them: created, looked for, and given a new start.

use super::{
    entity::{account, role_grant},
    logins::Identity,
    passwords::{self, FIRST_PASSWORD_S},
    roles, store,
};
use crate::{
    access::{Actor, Permit, PlaceBook, Scope, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use serde::Deserialize;
use shared::{
    identity::{
        AccountRole, AccountState, AccountView, FirstPassword, NewStaffAccount, may_reset_password,
        may_reset_second_factor,
    },
    ids::{AccountId, ProviderId},
    organisation::DivisionCode,
    page::{Page, PageQuery},
    people::check_reason,
    rights::{Place, Right, RoleAt},
};
use std::collections::{HashMap, HashSet};

actions! {
    /// Create an account of staff, or give it a new start.
    KeepAccount(AccountId) = KeepAccounts;
}

/// Which accounts are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct AccountsQuery {
    /// Part of the name or of the account name.
    pub text: Option<String>,
    /// The division that they are kept in or hold roles in, at any level.
    #[param(value_type = Option<String>)]
    pub division: Option<DivisionCode>,
    /// The school that they are kept at or hold roles at.
    pub provider_id: Option<ProviderId>,
    /// Only those of which this is to be looked at.
    pub state: Option<AccountState>,
}

/// An account of which the actor may know.
///
/// # Errors
/// `not-found` if there is none, `forbidden` if the actor may know of none.
pub(super) async fn known_account(cx: &Services, actor: &Actor, id: AccountId) -> AppResult<account::Model> {
    let scope = Scope::above_classes(actor, Right::ReadRights)?;
    store::find_account_at(cx.db.read(), &scope, id).await?.ok_or_else(AppError::not_found)
}

/// Creates an account with a password for the first log-in.
///
/// # Errors
/// The fields that are wrong, or `forbidden` at another place.
pub(super) async fn create(
    identity: &Identity,
    book: &dyn PlaceBook,
    actor: &Actor,
    key: &IdempotencyKey,
    new: &NewStaffAccount,
) -> AppResult<FirstPassword> {
    let cx = &identity.cx;
    let place = book.find(&new.place).await?.ok_or_else(|| AppError::field("/place", "not-found"))?;
    let permit = authorize::<KeepAccount>(actor, cx.ids.new_id(), &place)?;
    let (login_name, display_name) = new.check().map_err(AppError::Invalid)?;
    let password = passwords::first_password(&*cx.ids);
    let password_hash = identity.hash(password.clone()).await?;
    let (id, creator) = (*permit.target(), permit.person()?);
    let (division, provider_id) = roles::columns(&place);
    let created = cx
        .db
        .write(&permit, async |tx| {
            once(tx, creator, key, new, async || {
                let usable_until = tx.now().plus_s(FIRST_PASSWORD_S);
                let row = account::Model {
                    id,
                    login_name: login_name.clone(),
                    display_name: display_name.clone(),
                    password_hash: password_hash.clone(),
                    identity_verified_at: None,
                    created_at: tx.now(),
                    division: division.clone(),
                    provider_id,
                    first_password_until: Some(usable_until),
                    closed_at: None,
                    login_phone_index: None,
                    password_set_at: None,
                };
                if !store::insert_account(tx.conn(), row).await? {
                    return Err(AppError::field("/login_name", "duplicate"));
                }
                tx.note("created", id.to_string());
                // The reply is kept for repeats: the password is not in it.
                Ok(FirstPassword { account_id: id, login_name: login_name.clone(), password: None, usable_until })
            })
            .await
        })
        .await?;
    Ok(FirstPassword { password: (created.account_id == id).then_some(password), ..created })
}

/// Lets the actor give an account a new start: they keep accounts wherever it is kept and holds roles.
///
/// # Errors
/// `not-found` if the actor may not know of it, `forbidden` if they keep accounts at a part of its
/// places alone.
async fn permit(cx: &Services, actor: &Actor, id: AccountId) -> AppResult<(Permit<KeepAccount>, Vec<RoleAt>)> {
    let row = known_account(cx, actor, id).await?;
    let held = store::list_open_grants(cx.db.read(), &[id]).await?;
    let held = held.iter().map(store::role_at).collect::<AppResult<Vec<_>>>()?;
    let own = Place::Own { account: id };
    let mut places: Vec<Place> = held.iter().map(|held| held.place.clone()).filter(|place| *place != own).collect();
    places.extend(kept_at(&row));
    let mut permit = Err(AppError::not_found());
    for place in &places {
        permit = Ok(authorize::<KeepAccount>(actor, id, place)?);
    }
    Ok((permit?, held))
}

/// The place that keeps an account.
fn kept_at(row: &account::Model) -> Option<Place> {
    let division = row.division.clone()?;
    Some(match row.provider_id {
        Some(id) => Place::Provider { id, division },
        None => Place::Division { code: division },
    })
}

/// Gives an account a new password for the first log-in, and ends all its log-ins.
///
/// # Errors
/// The field `/reason`; why this account's password is not reset here; as [`permit`].
pub(super) async fn reset_password(
    identity: &Identity,
    actor: &Actor,
    id: AccountId,
    reason: &str,
) -> AppResult<FirstPassword> {
    let cx = &identity.cx;
    let (permit, held) = permit(cx, actor, id).await?;
    let reason = check_reason(reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    may_reset_password(actor.account_id, id, &held).map_err(AppError::refused)?;
    let password = passwords::first_password(&*cx.ids);
    let password_hash = identity.hash(password.clone()).await?;
    let (login_name, usable_until) = cx
        .db
        .write(&permit, async |tx| {
            tx.note("reset", "password");
            tx.note("reason", reason.clone());
            passwords::set_first_password(tx, id, &password_hash).await
        })
        .await?;
    Ok(FirstPassword { account_id: id, login_name, password: Some(password), usable_until })
}

/// Turns the second factor of an account off, and ends all its log-ins.
///
/// # Errors
/// The field `/reason`; that it is the actor's own; as [`permit`].
pub(super) async fn reset_second_factor(cx: &Services, actor: &Actor, id: AccountId, reason: &str) -> AppResult<()> {
    let (permit, _) = permit(cx, actor, id).await?;
    let reason = check_reason(reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    may_reset_second_factor(actor.account_id, id).map_err(AppError::refused)?;
    cx.db
        .write(&permit, async |tx| {
            // First: whoever logs in at the same moment waits for this, or is ended by what follows.
            store::lock_account(tx.conn(), id).await?;
            store::delete_factor(tx.conn(), id).await?;
            store::end_logins(tx.conn(), id, None, tx.now()).await?;
            tx.note("reset", "second_factor");
            tx.note("reason", reason.clone());
            Ok(())
        })
        .await
}

/// Accounts at the actor's places, by account name.
///
/// # Errors
/// `forbidden` if the actor may know of none.
pub async fn list(
    cx: &Services,
    book: &dyn PlaceBook,
    actor: &Actor,
    (wanted, query): (&AccountsQuery, &PageQuery),
) -> AppResult<Page<AccountView>> {
    let scope = Scope::above_classes(actor, Right::ReadRights)?;
    let text = wanted.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let after: Option<String> = decode_cursor(query)?;
    let narrowed = store::Narrowed { division: wanted.division, provider_id: wanted.provider_id };
    let (within, sought) = ((&scope, narrowed), store::Sought { text, state: wanted.state });
    let rows = store::list_accounts_at(cx.db.read(), within, sought, after, query.rows() + 1).await?;
    let found = page(rows, query, |row| row.login_name.clone());
    Ok(Page { items: views(cx, book, &scope, found.items).await?, next_cursor: found.next_cursor })
}

async fn views(
    cx: &Services,
    book: &dyn PlaceBook,
    scope: &Scope,
    rows: Vec<account::Model>,
) -> AppResult<Vec<AccountView>> {
    let ids: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
    let with_factor: HashSet<_> = store::list_with_factor(cx.db.read(), &ids).await?.into_iter().collect();
    let mut roles = roles_of(cx, book, scope, &ids).await?;
    let view = |row: account::Model| AccountView {
        id: row.id,
        login_name: row.login_name,
        display_name: row.display_name,
        has_first_password: row.first_password_until.is_some(),
        has_second_factor: with_factor.contains(&row.id),
        created_at: row.created_at,
        roles: roles.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The roles of these accounts at the places of a scope; those held elsewhere are nobody's business.
async fn roles_of(
    cx: &Services,
    book: &dyn PlaceBook,
    scope: &Scope,
    ids: &[AccountId],
) -> AppResult<HashMap<AccountId, Vec<AccountRole>>> {
    let rows = store::list_open_grants(cx.db.read(), ids).await?;
    let seen = |row: role_grant::Model| match store::role_at(&row) {
        Ok(held) => scope.contains(&held.place).then_some(Ok((row, held))),
        Err(error) => Some(Err(error)),
    };
    let seen = rows.into_iter().filter_map(seen).collect::<AppResult<Vec<_>>>()?;
    let names = book.names(&seen.iter().map(|(_, held)| held.place.clone()).collect::<Vec<_>>()).await?;
    let mut roles: HashMap<AccountId, Vec<AccountRole>> = HashMap::new();
    for (row, held) in seen {
        let place_name = names.get(&held.place).cloned().unwrap_or_default();
        let state = store::state_of(&row)?;
        let role = AccountRole { id: row.id, role: held.role, place: held.place, place_name, state };
        roles.entry(row.account_id).or_default().push(role);
    }
    Ok(roles)
}
