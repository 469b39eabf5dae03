//! Statements on tests that were planned at once.

use crate::{
    platform::error::AppResult,
    sittings::entity::{exam_session, exam_window, sitting},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::ids::{ExamSessionId, ExamWindowId};

/// Keeps that tests are planned at once.
pub(in crate::sittings) async fn insert_window(conn: &impl ConnectionTrait, row: exam_window::Model) -> AppResult<()> {
    exam_window::Entity::insert(exam_window::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

/// Tests that were planned at once, with what their titles begin with.
pub(in crate::sittings) async fn find_window(
    conn: &impl ConnectionTrait,
    id: ExamWindowId,
) -> AppResult<Option<exam_window::Model>> {
    Ok(exam_window::Entity::find_by_id(id).one(conn).await?)
}

/// The tests themselves, by time.
pub(in crate::sittings) async fn list_exam_sessions_of_window(
    conn: &impl ConnectionTrait,
    id: ExamWindowId,
) -> AppResult<Vec<exam_session::Model>> {
    use exam_session::Column;
    let tests = exam_session::Entity::find().filter(Column::ExamWindowId.eq(id));
    Ok(tests.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).all(conn).await?)
}

/// The most extra time that anybody has who sits a test, in minutes; `None` as long as nobody has a sitting.
pub(in crate::sittings) async fn most_extra_min(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Option<i32>> {
    use sitting::Column;
    let most: Option<Option<i32>> = sitting::Entity::find()
        .select_only()
        .column_as(Column::ExtraMin.max(), "most")
        .filter(Column::ExamSessionId.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .into_tuple()
        .one(conn)
        .await?;
    Ok(most.flatten())
}
