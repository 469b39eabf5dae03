//! The rules of courses that were proposed.

use crate::{
    learning::entity::course_rule_proposal::{Column, Entity, Model},
    platform::error::{AppError, AppResult},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    dated_rules::RuleProposalState,
    ids::{AccountId, CourseId, CourseRuleProposalId},
    time::Timestamp,
};

/// Those that were approved, and stand.
fn approved() -> Condition {
    Condition::all().add(Column::State.eq(RuleProposalState::Approved.as_str()))
}

/// The rules of these courses that were approved.
pub(in crate::learning) async fn list_approved_course_rules(
    conn: &impl ConnectionTrait,
    courses: &[CourseId],
) -> AppResult<Vec<Model>> {
    let these = approved().add(Column::CourseId.is_in(courses.iter().copied()));
    Ok(Entity::find().filter(these).all(conn).await?)
}

/// Whether a rule of this course from this first day on was approved.
pub(in crate::learning) async fn has_course_rule(
    conn: &impl ConnectionTrait,
    (course_id, valid_from): (CourseId, &str),
) -> AppResult<bool> {
    let this = approved().add(Column::CourseId.eq(course_id)).add(Column::ValidFrom.eq(valid_from));
    Ok(Entity::find().filter(this).one(conn).await?.is_some())
}

/// Adds a proposal, unless one of its course and first day stands: then 0.
pub(in crate::learning) async fn insert_course_rule_proposal(
    conn: &impl ConnectionTrait,
    row: Model,
) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    Ok(Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(conn).await?)
}

pub(in crate::learning) async fn find_course_rule_proposal(
    conn: &impl ConnectionTrait,
    id: CourseRuleProposalId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// The proposal; nobody else decides it until the write ends.
pub(in crate::learning) async fn lock_course_rule_proposal(
    conn: &impl ConnectionTrait,
    id: CourseRuleProposalId,
) -> AppResult<Model> {
    Entity::find_by_id(id).lock_exclusive().one(conn).await?.ok_or_else(AppError::not_found)
}

/// The proposals that wait for another person.
pub(in crate::learning) async fn list_waiting_course_rules(conn: &impl ConnectionTrait) -> AppResult<Vec<Model>> {
    let waiting = Column::State.eq(RuleProposalState::Proposed.as_str());
    Ok(Entity::find().filter(waiting).all(conn).await?)
}

/// Every proposal, the newest first.
pub(in crate::learning) async fn list_course_rule_proposals(conn: &impl ConnectionTrait) -> AppResult<Vec<Model>> {
    Ok(Entity::find().order_by_desc(Column::Id).all(conn).await?)
}

/// Puts a proposal that is locked among the rules.
pub(in crate::learning) async fn approve_course_rule(
    conn: &impl ConnectionTrait,
    id: CourseRuleProposalId,
    (by, at): (AccountId, Timestamp),
) -> AppResult<()> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(RuleProposalState::Approved.as_str()))
        .col_expr(Column::ApprovedBy, Expr::value(by))
        .col_expr(Column::ApprovedAt, Expr::value(at));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Says that a proposal that is locked stands no more, and why.
pub(in crate::learning) async fn end_course_rule_proposal(
    conn: &impl ConnectionTrait,
    id: CourseRuleProposalId,
    state: RuleProposalState,
    (by, at): (AccountId, Timestamp),
    answer: Option<String>,
) -> AppResult<()> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::EndedAt, Expr::value(at))
        .col_expr(Column::Answer, Expr::value(answer));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}
