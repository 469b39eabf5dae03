//! What was done in exam rooms; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamRoomId, ExamSessionId, ExamSiteId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "room_act")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_session_id: ExamSessionId,
    /// Counts the acts of the exam session, from 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Absent if it is for everybody.
    pub exam_site_id: Option<ExamSiteId>,
    /// Absent if it is for all of a site.
    pub exam_room_id: Option<ExamRoomId>,
    /// Absent if it is for all of a room.
    pub sitting_id: Option<SittingId>,
    pub kind: String,
    pub text: Option<String>,
    /// Seconds that were given back.
    pub seconds: Option<i32>,
    /// The epoch that a consent is about.
    pub epoch: Option<i32>,
    /// The seat that the candidate changed to.
    pub seat: Option<i32>,
    /// Whether document and photo were found right.
    pub is_identity_right: Option<bool>,
    pub acted_by: AccountId,
    pub acted_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
