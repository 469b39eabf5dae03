//! The letters that items are found by, as their newest versions have them; derived.

use sea_orm::entity::prelude::*;
use shared::ids::ItemId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// The version of the rules that it and the bands were made by.
    pub rule: i32,
    /// Its first line is the stem.
    pub text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
