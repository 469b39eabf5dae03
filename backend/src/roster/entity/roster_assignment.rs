//! Who was sent to whom.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, RosterAssignmentId, RosterEntryId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_assignment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RosterAssignmentId,
    pub entry_id: RosterEntryId,
    pub surveyor_id: AccountId,
    /// Whether the surveyor is sent no more.
    pub is_taken_back: bool,
    pub assigned_by: AccountId,
    pub assigned_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
