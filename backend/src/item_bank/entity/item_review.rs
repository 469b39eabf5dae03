//! What somebody else found of a version; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// The version that was read.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Where it brought the item.
    pub state: String,
    /// Why it was sent back, where a program of the time before stored it; a job seals it.
    pub reason: String,
    /// Why it was sent back, sealed; nothing otherwise.
    pub sealed: Option<Vec<u8>>,
    pub reviewed_by: AccountId,
    pub reviewed_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
