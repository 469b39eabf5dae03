//! Versions of the rules of enrolment that were proposed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, EnrolmentRuleProposalId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment_rule_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrolmentRuleProposalId,
    /// Significant digits of the division's code.
    pub region: String,
    pub level: String,
    /// `YYYY-MM-DD`.
    pub valid_from: String,
    pub youngest: i16,
    pub oldest: i16,
    /// Code of GB/T 4658.
    pub prior: String,
    pub is_literacy_enough: bool,
    pub reason: String,
    pub state: String,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    /// Who approved or refused it, or took it back.
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    /// Who withdrew it after its approval.
    pub withdrawn_by: Option<AccountId>,
    pub withdrawn_at: Option<Timestamp>,
    pub answer: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
