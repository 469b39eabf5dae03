//! Where items stood: in which sealed papers, and in the papers of which exam sessions.

use super::super::entity::{paper, paper_item, paper_use};
use crate::platform::error::AppResult;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{OnConflict, SelectStatement},
};
use shared::ids::{CourseId, ExamSessionId, ItemId, PaperId};

/// Says that a paper is planned for an exam session. Saying it again changes nothing.
pub(in crate::papers) async fn note_use(conn: &impl ConnectionTrait, row: paper_use::Model) -> AppResult<()> {
    use paper_use::Column;
    let once = OnConflict::columns([Column::ExamSessionId, Column::PaperId]).do_nothing().to_owned();
    let row = paper_use::ActiveModel::from(row);
    paper_use::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

/// How many sealed papers of a course each item stands in.
pub(in crate::papers) async fn count_exposures(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
) -> AppResult<Vec<(ItemId, i64)>> {
    use paper_item::Column;
    let sealed = of_course(course_id).filter(paper::Column::SealedAt.is_not_null());
    let query = paper_item::Entity::find()
        .select_only()
        .column(Column::ItemId)
        .column_as(Column::PaperId.count(), "papers")
        .filter(Column::PaperId.in_subquery(only_ids(sealed)))
        .group_by(Column::ItemId);
    Ok(query.into_tuple().all(conn).await?)
}

/// Which papers of a course were planned for which exam session, the session that was planned last first.
pub(in crate::papers) async fn list_uses(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
) -> AppResult<Vec<(ExamSessionId, PaperId)>> {
    use paper_use::Column;
    let query = paper_use::Entity::find().filter(Column::PaperId.in_subquery(only_ids(of_course(course_id))));
    let rows = query.order_by_desc(Column::ExamSessionId).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.exam_session_id, row.paper_id)).collect())
}

/// The items of these papers, each once.
pub(in crate::papers) async fn list_item_ids_of(
    conn: &impl ConnectionTrait,
    papers: &[PaperId],
) -> AppResult<Vec<ItemId>> {
    use paper_item::Column;
    let query = paper_item::Entity::find()
        .select_only()
        .column(Column::ItemId)
        .distinct()
        .filter(Column::PaperId.is_in(papers.iter().copied()));
    Ok(query.into_tuple().all(conn).await?)
}

fn of_course(course_id: CourseId) -> sea_orm::Select<paper::Entity> {
    paper::Entity::find().filter(paper::Column::CourseId.eq(course_id))
}

fn only_ids(papers: sea_orm::Select<paper::Entity>) -> SelectStatement {
    papers.select_only().column(paper::Column::Id).into_query()
}
