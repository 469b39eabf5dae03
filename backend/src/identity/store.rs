//! Statements on the feature's tables.

use super::entity::{account, login, refresh_token, role_grant};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    SqlErr, sea_query::Expr,
};
use shared::{
    ids::{AccountId, LoginId, RoleGrantId},
    rights::{Place, Role, RoleAt},
    time::Timestamp,
};

pub(super) async fn find_account_by_name(
    conn: &impl ConnectionTrait,
    login_name: &str,
) -> AppResult<Option<account::Model>> {
    Ok(account::Entity::find().filter(account::Column::LoginName.eq(login_name)).one(conn).await?)
}

pub(super) async fn find_account(conn: &impl ConnectionTrait, id: AccountId) -> AppResult<Option<account::Model>> {
    Ok(account::Entity::find_by_id(id).one(conn).await?)
}

pub(super) async fn list_accounts(conn: &impl ConnectionTrait, ids: &[AccountId]) -> AppResult<Vec<account::Model>> {
    Ok(account::Entity::find().filter(account::Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

pub(super) async fn insert_account(conn: &impl ConnectionTrait, row: account::Model) -> AppResult<()> {
    account::Entity::insert(account::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// Sets the password, and the name if there is a new one.
///
/// # Errors
/// The field `/login_name` if somebody took the name at the same moment.
pub(super) async fn set_credentials(
    conn: &impl ConnectionTrait,
    id: AccountId,
    login_name: Option<String>,
    password_hash: &str,
) -> AppResult<()> {
    use account::Column;
    let mut update = account::Entity::update_many().col_expr(Column::PasswordHash, Expr::value(password_hash));
    if let Some(name) = login_name {
        update = update.col_expr(Column::LoginName, Expr::value(name));
    }
    match update.filter(Column::Id.eq(id)).exec(conn).await {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(AppError::field("/login_name", "duplicate"))
        }
        outcome => Ok(outcome.map(drop)?),
    }
}

pub(super) async fn insert_role(
    conn: &impl ConnectionTrait,
    id: RoleGrantId,
    account_id: AccountId,
    held: &RoleAt,
    now: Timestamp,
) -> AppResult<()> {
    let row = role_grant::ActiveModel {
        id: Set(id),
        account_id: Set(account_id),
        role: Set(held.role.as_str().to_owned()),
        place: Set(serde_json::to_string(&held.place).map_err(AppError::internal)?),
        granted_at: Set(now),
    };
    role_grant::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(())
}

/// Ends a role that is held at a place.
pub(super) async fn delete_role(conn: &impl ConnectionTrait, account_id: AccountId, held: &RoleAt) -> AppResult<()> {
    use role_grant::Column;
    let place = serde_json::to_string(&held.place).map_err(AppError::internal)?;
    role_grant::Entity::delete_many()
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Role.eq(held.role.as_str()))
        .filter(Column::Place.eq(place))
        .exec(conn)
        .await?;
    Ok(())
}

/// Who holds one of these roles, at exactly one of these places.
pub(super) async fn list_holders(
    conn: &impl ConnectionTrait,
    roles: &[Role],
    places: &[Place],
) -> AppResult<Vec<AccountId>> {
    use role_grant::Column;
    let places: Vec<_> =
        places.iter().map(serde_json::to_string).collect::<Result<_, _>>().map_err(AppError::internal)?;
    let query = role_grant::Entity::find().select_only().column(Column::AccountId).distinct();
    let query = query.filter(Column::Place.is_in(places));
    let query = query.filter(Column::Role.is_in(roles.iter().map(|role| role.as_str())));
    Ok(query.into_tuple().all(conn).await?)
}

pub(super) async fn list_roles(conn: &impl ConnectionTrait, account_id: AccountId) -> AppResult<Vec<RoleAt>> {
    let rows = role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(account_id)).all(conn).await?;
    rows.into_iter()
        .map(|row| {
            let role = Role::parse(&row.role).ok_or_else(|| AppError::internal(format!("role {}", row.role)))?;
            Ok(RoleAt { role, place: serde_json::from_str(&row.place).map_err(AppError::internal)? })
        })
        .collect()
}

pub(super) async fn insert_login(conn: &impl ConnectionTrait, row: login::Model) -> AppResult<()> {
    login::Entity::insert(login::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The log-in, unless it has ended.
pub(super) async fn find_open_login(conn: &impl ConnectionTrait, id: LoginId) -> AppResult<Option<login::Model>> {
    Ok(login::Entity::find_by_id(id).filter(login::Column::EndedAt.is_null()).one(conn).await?)
}

pub(super) async fn list_open_logins(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<login::Model>> {
    let own = Condition::all().add(login::Column::AccountId.eq(account_id)).add(login::Column::EndedAt.is_null());
    Ok(login::Entity::find().filter(own).order_by_desc(login::Column::LastUsedAt).all(conn).await?)
}

pub(super) async fn touch_login(conn: &impl ConnectionTrait, id: LoginId, now: Timestamp) -> AppResult<()> {
    login::Entity::update_many()
        .col_expr(login::Column::LastUsedAt, Expr::value(now.0))
        .filter(login::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Ends a log-in; one that has ended stays as it is.
pub(super) async fn end_login(conn: &impl ConnectionTrait, id: LoginId, now: Timestamp) -> AppResult<()> {
    login::Entity::update_many()
        .col_expr(login::Column::EndedAt, Expr::value(now.0))
        .filter(login::Column::Id.eq(id))
        .filter(login::Column::EndedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Ends every log-in of an account.
pub(super) async fn end_all_logins(conn: &impl ConnectionTrait, id: AccountId, now: Timestamp) -> AppResult<()> {
    use login::Column;
    let update = login::Entity::update_many().col_expr(Column::EndedAt, Expr::value(now.0));
    update.filter(Column::AccountId.eq(id)).filter(Column::EndedAt.is_null()).exec(conn).await?;
    Ok(())
}

pub(super) async fn insert_refresh_token(conn: &impl ConnectionTrait, row: refresh_token::Model) -> AppResult<()> {
    refresh_token::Entity::insert(refresh_token::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find_refresh_token(
    conn: &impl ConnectionTrait,
    token_hash: &str,
) -> AppResult<Option<refresh_token::Model>> {
    Ok(refresh_token::Entity::find_by_id(token_hash.to_owned()).one(conn).await?)
}

/// Marks a token as replaced; one that was replaced before keeps its time.
pub(super) async fn replace_refresh_token(
    conn: &impl ConnectionTrait,
    token_hash: &str,
    now: Timestamp,
) -> AppResult<()> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::ReplacedAt, Expr::value(now.0))
        .filter(refresh_token::Column::TokenHash.eq(token_hash))
        .filter(refresh_token::Column::ReplacedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}
