//! Rules of attendance that were proposed; those that were approved hold.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, AttendanceRuleProposalId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_rule_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttendanceRuleProposalId,
    /// Significant digits of the division's code.
    pub region: String,
    /// `YYYY-MM-DD`.
    pub valid_from: String,
    pub late_min: i16,
    pub class_hour_min: i16,
    pub face_min_pct: i16,
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
