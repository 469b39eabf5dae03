//! Epochs of sittings that another device has continued; never changed. What was written in them may still arrive.

use sea_orm::entity::prelude::*;
use shared::{ids::SittingId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "superseded_epoch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sitting_id: SittingId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub epoch: i32,
    /// When it began: its device's monotonic clock counts from then.
    pub opened_at: Timestamp,
    /// When the next one began.
    pub superseded_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
