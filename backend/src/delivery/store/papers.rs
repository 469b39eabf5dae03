//! Statements on what was entered of papers that were handed out.

use crate::{
    delivery::entity::{paper_entry, room_act},
    platform::error::AppResult,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    delivery::RoomActKind,
    ids::{ExamSessionId, SittingId},
};

/// The sittings of an exam session for which a paper was ever handed out.
pub(in crate::delivery) async fn list_on_paper(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Vec<SittingId>> {
    use room_act::Column;
    let out = room_act::Entity::find()
        .select_only()
        .column(Column::SittingId)
        .distinct()
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::Kind.eq(RoomActKind::HandOutPaper.as_str()));
    let found: Vec<Option<SittingId>> = out.into_tuple().all(conn).await?;
    Ok(found.into_iter().flatten().collect())
}

/// What was entered of these sittings, by number.
pub(in crate::delivery) async fn list_paper_entries(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
) -> AppResult<Vec<paper_entry::Model>> {
    use paper_entry::Column;
    let entries = paper_entry::Entity::find().filter(Column::SittingId.is_in(ids.iter().copied()));
    Ok(entries.order_by_asc(Column::Number).all(conn).await?)
}

/// Keeps an entry.
pub(in crate::delivery) async fn insert_paper_entry(
    conn: &impl ConnectionTrait,
    row: paper_entry::Model,
) -> AppResult<()> {
    paper_entry::Entity::insert(paper_entry::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}
