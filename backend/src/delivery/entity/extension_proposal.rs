//! Time that waits for a second person, and what became of it; never changed once it was decided.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamRoomId, ExamSessionId, ExamSiteId, ExtensionProposalId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "extension_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExtensionProposalId,
    pub exam_session_id: ExamSessionId,
    /// Absent if it is for everybody, or for a candidate who has no seat.
    pub exam_site_id: Option<ExamSiteId>,
    /// Absent if it is for all of a site.
    pub exam_room_id: Option<ExamRoomId>,
    /// Absent if it is for all of a room.
    pub sitting_id: Option<SittingId>,
    pub minutes: i32,
    pub reason: String,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    /// Who gave the time: never who proposed it.
    pub confirmed_by: Option<AccountId>,
    /// Who let it be.
    pub dropped_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    /// How many got time.
    pub extended: Option<i32>,
    /// How many were passed over.
    pub passed_over: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
