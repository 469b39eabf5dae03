//! Versions of items; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub kind: String,
    /// The first characters of the stem, where the content lies open.
    pub title: String,
    /// `Item` as JSON, with its key, where a program of the time before stored it; a job seals it.
    pub content: String,
    /// The same, sealed.
    pub sealed: Option<Vec<u8>>,
    pub created_by: AccountId,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
