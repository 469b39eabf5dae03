//! The rules of attendance: those that came with the program, and those that were proposed.

use crate::{
    access::lies_in,
    learning::entity::{
        attendance_rule,
        attendance_rule_proposal::{self, Column},
        class,
    },
    platform::error::{AppError, AppResult},
};
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    dated_rules::RuleProposalState,
    ids::{AccountId, AttendanceRuleProposalId},
    learning::ClassState,
    organisation::DivisionCode,
    time::{Timestamp, write_date},
};

/// Every rule that came with the program, for one of these regions.
pub(in crate::learning) async fn list_attendance_rules(
    conn: &impl ConnectionTrait,
    regions: &[DivisionCode],
) -> AppResult<Vec<attendance_rule::Model>> {
    let these = attendance_rule::Column::Region.is_in(regions.iter().map(DivisionCode::as_str));
    Ok(attendance_rule::Entity::find().filter(these).all(conn).await?)
}

/// Every rule that came with the program.
pub(in crate::learning) async fn list_all_attendance_rules(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<attendance_rule::Model>> {
    Ok(attendance_rule::Entity::find().all(conn).await?)
}

/// Those that were approved since, and stand.
fn approved() -> Condition {
    Condition::all().add(Column::State.eq(RuleProposalState::Approved.as_str()))
}

/// Every rule that was approved since, for one of these regions.
pub(in crate::learning) async fn list_approved_attendance_rules(
    conn: &impl ConnectionTrait,
    regions: &[DivisionCode],
) -> AppResult<Vec<attendance_rule_proposal::Model>> {
    let these = approved().add(Column::Region.is_in(regions.iter().map(DivisionCode::as_str)));
    Ok(attendance_rule_proposal::Entity::find().filter(these).all(conn).await?)
}

/// The same with those that were withdrawn, after those that stand.
pub(in crate::learning) async fn list_attendance_rules_once_approved(
    conn: &impl ConnectionTrait,
    regions: &[DivisionCode],
) -> AppResult<Vec<attendance_rule_proposal::Model>> {
    let these = Condition::all()
        .add(Column::ApprovedAt.is_not_null())
        .add(Column::Region.is_in(regions.iter().map(DivisionCode::as_str)));
    let mut rules = attendance_rule_proposal::Entity::find().filter(these).all(conn).await?;
    rules.sort_by_key(|rule| rule.ended_at.is_some());
    Ok(rules)
}

/// Keeps the rules for these regions as they are: until the write ends nobody withdraws one that was approved, or approves
/// one that was proposed.
pub(in crate::learning) async fn hold_attendance_rules(
    conn: &impl ConnectionTrait,
    regions: &[DivisionCode],
) -> AppResult<()> {
    let these = attendance_rule_proposal::Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(Column::Region.is_in(regions.iter().map(DivisionCode::as_str)));
    these.lock_shared().all(conn).await?;
    Ok(())
}

/// Whether there is a rule for this region from this first day on.
pub(in crate::learning) async fn has_attendance_rule(
    conn: &impl ConnectionTrait,
    (region, valid_from): (&str, &str),
) -> AppResult<bool> {
    let key = (region.to_owned(), valid_from.to_owned());
    if attendance_rule::Entity::find_by_id(key).one(conn).await?.is_some() {
        return Ok(true);
    }
    let this = approved().add(Column::Region.eq(region)).add(Column::ValidFrom.eq(valid_from));
    Ok(attendance_rule_proposal::Entity::find().filter(this).one(conn).await?.is_some())
}

/// Adds a proposal, unless one of its region and first day stands: then 0.
pub(in crate::learning) async fn insert_attendance_rule_proposal(
    conn: &impl ConnectionTrait,
    row: attendance_rule_proposal::Model,
) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = attendance_rule_proposal::Entity::insert(row.into_active_model()).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in crate::learning) async fn find_attendance_rule_proposal(
    conn: &impl ConnectionTrait,
    id: AttendanceRuleProposalId,
) -> AppResult<Option<attendance_rule_proposal::Model>> {
    Ok(attendance_rule_proposal::Entity::find_by_id(id).one(conn).await?)
}

/// The proposal; nobody else decides it until the write ends.
pub(in crate::learning) async fn lock_attendance_rule_proposal(
    conn: &impl ConnectionTrait,
    id: AttendanceRuleProposalId,
) -> AppResult<attendance_rule_proposal::Model> {
    let row = attendance_rule_proposal::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

/// The proposals that wait for another person.
pub(in crate::learning) async fn list_waiting_attendance_rules(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<attendance_rule_proposal::Model>> {
    let waiting = Column::State.eq(RuleProposalState::Proposed.as_str());
    Ok(attendance_rule_proposal::Entity::find().filter(waiting).all(conn).await?)
}

/// Every proposal, the newest first.
pub(in crate::learning) async fn list_attendance_rule_proposals(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<attendance_rule_proposal::Model>> {
    Ok(attendance_rule_proposal::Entity::find().order_by_desc(Column::Id).all(conn).await?)
}

/// Puts a proposal that is locked among the rules.
pub(in crate::learning) async fn approve_attendance_rule(
    conn: &impl ConnectionTrait,
    id: AttendanceRuleProposalId,
    (by, at): (AccountId, Timestamp),
) -> AppResult<()> {
    let update = attendance_rule_proposal::Entity::update_many()
        .col_expr(Column::State, Expr::value(RuleProposalState::Approved.as_str()))
        .col_expr(Column::ApprovedBy, Expr::value(by))
        .col_expr(Column::ApprovedAt, Expr::value(at));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Says that a proposal that is locked stands no more, and why.
pub(in crate::learning) async fn end_attendance_rule_proposal(
    conn: &impl ConnectionTrait,
    id: AttendanceRuleProposalId,
    state: RuleProposalState,
    (by, at): (AccountId, Timestamp),
    answer: Option<String>,
) -> AppResult<()> {
    let update = attendance_rule_proposal::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::EndedAt, Expr::value(at))
        .col_expr(Column::Answer, Expr::value(answer));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// The classes that keep a rule; nobody else changes them until the write ends.
pub(in crate::learning) async fn lock_classes_by_rule(
    conn: &impl ConnectionTrait,
    version: &str,
) -> AppResult<Vec<class::Model>> {
    let by_rule = class::Entity::find().filter(class::Column::RuleVersion.eq(version));
    Ok(by_rule.order_by_asc(class::Column::Id).lock_exclusive().all(conn).await?)
}

/// The classes in a region that are to begin on this day or later, and have not begun; nobody else changes them until
/// the write ends.
pub(in crate::learning) async fn lock_classes_to_begin(
    conn: &impl ConnectionTrait,
    region: DivisionCode,
    day: Date,
) -> AppResult<Vec<class::Model>> {
    let to_begin = ClassState::ALL.iter().filter(|state| !state.has_begun()).map(|state| state.as_str());
    let these = class::Entity::find()
        .filter(lies_in(class::Column::Division, region))
        .filter(class::Column::StartsOn.gte(write_date(day)))
        .filter(class::Column::State.is_in(to_begin));
    Ok(these.order_by_asc(class::Column::Id).lock_exclusive().all(conn).await?)
}
