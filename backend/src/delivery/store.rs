//! Statements on the answer journal.

mod epochs;
mod extensions;
mod late;
mod papers;
mod rooms;

pub(super) use epochs::*;
pub(super) use extensions::*;
pub(super) use late::*;
pub(super) use papers::*;
pub(super) use rooms::*;

use super::entity::answer_entry::{self, Column, Entity};
use crate::platform::{
    db::fill_up,
    error::{AppError, AppResult},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Alias, CommonTableExpression, Expr, ExprTrait, JoinType, OnConflict, Query},
};
use shared::{
    delivery::{AnswerInForce, ChainLink},
    ids::SittingId,
};

/// The place of one entry in the journal.
pub(super) type Key = (SittingId, u32, u64);

/// One stored entry: its key and what later ones must know of it.
pub(super) struct Stored {
    pub(super) key: Key,
    pub(super) link: ChainLink,
}

/// Those of `keys` that are stored. One statement, driven by the list of keys through the table's
/// own key, however many sittings they belong to.
pub(super) async fn find_links(conn: &impl ConnectionTrait, keys: &[Key]) -> AppResult<Vec<Stored>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = keys
        .iter()
        .map(|(sitting_id, epoch, seq)| Ok((sitting_id.0, to_i32(*epoch)?, to_i64(*seq)?)))
        .collect::<AppResult<Vec<_>>>()?;
    let (wanted_table, columns) = (Alias::new("wanted"), ["sitting_id", "epoch", "seq"].map(Alias::new));
    let values = Query::select().expr(Expr::cust("*")).from_values(wanted, Alias::new("listed")).to_owned();
    let listed =
        CommonTableExpression::new().query(values).columns(columns.clone()).table_name(wanted_table.clone()).to_owned();
    let mut on = sea_orm::Condition::all();
    for column in columns {
        on = on.add(Expr::col((Entity, column.clone())).eq(Expr::col((wanted_table.clone(), column))));
    }
    let names = [Column::SittingId, Column::Epoch, Column::Seq, Column::Hash, Column::MonotonicMs];
    let select = Query::select()
        .columns(names.map(|name| (Entity, name)))
        .from(wanted_table)
        .join(JoinType::InnerJoin, Entity, on)
        .to_owned();
    let query = select.with(sea_orm::sea_query::WithClause::new().cte(listed).to_owned());
    let rows = conn.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            let (epoch, seq): (i32, i64) = (row.try_get("", "epoch")?, row.try_get("", "seq")?);
            let monotonic_ms: i64 = row.try_get("", "monotonic_ms")?;
            let key = (row.try_get("", "sitting_id")?, to_u32(epoch)?, to_u64(seq)?);
            let link = ChainLink { hash: row.try_get("", "hash")?, monotonic_ms: to_u64(monotonic_ms)? };
            Ok(Stored { key, link })
        })
        .collect()
}

/// Appends entries; how many were new.
pub(super) async fn append(conn: &impl ConnectionTrait, mut rows: Vec<answer_entry::Model>) -> AppResult<u64> {
    if rows.is_empty() {
        return Ok(0);
    }
    fill_up(&mut rows);
    let rows = rows.into_iter().map(answer_entry::ActiveModel::from);
    let key = OnConflict::columns([Column::SittingId, Column::Epoch, Column::Seq]).do_nothing().to_owned();
    Ok(Entity::insert_many(rows).on_conflict(key).exec_without_returning(conn).await?)
}

/// Every answer of these sittings, whether still in force or not.
pub(super) async fn list_answers(
    conn: &impl ConnectionTrait,
    sittings: &[SittingId],
) -> AppResult<Vec<(SittingId, AnswerInForce)>> {
    let rows = Entity::find().filter(Column::SittingId.is_in(sittings.iter().copied()));
    let rows = rows.order_by_asc(Column::SittingId).all(conn).await?;
    rows.into_iter()
        .map(|row| {
            let response = serde_json::from_str(&row.response).map_err(AppError::internal)?;
            let (epoch, seq) = (to_u32(row.epoch)?, to_u64(row.seq)?);
            Ok((row.sitting_id, AnswerInForce { item_id: row.item_id, epoch, seq, response }))
        })
        .collect()
}

/// How many entries of a sitting are stored.
pub(super) async fn count_entries(conn: &impl ConnectionTrait, id: SittingId) -> AppResult<u64> {
    Ok(Entity::find().filter(Column::SittingId.eq(id)).count(conn).await?)
}

pub(super) fn to_i32(number: u32) -> AppResult<i32> {
    i32::try_from(number).map_err(AppError::internal)
}

pub(super) fn to_i64(number: u64) -> AppResult<i64> {
    i64::try_from(number).map_err(AppError::internal)
}

fn to_u32(number: i32) -> AppResult<u32> {
    u32::try_from(number).map_err(AppError::internal)
}

fn to_u64(number: i64) -> AppResult<u64> {
    u64::try_from(number).map_err(AppError::internal)
}
