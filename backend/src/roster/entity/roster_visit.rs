//! Visits and calls.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, RosterEntryId, VisitId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_visit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Made on the device.
    pub id: VisitId,
    pub entry_id: RosterEntryId,
    pub visitor: AccountId,
    pub visited_at: Timestamp,
    /// The whole visit, sealed.
    pub content: Vec<u8>,
    pub received_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
