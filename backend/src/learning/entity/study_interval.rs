//! Stretches of study on the server's clock; those of one account never overlap.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, OfflineEntryId, UnitId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "study_interval")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: AccountId,
    pub course_id: CourseId,
    pub unit_id: UnitId,
    /// The open page that sent the heartbeats.
    pub stream: Uuid,
    pub from_at: Timestamp,
    pub to_at: Timestamp,
    /// How far the unit was read at its end, in per cent.
    pub read_pct: i32,
    /// What a device kept without a network, of which this is a part; absent where heartbeats told.
    pub entry_id: Option<OfflineEntryId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
