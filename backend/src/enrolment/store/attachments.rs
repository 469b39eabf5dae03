//! Photos of papers.

use super::super::entity::record_attachment::{ActiveModel, Column, Entity, Model};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use shared::{
    enrolment::AttachmentKind,
    ids::{AccountId, AttachmentId, StudentRecordId},
    time::Timestamp,
};

pub(in super::super) async fn insert_attachment(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// What is known of a record's photos that are there, the oldest first; not the photos.
pub(in super::super) async fn list_attachments(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
) -> AppResult<Vec<(AttachmentId, String, i32, i32, i32, Timestamp)>> {
    let query = there(record_id).select_only().column(Column::Id).column(Column::Kind);
    let query = query.column(Column::Width).column(Column::Height).column(Column::Bytes).column(Column::AddedAt);
    Ok(query.order_by_asc(Column::AddedAt).order_by_asc(Column::Id).into_tuple().all(conn).await?)
}

pub(in super::super) async fn count_attachments(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
) -> AppResult<u64> {
    Ok(there(record_id).count(conn).await?)
}

pub(in super::super) async fn find_attachment(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
    id: AttachmentId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::RecordId.eq(record_id)).one(conn).await?)
}

/// The photo of this kind that was added last and is there.
pub(in super::super) async fn last_attachment(
    conn: &impl ConnectionTrait,
    record_id: StudentRecordId,
    kind: AttachmentKind,
) -> AppResult<Option<Model>> {
    let of_kind = there(record_id).filter(Column::Kind.eq(kind.as_str()));
    Ok(of_kind.order_by_desc(Column::AddedAt).order_by_desc(Column::Id).one(conn).await?)
}

/// Takes a photo away; its row says who did.
pub(in super::super) async fn remove_attachment(
    conn: &impl ConnectionTrait,
    id: AttachmentId,
    by: AccountId,
    at: Timestamp,
) -> AppResult<()> {
    let update = Entity::update_many().col_expr(Column::Content, Expr::value(Vec::<u8>::new()));
    let update = update.col_expr(Column::RemovedBy, Expr::value(by)).col_expr(Column::RemovedAt, Expr::value(at));
    update.filter(Column::Id.eq(id)).filter(Column::RemovedAt.is_null()).exec(conn).await?;
    Ok(())
}

fn there(record_id: StudentRecordId) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::RecordId.eq(record_id)).filter(Column::RemovedAt.is_null())
}
