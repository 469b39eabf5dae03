//! What candidates' devices told last of themselves, one row for each visit of the paper's page.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ExamSessionId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sitting_presence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sitting_id: SittingId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub visit: Uuid,
    pub exam_session_id: ExamSessionId,
    /// Whether the sealed paper is on the device.
    pub is_ready: bool,
    pub unsent: i64,
    pub focus_losses: i64,
    pub focus_lost_s: i64,
    /// The number of the last news that the device has.
    pub heard: i64,
    pub seen_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
