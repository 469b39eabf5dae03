//! Meetings of classes.

use crate::platform::crypto::Sealed;
use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, CourseId, MeetingId, RoomId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingId,
    pub class_id: ClassId,
    pub course_id: CourseId,
    pub topic: String,
    pub teacher_id: Option<AccountId>,
    pub room_id: Option<RoomId>,
    /// How it is held.
    pub mode: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub state: String,
    pub version: i32,
    /// Makes the codes on the screen; sealed. In meetings of the time before it was sealed it is empty, or lies open and
    /// counts for nothing.
    pub check_in_secret: Sealed,
    pub entered_by: Option<AccountId>,
    pub entered_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
