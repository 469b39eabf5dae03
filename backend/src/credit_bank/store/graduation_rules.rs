//! The rules of graduation: those that came with the program, and those that were proposed.

use crate::{
    credit_bank::entity::{
        graduation_rule,
        graduation_rule_proposal::{self, Column},
    },
    platform::error::{AppError, AppResult},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    dated_rules::RuleProposalState,
    ids::{AccountId, GraduationRuleProposalId},
    time::Timestamp,
};

/// The rule that a proposal is of.
pub(in crate::credit_bank) fn rule_of_proposal(row: &graduation_rule_proposal::Model) -> graduation_rule::Model {
    graduation_rule::Model {
        region: row.region.clone(),
        level: row.level.clone(),
        valid_from: row.valid_from.clone(),
        needs_skill_certificate: row.needs_skill_certificate,
        credits: row.credits,
        culture_cap: row.culture_cap,
        skill_cap: row.skill_cap,
    }
}

/// The proposals that were approved, and were not withdrawn.
fn approved() -> Condition {
    Condition::all().add(Column::State.eq(RuleProposalState::Approved.as_str()))
}

/// Every rule: those that came with the program, and those that were approved since.
pub(in crate::credit_bank) async fn list_graduation_rules(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<graduation_rule::Model>> {
    let mut rules = graduation_rule::Entity::find().all(conn).await?;
    let since = graduation_rule_proposal::Entity::find().filter(approved()).all(conn).await?;
    rules.extend(since.iter().map(rule_of_proposal));
    Ok(rules)
}

/// Whether there is a rule for this region and level from this first day on.
pub(in crate::credit_bank) async fn has_graduation_rule(
    conn: &impl ConnectionTrait,
    (region, level, valid_from): (&str, &str, &str),
) -> AppResult<bool> {
    let key = (region.to_owned(), level.to_owned(), valid_from.to_owned());
    if graduation_rule::Entity::find_by_id(key).one(conn).await?.is_some() {
        return Ok(true);
    }
    let this =
        approved().add(Column::Region.eq(region)).add(Column::Level.eq(level)).add(Column::ValidFrom.eq(valid_from));
    Ok(graduation_rule_proposal::Entity::find().filter(this).one(conn).await?.is_some())
}

/// Adds a proposal, unless one of its region, level and first day stands: then 0.
pub(in crate::credit_bank) async fn insert_graduation_rule_proposal(
    conn: &impl ConnectionTrait,
    row: graduation_rule_proposal::Model,
) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = graduation_rule_proposal::Entity::insert(row.into_active_model()).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in crate::credit_bank) async fn find_graduation_rule_proposal(
    conn: &impl ConnectionTrait,
    id: GraduationRuleProposalId,
) -> AppResult<Option<graduation_rule_proposal::Model>> {
    Ok(graduation_rule_proposal::Entity::find_by_id(id).one(conn).await?)
}

/// The proposal; nobody else decides it until the write ends.
pub(in crate::credit_bank) async fn lock_graduation_rule_proposal(
    conn: &impl ConnectionTrait,
    id: GraduationRuleProposalId,
) -> AppResult<graduation_rule_proposal::Model> {
    let row = graduation_rule_proposal::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

/// The proposals that wait for another person.
pub(in crate::credit_bank) async fn list_waiting_graduation_rules(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<graduation_rule_proposal::Model>> {
    let waiting = Column::State.eq(RuleProposalState::Proposed.as_str());
    Ok(graduation_rule_proposal::Entity::find().filter(waiting).all(conn).await?)
}

/// Every proposal, the newest first.
pub(in crate::credit_bank) async fn list_graduation_rule_proposals(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<graduation_rule_proposal::Model>> {
    Ok(graduation_rule_proposal::Entity::find().order_by_desc(Column::Id).all(conn).await?)
}

/// Puts a proposal that is locked among the rules.
pub(in crate::credit_bank) async fn approve_graduation_rule(
    conn: &impl ConnectionTrait,
    id: GraduationRuleProposalId,
    (by, at): (AccountId, Timestamp),
) -> AppResult<()> {
    let update = graduation_rule_proposal::Entity::update_many()
        .col_expr(Column::State, Expr::value(RuleProposalState::Approved.as_str()))
        .col_expr(Column::ApprovedBy, Expr::value(by))
        .col_expr(Column::ApprovedAt, Expr::value(at));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Says that a proposal that is locked stands no more, and why.
pub(in crate::credit_bank) async fn end_graduation_rule_proposal(
    conn: &impl ConnectionTrait,
    id: GraduationRuleProposalId,
    state: RuleProposalState,
    (by, at): (AccountId, Timestamp),
    answer: Option<String>,
) -> AppResult<()> {
    let update = graduation_rule_proposal::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::EndedBy, Expr::value(by))
        .col_expr(Column::EndedAt, Expr::value(at))
        .col_expr(Column::Answer, Expr::value(answer));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}
