//! Statements on log-ins and their refresh tokens.

use crate::{
    identity::entity::{login, refresh_token},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use shared::{
    identity::LoginNeed,
    ids::{AccountId, LoginId},
    time::Timestamp,
};

pub(in crate::identity) async fn insert_login(conn: &impl ConnectionTrait, row: login::Model) -> AppResult<()> {
    login::Entity::insert(login::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The log-in, unless it has ended.
pub(in crate::identity) async fn find_open_login(
    conn: &impl ConnectionTrait,
    id: LoginId,
) -> AppResult<Option<login::Model>> {
    Ok(login::Entity::find_by_id(id).filter(login::Column::EndedAt.is_null()).one(conn).await?)
}

pub(in crate::identity) async fn list_open_logins(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<login::Model>> {
    let own = Condition::all().add(login::Column::AccountId.eq(account_id)).add(login::Column::EndedAt.is_null());
    Ok(login::Entity::find().filter(own).order_by_desc(login::Column::LastUsedAt).all(conn).await?)
}

pub(in crate::identity) async fn touch_login(
    conn: &impl ConnectionTrait,
    id: LoginId,
    now: Timestamp,
) -> AppResult<()> {
    login::Entity::update_many()
        .col_expr(login::Column::LastUsedAt, Expr::value(now.0))
        .filter(login::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// When a log-in of an account was used the last time.
pub(in crate::identity) async fn last_login_use(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Option<Timestamp>> {
    let own = login::Entity::find().filter(login::Column::AccountId.eq(account_id));
    Ok(own.order_by_desc(login::Column::LastUsedAt).one(conn).await?.map(|row| row.last_used_at))
}

/// Says until when a log-in does not lie idle; one that is busy for longer stays so.
pub(in crate::identity) async fn set_busy(conn: &impl ConnectionTrait, id: LoginId, until: Timestamp) -> AppResult<()> {
    let is_sooner = Condition::any().add(login::Column::BusyUntil.is_null()).add(login::Column::BusyUntil.lt(until));
    login::Entity::update_many()
        .col_expr(login::Column::BusyUntil, Expr::value(until.0))
        .filter(login::Column::Id.eq(id))
        .filter(is_sooner)
        .exec(conn)
        .await?;
    Ok(())
}

/// Ends a log-in; one that has ended stays as it is.
pub(in crate::identity) async fn end_login(conn: &impl ConnectionTrait, id: LoginId, now: Timestamp) -> AppResult<()> {
    login::Entity::update_many()
        .col_expr(login::Column::EndedAt, Expr::value(now.0))
        .filter(login::Column::Id.eq(id))
        .filter(login::Column::EndedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Ends every log-in of an account, but this one.
pub(in crate::identity) async fn end_logins(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    but: Option<LoginId>,
    now: Timestamp,
) -> AppResult<()> {
    let mut update = login::Entity::update_many()
        .col_expr(login::Column::EndedAt, Expr::value(now.0))
        .filter(login::Column::AccountId.eq(account_id))
        .filter(login::Column::EndedAt.is_null());
    if let Some(but) = but {
        update = update.filter(login::Column::Id.ne(but));
    }
    update.exec(conn).await?;
    Ok(())
}

/// Says what a log-in has to do before anything else.
pub(in crate::identity) async fn set_need(
    conn: &impl ConnectionTrait,
    id: LoginId,
    need: Option<LoginNeed>,
) -> AppResult<()> {
    login::Entity::update_many()
        .col_expr(login::Column::Need, Expr::value(need.map(LoginNeed::as_str)))
        .filter(login::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Says it of every open log-in of an account that has nothing else to do first.
pub(in crate::identity) async fn set_need_everywhere(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    need: LoginNeed,
) -> AppResult<()> {
    login::Entity::update_many()
        .col_expr(login::Column::Need, Expr::value(need.as_str()))
        .filter(login::Column::AccountId.eq(account_id))
        .filter(login::Column::EndedAt.is_null())
        .filter(login::Column::Need.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

pub(in crate::identity) async fn insert_refresh_token(
    conn: &impl ConnectionTrait,
    row: refresh_token::Model,
) -> AppResult<()> {
    refresh_token::Entity::insert(refresh_token::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::identity) async fn find_refresh_token(
    conn: &impl ConnectionTrait,
    token_hash: &str,
) -> AppResult<Option<refresh_token::Model>> {
    Ok(refresh_token::Entity::find_by_id(token_hash.to_owned()).one(conn).await?)
}

/// Marks a token as replaced; one that was replaced before keeps its time.
pub(in crate::identity) async fn replace_refresh_token(
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
