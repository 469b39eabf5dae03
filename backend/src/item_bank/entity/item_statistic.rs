//! How versions of items did in tests; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ExamSessionId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_statistic")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_session_id: ExamSessionId,
    /// Of the version.
    pub number: i32,
    /// When the test began.
    pub held_at: Timestamp,
    pub candidates: i32,
    /// In thousandths.
    pub difficulty: i32,
    /// In thousandths, from -1000 on.
    pub discrimination: Option<i32>,
    /// `Vec<u32>` as JSON.
    pub options: String,
    pub unanswered: i32,
    pub measured_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
