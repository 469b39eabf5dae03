//! Files beside items; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ItemAttachmentId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_attachment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemAttachmentId,
    pub item_id: ItemId,
    /// Of the version that was the newest then.
    pub number: i32,
    pub kind: String,
    /// How many bytes the file has.
    pub bytes: i32,
    /// What it is called, sealed.
    pub name: Vec<u8>,
    /// The file, sealed.
    pub content: Vec<u8>,
    pub added_by: AccountId,
    pub added_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
