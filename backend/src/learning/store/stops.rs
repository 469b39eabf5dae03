//! What learners studied last.

use crate::{learning::entity::study_interval, platform::error::AppResult};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, Query, SelectStatement},
};
use shared::{
    ids::{CourseId, UnitId},
    time::Timestamp,
};

/// How many learners studied which unit of a course last, before an instant; those who have read it to `enough` per
/// cent, or those who have not.
pub(in crate::learning) async fn count_last_studied(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
    before: Timestamp,
    (enough, is_read): (i32, bool),
) -> AppResult<Vec<(UnitId, i64)>> {
    use study_interval::Column;
    let read = if is_read { Column::ReadPct.gte(enough) } else { Column::ReadPct.lt(enough) };
    let query = study_interval::Entity::find()
        .select_only()
        .column(Column::UnitId)
        .column_as(Column::Id.count(), "learners")
        .filter(Column::CourseId.eq(course_id))
        .filter(Column::ToAt.lt(before))
        .filter(read)
        .filter(Expr::exists(later()).not())
        .group_by(Column::UnitId);
    Ok(query.into_tuple().all(conn).await?)
}

/// What the same learner studied of the same course after an interval.
fn later() -> SelectStatement {
    use study_interval::{
        Column::{AccountId, CourseId, Id, ToAt},
        Entity,
    };
    let later = |column| Expr::col(("later", column));
    let this = |column| Expr::col((Entity, column));
    let at_once = later(ToAt).eq(this(ToAt)).and(later(Id).gt(this(Id)));
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, "later")
        .and_where(later(AccountId).eq(this(AccountId)))
        .and_where(later(CourseId).eq(this(CourseId)))
        .and_where(later(ToAt).gt(this(ToAt)).or(at_once))
        .take()
}
