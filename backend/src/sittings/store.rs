//! Statements on the feature's tables.

mod accommodations;
mod incidents;
mod late_changes;
mod plans;
mod postponements;
mod registrations;
mod rooms;
mod seat_plans;
mod waits;
mod windows;

pub(super) use accommodations::*;
pub(super) use incidents::*;
pub(super) use late_changes::*;
pub(super) use plans::*;
pub(super) use postponements::*;
pub(super) use registrations::*;
pub(super) use rooms::*;
pub(super) use seat_plans::*;
pub(super) use waits::*;
pub(super) use windows::*;

use super::entity::{exam_session, registration, sitting, ticket_counter};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, CourseId, ExamSessionId, PaperId, SittingId},
    sittings::ExamSessionState,
    time::Timestamp,
};
use std::collections::HashMap;

/// Rows that one statement inserts.
const ROWS: usize = 500;

pub(super) async fn insert_exam_session(conn: &impl ConnectionTrait, row: exam_session::Model) -> AppResult<()> {
    exam_session::Entity::insert(exam_session::ActiveModel::from(row)).exec_without_returning(conn).await?;
    Ok(())
}

pub(super) async fn find_exam_session(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Option<exam_session::Model>> {
    Ok(exam_session::Entity::find_by_id(id).one(conn).await?)
}

/// The exam session; nobody else changes it until the write ends.
pub(super) async fn lock_exam_session(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
) -> AppResult<Option<exam_session::Model>> {
    Ok(exam_session::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// When the tests begin that two persons have armed and of which a paper is a form.
pub(super) async fn list_armed_starts(conn: &impl ConnectionTrait, paper_id: PaperId) -> AppResult<Vec<Timestamp>> {
    use exam_session::Column;
    let query = exam_session::Entity::find().select_only().column(Column::StartsAt);
    let query = query.filter(has_form(paper_id)).filter(Column::State.eq(ExamSessionState::Armed.as_str()));
    Ok(query.into_tuple().all(conn).await?)
}

/// The exam sessions of which a paper is a form.
pub(super) async fn list_exam_sessions_with(
    conn: &impl ConnectionTrait,
    paper_id: PaperId,
) -> AppResult<Vec<exam_session::Model>> {
    Ok(exam_session::Entity::find().filter(has_form(paper_id)).all(conn).await?)
}

fn has_form(paper_id: PaperId) -> Condition {
    use exam_session::Column;
    let is_form = Condition::any().add(Column::PaperId.eq(paper_id));
    is_form.add(Column::OtherPapers.contains(paper_id.to_string()))
}

pub(super) async fn list_exam_sessions(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ExamSessionId>,
) -> AppResult<Vec<exam_session::Model>> {
    Ok(exam_session::Entity::find().filter(exam_session::Column::Id.is_in(ids)).all(conn).await?)
}

/// Exam sessions that fulfil a condition, the last to start first, from after the key of a cursor.
pub(super) async fn list_exam_sessions_within(
    conn: &impl ConnectionTrait,
    within: Condition,
    after: Option<(Timestamp, ExamSessionId)>,
    rows: u64,
) -> AppResult<Vec<exam_session::Model>> {
    use exam_session::Column;
    let mut query = exam_session::Entity::find().filter(within);
    if let Some((starts_at, id)) = after {
        let same = Condition::all().add(Column::StartsAt.eq(starts_at)).add(Column::Id.lt(id));
        query = query.filter(Condition::any().add(Column::StartsAt.lt(starts_at)).add(same));
    }
    let query = query.order_by_desc(Column::StartsAt).order_by_desc(Column::Id).limit(rows);
    Ok(query.all(conn).await?)
}

/// Exam sessions that a learner may see: those of `registered`, and those of `courses` whose
/// registration is open.
pub(super) async fn list_exam_sessions_for(
    conn: &impl ConnectionTrait,
    registered: &[ExamSessionId],
    courses: &[CourseId],
) -> AppResult<Vec<exam_session::Model>> {
    use exam_session::Column;
    let open = Condition::all()
        .add(Column::State.eq(ExamSessionState::Registering.as_str()))
        .add(Column::CourseId.is_in(courses.iter().copied()));
    let seen = Condition::any().add(Column::Id.is_in(registered.iter().copied())).add(open);
    Ok(exam_session::Entity::find().filter(seen).order_by_asc(Column::StartsAt).all(conn).await?)
}

/// Moves an exam session that is in `from`; whether it was.
pub(super) async fn set_state(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    from: ExamSessionState,
    to: ExamSessionState,
) -> AppResult<bool> {
    use exam_session::Column;
    let moved = exam_session::Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(from.as_str()))
        .exec(conn)
        .await?;
    Ok(moved.rows_affected == 1)
}

pub(super) async fn set_scored(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    to_mark: i32,
    now: Timestamp,
) -> AppResult<()> {
    use exam_session::Column;
    exam_session::Entity::update_many()
        .col_expr(Column::ScoredAt, Expr::value(now.0))
        .col_expr(Column::ToMark, Expr::value(to_mark))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// One response fewer waits for a marker.
pub(super) async fn take_marked(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<()> {
    use exam_session::Column;
    exam_session::Entity::update_many()
        .col_expr(Column::ToMark, Expr::col(Column::ToMark).sub(1))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// One response more waits for a marker, and nobody has proposed the release.
pub(super) async fn give_back_marked(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<()> {
    use exam_session::Column;
    exam_session::Entity::update_many()
        .col_expr(Column::ToMark, Expr::col(Column::ToMark).add(1))
        .col_expr(Column::ReleasedFirstBy, Expr::value(None::<uuid::Uuid>))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Exam sessions that start from one instant until before another, the first first.
pub(super) async fn list_exam_sessions_between(
    conn: &impl ConnectionTrait,
    from: Timestamp,
    until: Timestamp,
) -> AppResult<Vec<exam_session::Model>> {
    use exam_session::Column;
    let query = exam_session::Entity::find().filter(Column::StartsAt.gte(from)).filter(Column::StartsAt.lt(until));
    Ok(query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).all(conn).await?)
}

/// The same by id; nobody else changes one of them until the write ends.
pub(super) async fn lock_exam_sessions_between(
    conn: &impl ConnectionTrait,
    from: Timestamp,
    until: Timestamp,
) -> AppResult<Vec<exam_session::Model>> {
    use exam_session::Column;
    let query = exam_session::Entity::find().filter(Column::StartsAt.gte(from)).filter(Column::StartsAt.lt(until));
    Ok(query.order_by_asc(Column::Id).lock_exclusive().all(conn).await?)
}

/// The sittings of these persons in an exam session.
pub(super) async fn list_sittings_of_accounts(
    conn: &impl ConnectionTrait,
    id: ExamSessionId,
    accounts: &[AccountId],
) -> AppResult<Vec<sitting::Model>> {
    use sitting::Column;
    let mut found = Vec::new();
    for chunk in accounts.chunks(ROWS) {
        let query = sitting::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::WithdrawnAt.is_null());
        found.extend(query.filter(Column::AccountId.is_in(chunk.iter().copied())).all(conn).await?);
    }
    Ok(found)
}

/// Takes `count` ticket numbers; the first of them.
pub(super) async fn take_tickets(conn: &impl ConnectionTrait, prefix: &str, count: i32) -> AppResult<i32> {
    use ticket_counter::{ActiveModel, Column, Entity};
    Entity::insert(ActiveModel { prefix: Set(prefix.to_owned()), next: Set(0) })
        .on_conflict(OnConflict::column(Column::Prefix).do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    Entity::update_many()
        .col_expr(Column::Next, Expr::col(Column::Next).add(count))
        .filter(Column::Prefix.eq(prefix))
        .exec(conn)
        .await?;
    let counter = Entity::find_by_id(prefix.to_owned()).one(conn).await?;
    let counter = counter.ok_or_else(|| AppError::internal("a ticket counter is missing"))?;
    Ok(counter.next - count)
}

pub(super) async fn insert_sittings(conn: &impl ConnectionTrait, rows: Vec<sitting::Model>) -> AppResult<()> {
    for chunk in rows.chunks(ROWS) {
        let rows = chunk.iter().cloned().map(sitting::ActiveModel::from);
        sitting::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// These sittings, by id.
pub(super) async fn list_sittings(
    conn: &impl ConnectionTrait,
    ids: &[SittingId],
    for_update: bool,
) -> AppResult<Vec<sitting::Model>> {
    let query = sitting::Entity::find().filter(sitting::Column::Id.is_in(ids.iter().copied()));
    let query = query.order_by_asc(sitting::Column::Id);
    Ok(if for_update { query.lock_exclusive() } else { query }.all(conn).await?)
}

pub(super) async fn list_sittings_of(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Vec<sitting::Model>> {
    use sitting::Column;
    let query = sitting::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::WithdrawnAt.is_null());
    Ok(query.order_by_asc(Column::Id).all(conn).await?)
}

/// The next sittings that are closed, by id, from after `after`.
pub(super) async fn list_closed_after(
    conn: &impl ConnectionTrait,
    after: SittingId,
    rows: u64,
) -> AppResult<Vec<sitting::Model>> {
    use sitting::Column;
    let query = sitting::Entity::find().filter(Column::Id.gt(after)).filter(Column::ClosedAt.is_not_null());
    let query = query.filter(Column::WithdrawnAt.is_null()).order_by_asc(Column::Id);
    Ok(query.limit(rows).all(conn).await?)
}

/// The sittings of an exam session that were opened and are not closed.
pub(super) async fn list_at_work(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<Vec<sitting::Model>> {
    use sitting::Column;
    let query = sitting::Entity::find().filter(Column::ExamSessionId.eq(id)).filter(Column::WithdrawnAt.is_null());
    let query = query.filter(Column::OpenedAt.is_not_null()).filter(Column::ClosedAt.is_null());
    Ok(query.order_by_asc(Column::Id).all(conn).await?)
}

pub(super) async fn list_own_sittings(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<sitting::Model>> {
    use sitting::Column;
    let query = sitting::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.filter(Column::WithdrawnAt.is_null()).all(conn).await?)
}

/// Begins an epoch; the first also opens the sitting.
pub(super) async fn set_epoch(
    conn: &impl ConnectionTrait,
    id: SittingId,
    epoch: i32,
    device: uuid::Uuid,
    now: Timestamp,
) -> AppResult<()> {
    use sitting::Column;
    let update = sitting::Entity::update_many()
        .col_expr(Column::Epoch, Expr::value(epoch))
        .col_expr(Column::Device, Expr::value(device))
        .col_expr(Column::EpochOpenedAt, Expr::value(now.0));
    let update = if epoch == 1 { update.col_expr(Column::OpenedAt, Expr::value(now.0)) } else { update };
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Closes a sitting that is open; whether it was.
pub(super) async fn close_sitting(
    conn: &impl ConnectionTrait,
    id: SittingId,
    closed_at: Timestamp,
    by_candidate: bool,
) -> AppResult<bool> {
    use sitting::Column;
    let closed = sitting::Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(closed_at.0))
        .col_expr(Column::ByCandidate, Expr::value(by_candidate))
        .filter(Column::Id.eq(id))
        .filter(Column::ClosedAt.is_null())
        .exec(conn)
        .await?;
    Ok(closed.rows_affected == 1)
}

/// Writes what was answered onto a closed sitting.
pub(super) async fn set_answered(
    conn: &impl ConnectionTrait,
    id: SittingId,
    answered: u16,
    digest: &str,
) -> AppResult<()> {
    use sitting::Column;
    sitting::Entity::update_many()
        .col_expr(Column::Answered, Expr::value(i32::from(answered)))
        .col_expr(Column::Digest, Expr::value(digest))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// How many are registered, and how many sittings there are, opened and closed.
pub(super) async fn count(
    conn: &impl ConnectionTrait,
    ids: &[ExamSessionId],
) -> AppResult<HashMap<ExamSessionId, [i64; 4]>> {
    let registered: Vec<(ExamSessionId, i64)> = registration::Entity::find()
        .select_only()
        .column(registration::Column::ExamSessionId)
        .column_as(registration::Column::AccountId.count(), "registered")
        .filter(registration::Column::ExamSessionId.is_in(ids.iter().copied()))
        .filter(registration::Column::WithdrawnAt.is_null())
        .group_by(registration::Column::ExamSessionId)
        .into_tuple()
        .all(conn)
        .await?;
    let sittings: Vec<(ExamSessionId, i64, i64, i64)> = sitting::Entity::find()
        .select_only()
        .column(sitting::Column::ExamSessionId)
        .column_as(sitting::Column::Id.count(), "sittings")
        .column_as(sitting::Column::OpenedAt.count(), "opened")
        .column_as(sitting::Column::ClosedAt.count(), "closed")
        .filter(sitting::Column::ExamSessionId.is_in(ids.iter().copied()))
        .filter(sitting::Column::WithdrawnAt.is_null())
        .group_by(sitting::Column::ExamSessionId)
        .into_tuple()
        .all(conn)
        .await?;
    let mut counts: HashMap<ExamSessionId, [i64; 4]> = HashMap::new();
    for (id, registered) in registered {
        counts.entry(id).or_default()[0] = registered;
    }
    for (id, sittings, opened, closed) in sittings {
        let [_, rest @ ..] = counts.entry(id).or_default();
        *rest = [sittings, opened, closed];
    }
    Ok(counts)
}
