//! Entries that were closed or opened again, in order.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, RosterEntryId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: RosterEntryId,
    #[sea_orm(primary_key, auto_increment = false)]
    /// The version of the entry that the step was taken from.
    pub seq: i32,
    pub step: String,
    /// Sealed.
    pub reason: Vec<u8>,
    pub taken_by: AccountId,
    pub taken_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
