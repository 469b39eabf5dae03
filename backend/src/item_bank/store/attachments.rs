//! Files beside items.

use super::super::entity::item_attachment::{ActiveModel, Column, Entity, Model};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{
    ids::{ItemAttachmentId, ItemId},
    time::Timestamp,
};

/// A file without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(in crate::item_bank) struct AttachmentHead {
    pub(in crate::item_bank) id: ItemAttachmentId,
    pub(in crate::item_bank) number: i32,
    pub(in crate::item_bank) kind: String,
    pub(in crate::item_bank) bytes: i32,
    pub(in crate::item_bank) name: Vec<u8>,
    pub(in crate::item_bank) added_at: Timestamp,
}

pub(in crate::item_bank) async fn insert_attachment(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// The files beside an item, the first first.
pub(in crate::item_bank) async fn list_attachments(
    conn: &impl ConnectionTrait,
    id: ItemId,
) -> AppResult<Vec<AttachmentHead>> {
    let query = Entity::find().select_only();
    let query = query.columns([Column::Id, Column::Number, Column::Kind, Column::Bytes, Column::Name, Column::AddedAt]);
    let query = query.filter(Column::ItemId.eq(id)).order_by_asc(Column::AddedAt).order_by_asc(Column::Id);
    Ok(query.into_model::<AttachmentHead>().all(conn).await?)
}

pub(in crate::item_bank) async fn count_attachments(conn: &impl ConnectionTrait, id: ItemId) -> AppResult<u64> {
    Ok(Entity::find().filter(Column::ItemId.eq(id)).count(conn).await?)
}

pub(in crate::item_bank) async fn find_attachment(
    conn: &impl ConnectionTrait,
    id: ItemAttachmentId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}
