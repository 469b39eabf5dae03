//! Photos of signed rolls.

use crate::{
    platform::error::AppResult,
    teaching::entity::roll_photo::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};
use shared::{
    ids::{AccountId, MeetingId, RollPhotoId},
    time::Timestamp,
};

/// What is known of a photo, without the photo: width, height, bytes, by whom it was added and when.
pub(in crate::teaching) type PhotoFacts = (RollPhotoId, i32, i32, i32, AccountId, Timestamp);

pub(in crate::teaching) async fn insert_photo(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// What is known of a meeting's photos that are there, the oldest first.
pub(in crate::teaching) async fn list_photos(conn: &impl ConnectionTrait, id: MeetingId) -> AppResult<Vec<PhotoFacts>> {
    let query = there(id).select_only().column(Column::Id).column(Column::Width).column(Column::Height);
    let query = query.column(Column::Bytes).column(Column::AddedBy).column(Column::AddedAt);
    Ok(query.order_by_asc(Column::Id).into_tuple().all(conn).await?)
}

pub(in crate::teaching) async fn count_photos(conn: &impl ConnectionTrait, id: MeetingId) -> AppResult<u64> {
    Ok(there(id).count(conn).await?)
}

/// A photo of a meeting, if it is there.
pub(in crate::teaching) async fn find_photo(
    conn: &impl ConnectionTrait,
    meeting_id: MeetingId,
    id: RollPhotoId,
) -> AppResult<Option<Model>> {
    Ok(there(meeting_id).filter(Column::Id.eq(id)).one(conn).await?)
}

/// Takes a photo away; its row says who did and why.
pub(in crate::teaching) async fn remove_photo(
    conn: &impl ConnectionTrait,
    id: RollPhotoId,
    (by, at, because): (AccountId, Timestamp, &str),
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::Content, Expr::value(Vec::<u8>::new()));
    let update = update.col_expr(Column::RemovedBy, Expr::value(by)).col_expr(Column::RemovedAt, Expr::value(at));
    let update = update.col_expr(Column::RemovedBecause, Expr::value(because));
    update.filter(Column::Id.eq(id)).filter(Column::RemovedAt.is_null()).exec(conn).await?;
    Ok(())
}

fn there(id: MeetingId) -> Select<Entity> {
    Entity::find().filter(Column::MeetingId.eq(id)).filter(Column::RemovedAt.is_null())
}
