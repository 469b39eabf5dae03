//! Statements on the roles of accounts.

use crate::{
    access::Scope,
    identity::entity::role_grant::{ActiveModel, Column, Entity, Model},
    platform::error::{AppError, AppResult},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, RoleGrantId},
    rights::{GrantState, Place, Role, RoleAt},
    time::Timestamp,
};

/// Inserts a grant, unless the account has the role there already; whether it did.
pub(in crate::identity) async fn insert_role(conn: &impl ConnectionTrait, row: Model) -> AppResult<bool> {
    let unless_held = OnConflict::new().do_nothing().to_owned();
    let insert = Entity::insert(ActiveModel::from(row)).on_conflict(unless_held);
    Ok(insert.exec_without_returning(conn).await? == 1)
}

/// The roles that an account holds now: what it may do follows from these alone.
pub(in crate::identity) async fn list_roles(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<RoleAt>> {
    let in_force = Column::State.eq(GrantState::InForce.as_str());
    let rows = Entity::find().filter(Column::AccountId.eq(account_id)).filter(in_force).all(conn).await?;
    rows.iter().map(role_at).collect()
}

/// Who holds one of these roles now, at exactly one of these places.
pub(in crate::identity) async fn list_holders(
    conn: &impl ConnectionTrait,
    roles: &[Role],
    places: &[Place],
) -> AppResult<Vec<AccountId>> {
    let places = places.iter().map(stored_place).collect::<AppResult<Vec<_>>>()?;
    let query = Entity::find().select_only().column(Column::AccountId).distinct();
    let query = query.filter(Column::Place.is_in(places)).filter(Column::State.eq(GrantState::InForce.as_str()));
    let query = query.filter(Column::Role.is_in(roles.iter().map(|role| role.as_str())));
    Ok(query.into_tuple().all(conn).await?)
}

/// Who holds one of these roles now, and where, in the order in which they were granted.
pub(in crate::identity) async fn list_held(
    conn: &impl ConnectionTrait,
    roles: &[Role],
) -> AppResult<Vec<(AccountId, Place)>> {
    let of_roles = Column::Role.is_in(roles.iter().map(|role| role.as_str()));
    let query = Entity::find().filter(of_roles).filter(Column::State.eq(GrantState::InForce.as_str()));
    let rows = query.order_by_asc(Column::Id).all(conn).await?;
    rows.iter().map(|row| Ok((row.account_id, role_at(row)?.place))).collect()
}

/// The roles that these accounts hold, or will when a second person confirms them.
pub(in crate::identity) async fn list_open_grants(
    conn: &impl ConnectionTrait,
    account_ids: &[AccountId],
) -> AppResult<Vec<Model>> {
    let of_them = Column::AccountId.is_in(account_ids.iter().copied());
    Ok(Entity::find().filter(of_them).filter(Column::EndedAt.is_null()).order_by_asc(Column::Id).all(conn).await?)
}

/// The roles that are held at exactly this place, or will be when a second person confirms them.
pub(in crate::identity) async fn list_open_grants_at(
    conn: &impl ConnectionTrait,
    place: &Place,
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::Place.eq(stored_place(place)?)).filter(Column::EndedAt.is_null());
    Ok(query.order_by_asc(Column::Id).all(conn).await?)
}

/// The roles that are held at schools of this division, their classes and service points, or will be.
pub(in crate::identity) async fn list_open_grants_of_schools_in(
    conn: &impl ConnectionTrait,
    division: &str,
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::Division.eq(division)).filter(Column::ProviderId.is_not_null());
    Ok(query.filter(Column::EndedAt.is_null()).order_by_asc(Column::Id).all(conn).await?)
}

/// Says anew where a role is held.
pub(in crate::identity) async fn set_grant_place(
    conn: &impl ConnectionTrait,
    id: RoleGrantId,
    place: &Place,
    division: &str,
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::Place, Expr::value(stored_place(place)?));
    let update = update.col_expr(Column::Division, Expr::value(division));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// A place as it stands in the store.
pub(in crate::identity) fn stored_place(place: &Place) -> AppResult<String> {
    serde_json::to_string(place).map_err(AppError::internal)
}

pub(in crate::identity) async fn find_grant(conn: &impl ConnectionTrait, id: RoleGrantId) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// Grants at the places of a scope that fulfil `also`, the newest first, from before `before`.
pub(in crate::identity) async fn list_grants(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    also: Condition,
    before: Option<RoleGrantId>,
    rows: u64,
) -> AppResult<Vec<Model>> {
    let mut query = Entity::find().filter(scope.within(Column::Division, Some(Column::ProviderId))).filter(also);
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.order_by_desc(Column::Id).limit(rows).all(conn).await?)
}

/// How many grants at the places of a scope fulfil `also`.
pub(in crate::identity) async fn count_grants(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    also: Condition,
) -> AppResult<u64> {
    let query = Entity::find().filter(scope.within(Column::Division, Some(Column::ProviderId))).filter(also);
    Ok(query.count(conn).await?)
}

/// Brings a proposed grant into force; whether it still was proposed.
pub(in crate::identity) async fn confirm_grant(
    conn: &impl ConnectionTrait,
    id: RoleGrantId,
    by: AccountId,
    now: Timestamp,
) -> AppResult<bool> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(GrantState::InForce.as_str()))
        .col_expr(Column::ConfirmedBy, Expr::value(by))
        .col_expr(Column::ConfirmedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(GrantState::Proposed.as_str()));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Ends a grant; whether it had not ended yet.
pub(in crate::identity) async fn end_grant(
    conn: &impl ConnectionTrait,
    id: RoleGrantId,
    by: AccountId,
    now: Timestamp,
    because: &str,
) -> AppResult<bool> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(GrantState::Ended.as_str()))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::EndedAt, Expr::value(now.0))
        .col_expr(Column::EndedBecause, Expr::value(because))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null());
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// What a row gives.
pub(in crate::identity) fn role_at(row: &Model) -> AppResult<RoleAt> {
    let role = Role::parse(&row.role).ok_or_else(|| AppError::internal(format!("role {}", row.role)))?;
    let place: Place = serde_json::from_str(&row.place).map_err(AppError::internal)?;
    Ok(RoleAt { role, place })
}

/// Where a grant stands.
pub(in crate::identity) fn state_of(row: &Model) -> AppResult<GrantState> {
    GrantState::parse(&row.state).ok_or_else(|| AppError::internal(format!("grant in {}", row.state)))
}
