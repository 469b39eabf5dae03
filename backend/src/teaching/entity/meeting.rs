//! Meetings of classes.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, CourseId, MeetingId, RoomId},
    time::Timestamp,
};

/// What the codes of a meeting are made of. It is not printed.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct CheckInSecret(pub Vec<u8>);

impl std::fmt::Debug for CheckInSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CheckInSecret(***)")
    }
}

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
    /// Makes the codes on the screen.
    pub check_in_secret: CheckInSecret,
    pub entered_by: Option<AccountId>,
    pub entered_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
