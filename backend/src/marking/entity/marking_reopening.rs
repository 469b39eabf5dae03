//! Points that were taken back; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId},
    points::Points,
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "marking_reopening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub response_id: Uuid,
    pub exam_session_id: ExamSessionId,
    pub points: Points,
    /// What each dimension was worth as JSON, where it was an essay.
    pub dimension_points: Option<String>,
    pub marked_by: AccountId,
    pub marked_at: Timestamp,
    pub reason: String,
    pub reopened_by: AccountId,
    pub reopened_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
