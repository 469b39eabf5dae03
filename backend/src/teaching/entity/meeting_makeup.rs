//! Missed meetings that learners made up.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, MeetingId, MeetingMakeupId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_makeup")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingMakeupId,
    /// The meeting that was missed.
    pub meeting_id: MeetingId,
    pub learner_id: AccountId,
    /// The meeting by which it was made up; nothing if it was a task.
    pub by_meeting_id: Option<MeetingId>,
    pub minutes: i32,
    pub note: String,
    pub granted_by: AccountId,
    pub granted_at: Timestamp,
    pub withdrawn_by: Option<AccountId>,
    /// Since when it does not count any more.
    pub withdrawn_at: Option<Timestamp>,
    pub withdrawn_because: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
