//! What stood in entries before their facts were put right.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, RosterEntryId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_correction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: RosterEntryId,
    #[sea_orm(primary_key, auto_increment = false)]
    /// The version of the entry that was put right.
    pub seq: i32,
    /// Sealed.
    pub content: Vec<u8>,
    pub corrected_by: AccountId,
    pub corrected_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
