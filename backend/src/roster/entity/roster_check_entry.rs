//! Persons whom the county looks at, in the order in which they were drawn.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, RosterCheckId, RosterEntryId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_check_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub check_id: RosterCheckId,
    #[sea_orm(primary_key, auto_increment = false)]
    /// Counted from 1.
    pub position: i32,
    pub entry_id: RosterEntryId,
    /// Empty until somebody has looked.
    pub finding: Option<String>,
    pub note: String,
    pub found_by: Option<AccountId>,
    pub found_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
