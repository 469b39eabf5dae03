//! What is said about items; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_comment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub item_id: ItemId,
    /// Of the version that was the newest then.
    pub number: i32,
    /// Where a program of the time before stored it; a job seals it.
    pub text: String,
    /// What was said, sealed.
    pub sealed: Option<Vec<u8>>,
    pub written_by: AccountId,
    pub written_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
