//! Tools of others, who was sent to them, and what they reported.

use crate::{
    learning::entity::{external_assertion, external_launch, external_score, external_subject, external_tool},
    platform::{
        db::oldest_until,
        error::{AppError, AppResult},
    },
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    ids::{AccountId, ActivityId, CourseId, ExternalLaunchId, ExternalSubjectId, ExternalToolId, UnitId},
    learning::ExternalToolState,
    points::Points,
    time::Timestamp,
};

/// What task points ask of a score.
#[derive(FromQueryResult)]
pub(in crate::learning) struct ScoreFact {
    pub(in crate::learning) account_id: AccountId,
    pub(in crate::learning) unit_id: UnitId,
    pub(in crate::learning) activity_id: ActivityId,
    pub(in crate::learning) scored_at: Timestamp,
    pub(in crate::learning) is_completed: bool,
    pub(in crate::learning) given: Option<Points>,
    pub(in crate::learning) most: Option<Points>,
    pub(in crate::learning) received_at: Timestamp,
}

pub(in crate::learning) async fn insert_external_tool(
    conn: &impl ConnectionTrait,
    row: external_tool::Model,
) -> AppResult<()> {
    external_tool::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_external_tool(
    conn: &impl ConnectionTrait,
    id: ExternalToolId,
) -> AppResult<Option<external_tool::Model>> {
    Ok(external_tool::Entity::find_by_id(id).one(conn).await?)
}

/// The tool; nobody else decides of it until the write ends.
pub(in crate::learning) async fn lock_external_tool(
    conn: &impl ConnectionTrait,
    id: ExternalToolId,
) -> AppResult<external_tool::Model> {
    let found = external_tool::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    found.ok_or_else(AppError::not_found)
}

/// Every tool, the newest first.
pub(in crate::learning) async fn list_external_tools(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<external_tool::Model>> {
    Ok(external_tool::Entity::find().order_by_desc(external_tool::Column::Id).all(conn).await?)
}

/// Lets learners be sent to a tool that is locked.
pub(in crate::learning) async fn approve_external_tool(
    conn: &impl ConnectionTrait,
    id: ExternalToolId,
    (by, at): (AccountId, Timestamp),
) -> AppResult<()> {
    use external_tool::Column;
    let update = external_tool::Entity::update_many()
        .col_expr(Column::State, Expr::value(ExternalToolState::Active.as_str()))
        .col_expr(Column::ApprovedBy, Expr::value(by))
        .col_expr(Column::ApprovedAt, Expr::value(at));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Says that a tool that is locked is not in use, and why.
pub(in crate::learning) async fn end_external_tool(
    conn: &impl ConnectionTrait,
    id: ExternalToolId,
    state: ExternalToolState,
    (by, at): (AccountId, Timestamp),
    answer: Option<String>,
) -> AppResult<()> {
    use external_tool::Column;
    let update = external_tool::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::EndedAt, Expr::value(at))
        .col_expr(Column::Answer, Expr::value(answer));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Remembers an assertion, unless it was used before: then 0.
pub(in crate::learning) async fn insert_external_assertion(
    conn: &impl ConnectionTrait,
    row: external_assertion::Model,
) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = external_assertion::Entity::insert(row.into_active_model()).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in crate::learning) async fn insert_external_subject(
    conn: &impl ConnectionTrait,
    row: external_subject::Model,
) -> AppResult<()> {
    external_subject::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_external_subject(
    conn: &impl ConnectionTrait,
    id: ExternalSubjectId,
) -> AppResult<Option<external_subject::Model>> {
    Ok(external_subject::Entity::find_by_id(id).one(conn).await?)
}

/// As whom tools know a learner, the first first.
pub(in crate::learning) async fn list_external_subjects(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<external_subject::Model>> {
    use external_subject::Column;
    let own = external_subject::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(own.order_by_asc(Column::MadeAt).order_by_asc(Column::Id).all(conn).await?)
}

pub(in crate::learning) async fn insert_external_launch(
    conn: &impl ConnectionTrait,
    row: external_launch::Model,
) -> AppResult<()> {
    external_launch::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_external_launch(
    conn: &impl ConnectionTrait,
    id: ExternalLaunchId,
) -> AppResult<Option<external_launch::Model>> {
    Ok(external_launch::Entity::find_by_id(id).one(conn).await?)
}

/// Notes that a tool is told who was sent; 0 if it was told before.
pub(in crate::learning) async fn answer_external_launch(
    conn: &impl ConnectionTrait,
    id: ExternalLaunchId,
    at: Timestamp,
) -> AppResult<u64> {
    use external_launch::Column;
    let update = external_launch::Entity::update_many().col_expr(Column::AnsweredAt, Expr::value(at));
    let update = update.filter(Column::Id.eq(id)).filter(Column::AnsweredAt.is_null());
    Ok(update.exec(conn).await?.rows_affected)
}

pub(in crate::learning) async fn insert_external_score(
    conn: &impl ConnectionTrait,
    row: external_score::Model,
) -> AppResult<()> {
    external_score::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// The last score of a learner in an activity, by the clock of the tool.
pub(in crate::learning) async fn last_external_score(
    conn: &impl ConnectionTrait,
    subject_id: ExternalSubjectId,
    activity_id: ActivityId,
) -> AppResult<Option<external_score::Model>> {
    use external_score::Column;
    let of_both = external_score::Entity::find()
        .filter(Column::SubjectId.eq(subject_id))
        .filter(Column::ActivityId.eq(activity_id));
    Ok(of_both.order_by_desc(Column::ScoredAt).one(conn).await?)
}

/// What was reported of these subjects, the last first.
pub(in crate::learning) async fn list_scores_of_subjects(
    conn: &impl ConnectionTrait,
    subjects: &[ExternalSubjectId],
) -> AppResult<Vec<external_score::Model>> {
    use external_score::Column;
    let these = external_score::Entity::find().filter(Column::SubjectId.is_in(subjects.iter().copied()));
    Ok(these.order_by_desc(Column::ReceivedAt).order_by_desc(Column::Id).all(conn).await?)
}

/// What was reported of these accounts in these courses, the first first.
pub(in crate::learning) async fn list_score_facts(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    courses: &[CourseId],
) -> AppResult<Vec<ScoreFact>> {
    use external_score::Column;
    let query = external_score::Entity::find().inner_join(external_subject::Entity).select_only();
    let query = query.column(external_subject::Column::AccountId);
    let query = query.columns([Column::UnitId, Column::ActivityId, Column::ScoredAt, Column::IsCompleted]);
    let query = query.columns([Column::Given, Column::Most, Column::ReceivedAt]);
    let query = query.filter(external_subject::Column::AccountId.is_in(accounts.iter().copied()));
    let query = query.filter(Column::CourseId.is_in(courses.iter().copied()));
    let query = query.order_by_asc(Column::ReceivedAt).order_by_asc(Column::Id);
    Ok(query.into_model::<ScoreFact>().all(conn).await?)
}

/// Until when the oldest launches before a moment were made, about as many as `rows`.
pub(in crate::learning) async fn oldest_launches_until(
    conn: &impl ConnectionTrait,
    before: Timestamp,
    rows: u64,
) -> AppResult<Option<Timestamp>> {
    oldest_until::<external_launch::Entity>(conn, external_launch::Column::MadeAt, before, rows).await
}

pub(in crate::learning) async fn forget_launches_until(
    conn: &impl ConnectionTrait,
    until: Timestamp,
) -> AppResult<u64> {
    use external_launch::Column;
    Ok(external_launch::Entity::delete_many().filter(Column::MadeAt.lte(until)).exec(conn).await?.rows_affected)
}

/// Until when the oldest assertions that ended before a moment were good, about as many as `rows`.
pub(in crate::learning) async fn oldest_assertions_until(
    conn: &impl ConnectionTrait,
    before: Timestamp,
    rows: u64,
) -> AppResult<Option<Timestamp>> {
    oldest_until::<external_assertion::Entity>(conn, external_assertion::Column::GoodUntil, before, rows).await
}

pub(in crate::learning) async fn forget_assertions_until(
    conn: &impl ConnectionTrait,
    until: Timestamp,
) -> AppResult<u64> {
    use external_assertion::Column;
    Ok(external_assertion::Entity::delete_many().filter(Column::GoodUntil.lte(until)).exec(conn).await?.rows_affected)
}
