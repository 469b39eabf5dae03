//! Versions that somebody else found right to be tried before they count; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_trial")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// The version that was read.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub begun_by: AccountId,
    pub begun_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
