//! What learners studied last.

use crate::{learning::entity::study_interval, platform::error::AppResult};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Query, SelectStatement},
};
use shared::{
    ids::{AccountId, CourseId, UnitId},
    time::Timestamp,
};

/// How many learners studied which unit of a course last, before an instant: of those who never opened its `end`.
pub(in crate::learning) async fn count_last_studied(
    conn: &impl ConnectionTrait,
    (course_id, end): (CourseId, UnitId),
    before: Timestamp,
) -> AppResult<Vec<(UnitId, i64)>> {
    use study_interval::Column;
    let query = last_studied(course_id, before).filter(Expr::exists(opened(end)).not());
    let query = query.select_only().column(Column::UnitId).column_as(Column::Id.count(), "learners");
    Ok(query.group_by(Column::UnitId).into_tuple().all(conn).await?)
}

/// Who has opened the `end` of a course, and which unit they studied last, before an instant: so many of them after
/// one.
pub(in crate::learning) async fn list_last_studied(
    conn: &impl ConnectionTrait,
    (course_id, end): (CourseId, UnitId),
    before: Timestamp,
    after: Option<AccountId>,
    rows: u64,
) -> AppResult<Vec<(AccountId, UnitId)>> {
    use study_interval::Column;
    let mut query = last_studied(course_id, before).filter(Expr::exists(opened(end)));
    if let Some(after) = after {
        query = query.filter(Column::AccountId.gt(after));
    }
    let query = query.select_only().columns([Column::AccountId, Column::UnitId]);
    Ok(query.order_by_asc(Column::AccountId).limit(rows).into_tuple().all(conn).await?)
}

/// The last interval of each learner in a course, if it ended before an instant.
fn last_studied(course_id: CourseId, before: Timestamp) -> Select<study_interval::Entity> {
    use study_interval::Column;
    let ended = study_interval::Entity::find().filter(Column::CourseId.eq(course_id)).filter(Column::ToAt.lt(before));
    ended.filter(Expr::exists(later()).not())
}

/// That the same learner has opened a unit of the same course.
fn opened(unit_id: UnitId) -> SelectStatement {
    use study_interval::{
        Column::{AccountId, CourseId, UnitId},
        Entity,
    };
    let opened = |column| Expr::col(("opened", column));
    let this = |column| Expr::col((Entity, column));
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, "opened")
        .and_where(opened(AccountId).eq(this(AccountId)))
        .and_where(opened(CourseId).eq(this(CourseId)))
        .and_where(opened(UnitId).eq(Expr::val(unit_id.0)))
        .take()
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
