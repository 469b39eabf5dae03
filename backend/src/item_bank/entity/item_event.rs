//! What happened to items that no other table tells; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub item_id: ItemId,
    pub kind: String,
    /// Of the version that it was about, or the newest then.
    pub number: i32,
    pub done_by: AccountId,
    pub done_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
