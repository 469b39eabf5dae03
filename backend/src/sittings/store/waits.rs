//! Which exam sessions wait for whom.

use super::super::entity::exam_session::{Column, Entity, Model};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use shared::{
    ids::{AccountId, ExamSessionId},
    sittings::{CalendarDay, ExamSessionState},
    work::ExamWait,
};

/// Exam sessions of divisions that begin with one of `prefixes`, of which there is one at least.
pub(in super::super) fn below(prefixes: &[String]) -> Condition {
    let places = prefixes.iter().fold(Condition::any(), |any, prefix| any.add(Column::Division.starts_with(prefix)));
    Condition::all().add(places)
}

/// Exam sessions that wait for this, as far as `reader` can do it.
pub(in super::super) fn awaits(wait: ExamWait, reader: AccountId) -> Condition {
    let is = |state: ExamSessionState| Condition::all().add(Column::State.eq(state.as_str()));
    match wait {
        ExamWait::Confirm => {
            let opened = is(ExamSessionState::Draft).add(Column::OpenedFirstBy.ne(reader));
            let armed = is(ExamSessionState::Arranged).add(Column::ArmedFirstBy.ne(reader));
            let released = is(ExamSessionState::Marking).add(Column::ReleasedFirstBy.ne(reader));
            Condition::any().add(opened).add(armed).add(released)
        }
        ExamWait::Advance => {
            let marked = is(ExamSessionState::Marking).add(Column::ScoredAt.is_not_null()).add(Column::ToMark.eq(0));
            Condition::any()
                .add(is(ExamSessionState::Draft).add(Column::OpenedFirstBy.is_null()))
                .add(is(ExamSessionState::Registering))
                .add(is(ExamSessionState::Arranged).add(Column::ArmedFirstBy.is_null()))
                .add(marked.add(Column::ReleasedFirstBy.is_null()))
        }
        // Which of them are late, their calendars tell.
        ExamWait::Overdue => is_dated(),
        ExamWait::Mark | ExamWait::Lead => is(ExamSessionState::Marking).add(Column::ToMark.gt(0)),
    }
}

/// Exam sessions whose days are planned, and whose next step a person takes.
fn is_dated() -> Condition {
    let by_hand = ExamSessionState::ALL.iter().filter(|state| CalendarDay::due(**state).is_some());
    let by_hand = by_hand.map(|state| state.as_str());
    Condition::all().add(Column::Calendar.is_not_null()).add(Column::State.is_in(by_hand))
}

/// Those of the exam sessions that fulfil a condition whose days are planned, and whose next step a person takes.
pub(in super::super) async fn list_dated(conn: &impl ConnectionTrait, within: Condition) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(within).filter(is_dated()).all(conn).await?)
}

/// Only these exam sessions.
pub(in super::super) fn among(ids: &[ExamSessionId]) -> Condition {
    Condition::all().add(Column::Id.is_in(ids.iter().copied()))
}

/// None of these exam sessions.
pub(in super::super) fn but_for(ids: &[ExamSessionId]) -> Condition {
    Condition::all().add(Column::Id.is_not_in(ids.iter().copied()))
}

/// How many exam sessions fulfil a condition.
pub(in super::super) async fn count_exam_sessions(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(Entity::find().filter(within).count(conn).await?)
}

/// How many responses of exam sessions that fulfil a condition wait for a marker.
pub(in super::super) async fn count_to_mark(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    let sum = Entity::find().filter(within).select_only().column_as(Column::ToMark.sum(), "responses");
    let sum: Option<Option<i64>> = sum.into_tuple().one(conn).await?;
    u64::try_from(sum.flatten().unwrap_or_default()).map_err(AppError::internal)
}
