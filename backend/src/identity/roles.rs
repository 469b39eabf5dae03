//! The roles that accounts hold at places.

use super::{accounts::names_of, entity::role_grant, store};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use shared::{
    ids::{AccountId, ProviderId, RoleGrantId},
    organisation::DivisionCode,
    rights::{self, GrantRefusal, GrantState, Place, Right, Role, RoleAt, judge_grant},
    time::Timestamp,
};
use std::collections::HashMap;

/// Gives a role within a running write, as the outcome of something else: an enrolment, say. Who holds
/// it already keeps it.
///
/// # Errors
/// If the store fails.
pub async fn grant_role(cx: &Services, tx: &Tx, account_id: AccountId, held: &RoleAt) -> AppResult<()> {
    let row = row(cx.ids.new_id(), account_id, held, GrantState::InForce, tx.now())?;
    store::insert_role(tx.conn(), row).await.map(drop)
}

/// Gives a role within a running write, as the outcome of what `by` does, if `by` could grant it. Who holds it already
/// keeps it.
///
/// # Errors
/// [`GrantRefusal`]: that it is their own, or a duty of theirs that stays apart from it.
pub async fn grant_role_by(
    cx: &Services,
    tx: &Tx,
    by: AccountId,
    account_id: AccountId,
    held: &RoleAt,
) -> AppResult<()> {
    // Who gets another role at the same moment waits for this.
    store::lock_account(tx.conn(), account_id).await?.ok_or_else(AppError::not_found)?;
    let open = store::list_open_grants(tx.conn(), &[account_id]).await?;
    let open = open.iter().map(store::role_at).collect::<AppResult<Vec<_>>>()?;
    let state = match judge_grant(held, account_id, &open, by) {
        Ok(state) => state,
        Err(GrantRefusal::AlreadyHeld) => return Ok(()),
        Err(refusal) => return Err(AppError::refused(refusal)),
    };
    let row = row(cx.ids.new_id(), account_id, held, state, tx.now())?;
    store::insert_role(tx.conn(), role_grant::Model { granted_by: Some(by), ..row }).await.map(drop)
}

/// The row of a role that nobody in particular granted.
pub(super) fn row(
    id: RoleGrantId,
    account_id: AccountId,
    held: &RoleAt,
    state: GrantState,
    granted_at: Timestamp,
) -> AppResult<role_grant::Model> {
    let (division, provider_id) = columns(&held.place);
    Ok(role_grant::Model {
        id,
        account_id,
        role: held.role.as_str().to_owned(),
        place: serde_json::to_string(&held.place).map_err(AppError::internal)?,
        granted_at,
        division,
        provider_id,
        state: state.as_str().to_owned(),
        granted_by: None,
        confirmed_by: None,
        confirmed_at: None,
        ended_by: None,
        ended_at: None,
        ended_because: None,
    })
}

/// What lists find a place by.
pub(super) fn columns(place: &Place) -> (Option<String>, Option<ProviderId>) {
    match place {
        Place::Division { code } => (Some(code.clone()), None),
        Place::Provider { id, division }
        | Place::Class { provider: id, division, .. }
        | Place::ServicePoint { provider: id, serves: division, .. } => (Some(division.clone()), Some(*id)),
        Place::Course { division, .. } => (Some(division.clone()), None),
        Place::Own { .. } => (None, None),
    }
}

/// Ends a role within a running write, as the outcome of something else; one that is not held stays so.
///
/// # Errors
/// If the store fails.
pub async fn end_role(tx: &Tx, by: AccountId, account_id: AccountId, held: &RoleAt) -> AppResult<()> {
    for row in store::list_open_grants(tx.conn(), &[account_id]).await? {
        if store::role_at(&row)? == *held {
            tx.note("ended", serde_json::json!({ "account": account_id, "role": held.role }));
            store::end_grant(tx.conn(), row.id, by, tx.now(), "").await?;
        }
    }
    Ok(())
}

/// Ends every role that is held at a place itself, within a running write: the place is no more.
///
/// # Errors
/// If the store fails.
pub async fn end_roles_at(tx: &Tx, by: AccountId, place: &Place) -> AppResult<()> {
    let mut ended = Vec::new();
    for row in store::list_open_grants_at(tx.conn(), place).await? {
        store::end_grant(tx.conn(), row.id, by, tx.now(), "").await?;
        ended.push(serde_json::json!({ "account": row.account_id, "role": row.role }));
    }
    if !ended.is_empty() {
        tx.note("ended", ended);
    }
    Ok(())
}

/// Leads every role at a school of one township to that school's place in another, within a running write that moves
/// the school; how many roles.
///
/// # Errors
/// If the store fails.
pub async fn move_roles_of_schools(tx: &Tx, from: DivisionCode, to: DivisionCode) -> AppResult<usize> {
    let rows = store::list_open_grants_of_schools_in(tx.conn(), from.as_str()).await?;
    for row in &rows {
        let place = moved(store::role_at(row)?.place, to);
        store::set_grant_place(tx.conn(), row.id, &place, to.as_str()).await?;
    }
    Ok(rows.len())
}

/// The place of a school, or of what is one's, in another township.
fn moved(place: Place, to: DivisionCode) -> Place {
    let division = to.to_string();
    match place {
        Place::Provider { id, .. } => Place::Provider { id, division },
        Place::Class { id, provider, .. } => Place::Class { id, provider, division },
        Place::ServicePoint { id, provider, .. } => Place::ServicePoint { id, provider, serves: division },
        Place::Division { .. } | Place::Course { .. } | Place::Own { .. } => place,
    }
}

/// Everybody who holds a role with `right` at one of these places itself, not only above it.
///
/// # Errors
/// If the store fails.
pub async fn who_may_at(cx: &Services, right: Right, places: &[Place]) -> AppResult<Vec<AccountId>> {
    store::list_holders(cx.db.read(), &carriers(right), places).await
}

/// Everybody who holds a role with `right`, with each place at which they do.
///
/// # Errors
/// If the store fails.
pub async fn holders_of(cx: &Services, right: Right) -> AppResult<Vec<(AccountId, Place)>> {
    store::list_held(cx.db.read(), &carriers(right)).await
}

/// Who may use `right` at `place`, with their names.
///
/// # Errors
/// If the store fails.
pub async fn who_may(cx: &Services, right: Right, place: &Place) -> AppResult<HashMap<AccountId, String>> {
    let mut holders = Vec::new();
    for id in store::list_holders(cx.db.read(), &carriers(right), &around(place)).await? {
        if may(cx, id, right, place).await? {
            holders.push(id);
        }
    }
    names_of(cx, &holders).await
}

fn carriers(right: Right) -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| rights::carries(*role, right)).collect()
}

/// A place, and every division that it lies in.
fn around(place: &Place) -> Vec<Place> {
    let (own, division) = match place {
        Place::Division { code } => (None, Some(code)),
        Place::Provider { division, .. }
        | Place::Class { division, .. }
        | Place::ServicePoint { serves: division, .. }
        | Place::Course { division, .. } => (Some(place.clone()), Some(division)),
        Place::Own { .. } => (Some(place.clone()), None),
    };
    let divisions = division.and_then(|code| DivisionCode::parse(code)).into_iter().flat_map(DivisionCode::and_above);
    own.into_iter().chain(divisions.map(|code| code.place())).collect()
}

/// Whether somebody's roles let them use `right` at `place`.
///
/// # Errors
/// If the store fails.
pub async fn may(cx: &Services, id: AccountId, right: Right, place: &Place) -> AppResult<bool> {
    let roles = store::list_roles(cx.db.read(), id).await?;
    Ok(rights::allows(id, &roles, right, place))
}
