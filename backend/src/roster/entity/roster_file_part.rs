//! The bytes of lists that wait for their import, part by part.

use sea_orm::entity::prelude::*;
use shared::ids::RosterBatchId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_file_part")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: RosterBatchId,
    #[sea_orm(primary_key, auto_increment = false)]
    /// Counted from 0.
    pub part: i32,
    /// Sealed.
    pub content: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
