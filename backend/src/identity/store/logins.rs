//! Statements on log-ins and their refresh tokens.

use crate::{
    identity::entity::{login, refresh_token},
    platform::{db::oldest_until, error::AppResult},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Query},
};
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

/// Inserts a token; one that is there stays.
pub(in crate::identity) async fn insert_refresh_token(
    conn: &impl ConnectionTrait,
    row: refresh_token::Model,
) -> AppResult<()> {
    let once = OnConflict::column(refresh_token::Column::TokenHash).do_nothing().to_owned();
    let row = refresh_token::ActiveModel::from(row);
    refresh_token::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await?;
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

/// Up to which moment the oldest tokens reach that were replaced before another, as many as `rows`.
pub(in crate::identity) async fn oldest_tokens_until(
    conn: &impl ConnectionTrait,
    before: Timestamp,
    rows: u64,
) -> AppResult<Option<Timestamp>> {
    oldest_until::<refresh_token::Entity>(conn, refresh_token::Column::ReplacedAt, before, rows).await
}

/// Forgets the tokens that were replaced up to a moment; how many.
pub(in crate::identity) async fn forget_tokens_until(conn: &impl ConnectionTrait, until: Timestamp) -> AppResult<u64> {
    let replaced = refresh_token::Entity::delete_many().filter(refresh_token::Column::ReplacedAt.lte(until));
    Ok(replaced.exec(conn).await?.rows_affected)
}

/// The longest unused log-ins, as many as `rows`, that were not used since a moment and whose account was used after
/// them. The last log-in of an account stays: it says since when the account lies unused.
pub(in crate::identity) async fn list_former_logins(
    conn: &impl ConnectionTrait,
    before: Timestamp,
    rows: u64,
) -> AppResult<Vec<LoginId>> {
    use login::Column;
    let later = |column| Expr::col(("later", column));
    let this = |column| Expr::col((login::Entity, column));
    let used_later = Query::select()
        .expr(Expr::val(1))
        .from_as(login::Entity, "later")
        .and_where(later(Column::AccountId).eq(this(Column::AccountId)))
        .and_where(later(Column::LastUsedAt).gt(this(Column::LastUsedAt)))
        .take();
    let former = login::Entity::find().filter(Column::LastUsedAt.lt(before)).filter(Expr::exists(used_later));
    let former = former.select_only().column(Column::Id).order_by_asc(Column::LastUsedAt).limit(rows);
    Ok(former.into_tuple::<LoginId>().all(conn).await?)
}

/// Forgets log-ins with their tokens; how many log-ins.
pub(in crate::identity) async fn forget_logins(conn: &impl ConnectionTrait, ids: &[LoginId]) -> AppResult<u64> {
    let tokens = refresh_token::Entity::delete_many();
    tokens.filter(refresh_token::Column::LoginId.is_in(ids.iter().copied())).exec(conn).await?;
    let logins = login::Entity::delete_many().filter(login::Column::Id.is_in(ids.iter().copied()));
    Ok(logins.exec(conn).await?.rows_affected)
}
