//! Tests of several courses that were planned at once.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamWindowId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_window")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExamWindowId,
    /// What the titles of its tests begin with.
    pub title: String,
    pub created_by: AccountId,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
