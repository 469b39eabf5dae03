//! What the visits of one round say of a person together; who has no row was not visited in it.

use sea_orm::entity::prelude::*;
use shared::ids::{RosterEntryId, RosterRoundId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_round_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub round_id: RosterRoundId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: RosterEntryId,
    pub standing: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
