//! Versions of the rules of enrolment, those that were proposed among them.

use super::super::entity::{
    enrolment_rule,
    rule_proposal::{self, Column},
};
use crate::platform::error::{AppError, AppResult};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    dated_rules::RuleProposalState,
    ids::{AccountId, EnrolmentRuleProposalId},
    organisation::DivisionCode,
    time::Timestamp,
};

/// The version that a proposal is of.
pub(in super::super) fn version_of(row: &rule_proposal::Model) -> enrolment_rule::Model {
    enrolment_rule::Model {
        region: row.region.clone(),
        level: row.level.clone(),
        valid_from: row.valid_from.clone(),
        youngest: row.youngest,
        oldest: row.oldest,
        prior: row.prior.clone(),
        is_literacy_enough: row.is_literacy_enough,
    }
}

/// The proposals that were approved, and were not withdrawn.
fn approved() -> Condition {
    Condition::all().add(Column::State.eq(RuleProposalState::Approved.as_str()))
}

/// Those that records keep or that came with the program, and those that were approved since.
fn together(mut rules: Vec<enrolment_rule::Model>, approved: &[rule_proposal::Model]) -> Vec<enrolment_rule::Model> {
    for version in approved.iter().map(version_of) {
        if !rules.contains(&version) {
            rules.push(version);
        }
    }
    rules
}

/// Every version whose region is one of these.
pub(in super::super) async fn list_rules(
    conn: &impl ConnectionTrait,
    regions: impl Iterator<Item = DivisionCode>,
) -> AppResult<Vec<enrolment_rule::Model>> {
    let regions: Vec<_> = regions.map(|code| code.as_str().to_owned()).collect();
    let these = enrolment_rule::Column::Region.is_in(regions.clone());
    let rules = enrolment_rule::Entity::find().filter(these).all(conn).await?;
    let these = approved().add(Column::Region.is_in(regions));
    Ok(together(rules, &rule_proposal::Entity::find().filter(these).all(conn).await?))
}

/// Every version, of every region.
pub(in super::super) async fn list_all_rules(conn: &impl ConnectionTrait) -> AppResult<Vec<enrolment_rule::Model>> {
    let rules = enrolment_rule::Entity::find().all(conn).await?;
    Ok(together(rules, &rule_proposal::Entity::find().filter(approved()).all(conn).await?))
}

/// The version that a record keeps.
pub(in super::super) async fn find_rule(
    conn: &impl ConnectionTrait,
    (region, level, valid_from): (&str, &str, &str),
) -> AppResult<enrolment_rule::Model> {
    let key = (region.to_owned(), level.to_owned(), valid_from.to_owned());
    let row = enrolment_rule::Entity::find_by_id(key).one(conn).await?;
    row.ok_or_else(|| AppError::internal("the rule of a record is gone"))
}

/// Whether there is a version of this region, level and first day.
pub(in super::super) async fn has_rule(
    conn: &impl ConnectionTrait,
    (region, level, valid_from): (&str, &str, &str),
) -> AppResult<bool> {
    let key = (region.to_owned(), level.to_owned(), valid_from.to_owned());
    if enrolment_rule::Entity::find_by_id(key).one(conn).await?.is_some() {
        return Ok(true);
    }
    let this =
        approved().add(Column::Region.eq(region)).add(Column::Level.eq(level)).add(Column::ValidFrom.eq(valid_from));
    Ok(rule_proposal::Entity::find().filter(this).one(conn).await?.is_some())
}

/// Sets down a version that a record is about to keep, if none has kept it before.
pub(in super::super) async fn keep_rule(conn: &impl ConnectionTrait, row: enrolment_rule::Model) -> AppResult<()> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = enrolment_rule::Entity::insert(enrolment_rule::ActiveModel::from(row)).on_conflict(once);
    insert.exec_without_returning(conn).await?;
    Ok(())
}

/// Adds a proposal, unless one of its region, level and first day is open: then 0.
pub(in super::super) async fn insert_rule_proposal(
    conn: &impl ConnectionTrait,
    row: rule_proposal::Model,
) -> AppResult<u64> {
    let once = OnConflict::new().do_nothing().to_owned();
    let insert = rule_proposal::Entity::insert(rule_proposal::ActiveModel::from(row)).on_conflict(once);
    Ok(insert.exec_without_returning(conn).await?)
}

pub(in super::super) async fn find_rule_proposal(
    conn: &impl ConnectionTrait,
    id: EnrolmentRuleProposalId,
) -> AppResult<Option<rule_proposal::Model>> {
    Ok(rule_proposal::Entity::find_by_id(id).one(conn).await?)
}

/// The proposal; nobody else decides it until the write ends.
pub(in super::super) async fn lock_rule_proposal(
    conn: &impl ConnectionTrait,
    id: EnrolmentRuleProposalId,
) -> AppResult<rule_proposal::Model> {
    let row = rule_proposal::Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    row.ok_or_else(AppError::not_found)
}

/// The proposals that wait for another person.
pub(in super::super) async fn list_waiting_rule_proposals(
    conn: &impl ConnectionTrait,
) -> AppResult<Vec<rule_proposal::Model>> {
    let waiting = Column::State.eq(RuleProposalState::Proposed.as_str());
    Ok(rule_proposal::Entity::find().filter(waiting).all(conn).await?)
}

/// Every proposal, the newest first.
pub(in super::super) async fn list_rule_proposals(conn: &impl ConnectionTrait) -> AppResult<Vec<rule_proposal::Model>> {
    Ok(rule_proposal::Entity::find().order_by_desc(Column::Id).all(conn).await?)
}

/// Says what became of a proposal that is locked.
pub(in super::super) async fn decide_rule_proposal(
    conn: &impl ConnectionTrait,
    id: EnrolmentRuleProposalId,
    state: RuleProposalState,
    (by, at): (AccountId, Timestamp),
    answer: Option<String>,
) -> AppResult<()> {
    let update = rule_proposal::Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .col_expr(Column::DecidedAt, Expr::value(at))
        .col_expr(Column::Answer, Expr::value(answer));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Takes back a version that was approved, of a proposal that is locked.
pub(in super::super) async fn withdraw_rule(
    conn: &impl ConnectionTrait,
    id: EnrolmentRuleProposalId,
    (by, at): (AccountId, Timestamp),
    answer: Option<String>,
) -> AppResult<()> {
    let update = rule_proposal::Entity::update_many()
        .col_expr(Column::State, Expr::value(RuleProposalState::Withdrawn.as_str()))
        .col_expr(Column::WithdrawnBy, Expr::value(by))
        .col_expr(Column::WithdrawnAt, Expr::value(at))
        .col_expr(Column::Answer, Expr::value(answer));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}
