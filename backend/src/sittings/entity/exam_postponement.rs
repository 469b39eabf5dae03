//! Tests that were put off; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_postponement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub exam_session_id: ExamSessionId,
    pub was_at: Timestamp,
    pub starts_at: Timestamp,
    pub reason: String,
    pub decided_by: AccountId,
    pub decided_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
