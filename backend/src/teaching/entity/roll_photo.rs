//! Photos of signed rolls.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, MeetingId, RollPhotoId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roll_photo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RollPhotoId,
    pub meeting_id: MeetingId,
    /// Sealed; empty once it was taken away.
    pub content: Vec<u8>,
    pub width: i32,
    pub height: i32,
    pub bytes: i32,
    pub added_by: AccountId,
    pub added_at: Timestamp,
    pub removed_by: Option<AccountId>,
    pub removed_at: Option<Timestamp>,
    /// Empty unless it was.
    pub removed_because: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
