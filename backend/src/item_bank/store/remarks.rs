//! What is said about items, and why versions of them were sent back.

use super::super::entity::{item_comment, item_review};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use shared::ids::ItemId;
use uuid::Uuid;

pub(in crate::item_bank) async fn insert_comment(
    conn: &impl ConnectionTrait,
    row: item_comment::Model,
) -> AppResult<()> {
    item_comment::Entity::insert(item_comment::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// What is said about an item, the oldest first.
pub(in crate::item_bank) async fn list_comments(
    conn: &impl ConnectionTrait,
    id: ItemId,
) -> AppResult<Vec<item_comment::Model>> {
    use item_comment::Column;
    let query = item_comment::Entity::find().filter(Column::ItemId.eq(id));
    Ok(query.order_by_asc(Column::WrittenAt).order_by_asc(Column::Id).all(conn).await?)
}

/// Comments that lie open.
pub(in crate::item_bank) async fn list_open_comments(
    conn: &impl ConnectionTrait,
    rows: u64,
) -> AppResult<Vec<item_comment::Model>> {
    use item_comment::Column;
    let query = item_comment::Entity::find().filter(Column::Sealed.is_null());
    Ok(query.order_by_asc(Column::Id).limit(rows).all(conn).await?)
}

/// Reviews whose reasons lie open.
pub(in crate::item_bank) async fn list_open_reasons(
    conn: &impl ConnectionTrait,
    rows: u64,
) -> AppResult<Vec<item_review::Model>> {
    use item_review::Column;
    let query = item_review::Entity::find().filter(Column::Sealed.is_null()).filter(Column::Reason.ne(""));
    Ok(query.order_by_asc(Column::ItemId).order_by_asc(Column::Number).limit(rows).all(conn).await?)
}

/// Puts a comment, sealed, in the place of the same that lies open.
pub(in crate::item_bank) async fn seal_open_comment(
    conn: &impl ConnectionTrait,
    id: Uuid,
    sealed: Vec<u8>,
) -> AppResult<()> {
    use item_comment::Column;
    let mut update = Query::update();
    update.table(item_comment::Entity).value(Column::Sealed, Expr::value(sealed)).value(Column::Text, Expr::value(""));
    update.and_where(Column::Id.eq(id)).and_where(Column::Sealed.is_null());
    conn.execute(&update).await?;
    Ok(())
}

/// Puts the reason of a review, sealed, in the place of the same that lies open.
pub(in crate::item_bank) async fn seal_open_reason(
    conn: &impl ConnectionTrait,
    (item_id, number): (ItemId, i32),
    sealed: Vec<u8>,
) -> AppResult<()> {
    use item_review::Column;
    let mut update = Query::update();
    update.table(item_review::Entity).value(Column::Sealed, Expr::value(sealed)).value(Column::Reason, Expr::value(""));
    update.and_where(Column::ItemId.eq(item_id)).and_where(Column::Number.eq(number));
    update.and_where(Column::Sealed.is_null());
    conn.execute(&update).await?;
    Ok(())
}
