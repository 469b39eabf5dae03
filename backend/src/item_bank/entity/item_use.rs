//! In which tests candidates saw which version of an item; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ExamSessionId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_session_id: ExamSessionId,
    /// Of the version.
    pub number: i32,
    /// When the test began.
    pub used_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
