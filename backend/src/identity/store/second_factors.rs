//! Statements on second factors and recovery codes.

use crate::{
    identity::entity::{recovery_code, second_factor},
    platform::{
        crypto::{BlindIndex, Sealed},
        error::AppResult,
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{ids::AccountId, time::Timestamp};

/// The second factor, whether it is confirmed or not.
pub(in crate::identity) async fn find_second_factor(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Option<second_factor::Model>> {
    Ok(second_factor::Entity::find_by_id(account_id).one(conn).await?)
}

/// The second factor, if log-in takes it.
pub(in crate::identity) async fn find_confirmed_factor(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Option<second_factor::Model>> {
    Ok(find_second_factor(conn, account_id).await?.filter(|row| row.confirmed_at.is_some()))
}

/// Which of these accounts have a second factor that log-in takes.
pub(in crate::identity) async fn list_with_factor(
    conn: &impl ConnectionTrait,
    account_ids: &[AccountId],
) -> AppResult<Vec<AccountId>> {
    use second_factor::Column;
    let confirmed = Condition::all()
        .add(Column::AccountId.is_in(account_ids.iter().copied()))
        .add(Column::ConfirmedAt.is_not_null());
    let found = second_factor::Entity::find().filter(confirmed).select_only().column(Column::AccountId);
    Ok(found.into_tuple().all(conn).await?)
}

/// Puts a new secret in the place of one that was never confirmed; whether it did.
pub(in crate::identity) async fn put_secret(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    secret: Sealed,
    now: Timestamp,
) -> AppResult<bool> {
    use second_factor::Column;
    second_factor::Entity::delete_many()
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::ConfirmedAt.is_null())
        .exec(conn)
        .await?;
    let row = second_factor::Model { account_id, secret, created_at: now, confirmed_at: None, last_step: None };
    let unless_on = OnConflict::column(Column::AccountId).do_nothing().to_owned();
    let insert = second_factor::Entity::insert(second_factor::ActiveModel::from(row)).on_conflict(unless_on);
    Ok(insert.exec_without_returning(conn).await? == 1)
}

/// Confirms the secret that was read; whether it still was there and not confirmed.
pub(in crate::identity) async fn confirm_factor(
    conn: &impl ConnectionTrait,
    read: &second_factor::Model,
    step: i64,
    now: Timestamp,
) -> AppResult<bool> {
    use second_factor::Column;
    let update = second_factor::Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(now.0))
        .col_expr(Column::LastStep, Expr::value(step))
        .filter(Column::AccountId.eq(read.account_id))
        .filter(Column::CreatedAt.eq(read.created_at))
        .filter(Column::ConfirmedAt.is_null());
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Uses the code of a step up; `false` if it, or a later one, has been used.
pub(in crate::identity) async fn use_step(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    step: i64,
) -> AppResult<bool> {
    use second_factor::Column;
    let is_unused = Condition::any().add(Column::LastStep.is_null()).add(Column::LastStep.lt(step));
    let update = second_factor::Entity::update_many()
        .col_expr(Column::LastStep, Expr::value(step))
        .filter(Column::AccountId.eq(account_id))
        .filter(is_unused);
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Turns the second factor off, and forgets its recovery codes.
pub(in crate::identity) async fn delete_factor(conn: &impl ConnectionTrait, account_id: AccountId) -> AppResult<()> {
    delete_recovery_codes(conn, account_id).await?;
    second_factor::Entity::delete_by_id(account_id).exec(conn).await?;
    Ok(())
}

pub(in crate::identity) async fn delete_recovery_codes(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::AccountId.eq(account_id)).exec(conn).await?;
    Ok(())
}

pub(in crate::identity) async fn insert_recovery_codes(
    conn: &impl ConnectionTrait,
    rows: Vec<recovery_code::Model>,
) -> AppResult<()> {
    let rows = rows.into_iter().map(recovery_code::ActiveModel::from);
    recovery_code::Entity::insert_many(rows).exec_without_returning(conn).await?;
    Ok(())
}

/// Uses a recovery code up; `false` if there is none like it.
pub(in crate::identity) async fn use_recovery_code(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    index: BlindIndex,
    now: Timestamp,
) -> AppResult<bool> {
    use recovery_code::Column;
    let update = recovery_code::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now.0))
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::CodeIndex.eq(index))
        .filter(Column::UsedAt.is_null());
    Ok(update.exec(conn).await?.rows_affected == 1)
}

pub(in crate::identity) async fn count_recovery_codes(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<u64> {
    use recovery_code::Column;
    let unused = Condition::all().add(Column::AccountId.eq(account_id)).add(Column::UsedAt.is_null());
    Ok(recovery_code::Entity::find().filter(unused).count(conn).await?)
}

/// Second factors after this account, in the order of their accounts.
pub(in crate::identity) async fn list_factors_after(
    conn: &impl ConnectionTrait,
    after: AccountId,
    rows: u64,
) -> AppResult<Vec<second_factor::Model>> {
    use second_factor::Column::AccountId;
    Ok(second_factor::Entity::find().filter(AccountId.gt(after)).order_by_asc(AccountId).limit(rows).all(conn).await?)
}

/// Puts the same secret, sealed anew, in the place of the one that was read.
pub(in crate::identity) async fn renew_secret(
    conn: &impl ConnectionTrait,
    read: &second_factor::Model,
    secret: Sealed,
) -> AppResult<()> {
    use second_factor::Column;
    second_factor::Entity::update_many()
        .col_expr(Column::Secret, Expr::value(secret))
        .filter(Column::AccountId.eq(read.account_id))
        .filter(Column::Secret.eq(read.secret.clone()))
        .exec(conn)
        .await?;
    Ok(())
}
