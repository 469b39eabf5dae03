//! Notices of moved and cancelled lessons.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, MeetingId, MeetingNoticeId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingNoticeId,
    pub account_id: AccountId,
    pub meeting_id: MeetingId,
    /// When the lesson was to begin.
    pub was_at: Timestamp,
    pub reason: String,
    pub told_at: Timestamp,
    pub read_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
