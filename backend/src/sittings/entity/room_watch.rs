//! Who watches which room of a test; the audit log keeps who did before.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamRoomId, ExamSessionId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "room_watch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_session_id: ExamSessionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_room_id: ExamRoomId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub invigilator_id: AccountId,
    pub assigned_by: AccountId,
    pub assigned_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
