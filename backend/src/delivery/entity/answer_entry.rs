//! The answer journal. Rows are never updated or deleted.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ItemId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sitting_id: SittingId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub epoch: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub item_id: ItemId,
    /// The response as JSON.
    pub response: String,
    pub monotonic_ms: i64,
    pub hash: String,
    /// In time, or late with proof.
    pub verdict: String,
    pub received_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
