//! Rows that were not taken.

use sea_orm::entity::prelude::*;
use shared::ids::RosterBatchId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_faulty_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: RosterBatchId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row: i32,
    /// The cells and their faults, sealed.
    pub content: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
