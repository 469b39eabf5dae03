//! Rules of courses that were proposed; those that were approved hold.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, CourseRuleProposalId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_rule_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseRuleProposalId,
    pub course_id: CourseId,
    /// `YYYY-MM-DD`.
    pub valid_from: String,
    pub class_hours: i32,
    pub face_to_face_hours: i32,
    pub credits: i32,
    pub pass_pct: i32,
    pub gate_task_pct: i32,
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
