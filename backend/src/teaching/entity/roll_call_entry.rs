//! What was noted of who came; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, MeetingId, RollCallEntryId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roll_call_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RollCallEntryId,
    pub meeting_id: MeetingId,
    pub learner_id: AccountId,
    pub state: String,
    pub minutes: Option<i32>,
    pub noted_at: Timestamp,
    pub noted_by: AccountId,
    pub method: String,
    pub reason: String,
    pub received_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
