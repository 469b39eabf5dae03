//! Rules of graduation that were proposed; those that were approved hold.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, GraduationRuleProposalId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "graduation_rule_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GraduationRuleProposalId,
    /// Significant digits of the division's code.
    pub region: String,
    pub level: String,
    /// `YYYY-MM-DD`.
    pub valid_from: String,
    pub needs_skill_certificate: bool,
    pub credits: i32,
    pub culture_cap: i32,
    pub skill_cap: i32,
    pub reason: String,
    pub state: String,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    pub approved_by: Option<AccountId>,
    pub approved_at: Option<Timestamp>,
    /// Who refused it, took it back, or withdrew it.
    pub ended_by: Option<AccountId>,
    pub ended_at: Option<Timestamp>,
    pub answer: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
