//! Submissions of drafts, and who has written which.

use crate::{
    learning::entity::{course_review, course_version, course_writer},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Expr, OnConflict, Query},
};
use shared::{
    ids::{AccountId, CourseId, CourseVersionId},
    learning::ReviewState,
    time::Timestamp,
};
use uuid::Uuid;

/// The last submission of a version.
pub(in crate::learning) async fn last_review(
    conn: &impl ConnectionTrait,
    version_id: CourseVersionId,
) -> AppResult<Option<course_review::Model>> {
    use course_review::Column;
    let query = course_review::Entity::find().filter(Column::CourseVersionId.eq(version_id));
    Ok(query.order_by_desc(Column::SubmittedAt).order_by_desc(Column::Id).one(conn).await?)
}

pub(in crate::learning) async fn insert_review(
    conn: &impl ConnectionTrait,
    row: course_review::Model,
) -> AppResult<()> {
    course_review::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// Says what became of a submission whose draft is locked.
pub(in crate::learning) async fn decide_review(
    conn: &impl ConnectionTrait,
    id: Uuid,
    state: ReviewState,
    (by, at): (AccountId, Timestamp),
    (note, remarks): (String, String),
) -> AppResult<()> {
    use course_review::Column;
    let update = course_review::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .col_expr(Column::DecidedAt, Expr::value(at))
        .col_expr(Column::Note, Expr::value(note))
        .col_expr(Column::Remarks, Expr::value(remarks));
    update.filter(Column::Id.eq(id)).filter(Column::DecidedAt.is_null()).exec(conn).await?;
    Ok(())
}

/// Notes who has written a version. Repeating it changes nothing.
pub(in crate::learning) async fn insert_writer(
    conn: &impl ConnectionTrait,
    course_version_id: CourseVersionId,
    written_by: AccountId,
) -> AppResult<()> {
    use course_writer::Column;
    let row = course_writer::Model { course_version_id, written_by };
    let once = OnConflict::columns([Column::CourseVersionId, Column::WrittenBy]).do_nothing().to_owned();
    course_writer::Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

/// Who has written which of these versions.
pub(in crate::learning) async fn list_writers(
    conn: &impl ConnectionTrait,
    versions: &[CourseVersionId],
) -> AppResult<Vec<(CourseVersionId, AccountId)>> {
    use course_writer::Column;
    let query = course_writer::Entity::find().filter(Column::CourseVersionId.is_in(versions.iter().copied()));
    let rows = query.order_by_asc(Column::WrittenBy).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.course_version_id, row.written_by)).collect())
}

fn waiting() -> Select<course_review::Entity> {
    course_review::Entity::find().filter(course_review::Column::State.eq(ReviewState::Waiting.as_str()))
}

/// The submissions that wait, the first first.
pub(in crate::learning) async fn list_waiting_reviews(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<course_review::Model>> {
    use course_review::Column;
    Ok(waiting().order_by_asc(Column::SubmittedAt).order_by_asc(Column::Id).all(conn).await?)
}

/// How many of them somebody may decide who has written none of it.
pub(in crate::learning) async fn count_reviews_for(conn: &impl ConnectionTrait, by: AccountId) -> AppResult<u64> {
    let of_review = Expr::col((course_review::Entity, course_review::Column::CourseVersionId));
    let own = Query::select()
        .expr(Expr::val(1))
        .from(course_writer::Entity)
        .and_where(of_review.eq(Expr::col((course_writer::Entity, course_writer::Column::CourseVersionId))))
        .and_where(Expr::col((course_writer::Entity, course_writer::Column::WrittenBy)).eq(by))
        .take();
    let others = waiting().filter(course_review::Column::SubmittedBy.ne(by)).filter(Expr::exists(own).not());
    Ok(others.count(conn).await?)
}

/// The courses of these versions.
pub(in crate::learning) async fn list_courses_of_versions(
    conn: &impl ConnectionTrait,
    ids: &[CourseVersionId],
) -> AppResult<Vec<(CourseVersionId, CourseId)>> {
    use course_version::Column;
    let query = course_version::Entity::find().select_only().columns([Column::Id, Column::CourseId]);
    Ok(query.filter(Column::Id.is_in(ids.iter().copied())).into_tuple().all(conn).await?)
}
