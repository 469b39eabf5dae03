//! Missed meetings that were made up.

use crate::{
    platform::error::AppResult,
    teaching::entity::{
        meeting,
        meeting_makeup::{self, Column},
    },
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, CourseId, MeetingId},
    teaching::MeetingState,
    time::Timestamp,
};

/// Adds a makeup, unless one of the learner counts for the meeting: then 0.
pub(in crate::teaching) async fn insert_makeup(
    conn: &impl ConnectionTrait,
    row: meeting_makeup::Model,
) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = meeting_makeup::Entity::insert(meeting_makeup::ActiveModel::from(row)).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

/// The makeups of a meeting that count.
pub(in crate::teaching) async fn list_makeups(
    conn: &impl ConnectionTrait,
    meeting_id: MeetingId,
) -> AppResult<Vec<meeting_makeup::Model>> {
    let counting = meeting_makeup::Entity::find().filter(Column::WithdrawnAt.is_null());
    Ok(counting.filter(Column::MeetingId.eq(meeting_id)).all(conn).await?)
}

/// The makeups of these learners that count.
pub(in crate::teaching) async fn list_makeups_of(
    conn: &impl ConnectionTrait,
    learners: &[AccountId],
) -> AppResult<Vec<meeting_makeup::Model>> {
    let counting = meeting_makeup::Entity::find().filter(Column::WithdrawnAt.is_null());
    Ok(counting.filter(Column::LearnerId.is_in(learners.iter().copied())).all(conn).await?)
}

/// Takes back what counts of a learner for a meeting; how many there were.
pub(in crate::teaching) async fn withdraw_makeup(
    conn: &impl ConnectionTrait,
    (meeting_id, learner): (MeetingId, AccountId),
    (by, at): (AccountId, Timestamp),
    reason: &str,
) -> AppResult<u64> {
    let update = meeting_makeup::Entity::update_many()
        .col_expr(Column::WithdrawnBy, Expr::value(by.0))
        .col_expr(Column::WithdrawnAt, Expr::value(at.0))
        .col_expr(Column::WithdrawnBecause, Expr::value(reason))
        .filter(Column::MeetingId.eq(meeting_id))
        .filter(Column::LearnerId.eq(learner))
        .filter(Column::WithdrawnAt.is_null());
    Ok(update.exec(conn).await?.rows_affected)
}

/// Meetings of a course that are over and were not cancelled, the latest first.
pub(in crate::teaching) async fn list_held_meetings(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
    (from, to): (Timestamp, Timestamp),
    rows: u64,
) -> AppResult<Vec<meeting::Model>> {
    use meeting::Column::{CourseId, EndsAt, Id, StartsAt, State};
    let held = meeting::Entity::find().filter(CourseId.eq(course_id)).filter(State.eq(MeetingState::Planned.as_str()));
    let held = held.filter(StartsAt.gte(from)).filter(EndsAt.lte(to));
    Ok(held.order_by_desc(StartsAt).order_by_desc(Id).limit(rows).all(conn).await?)
}
