//! Sittings: one candidate, one paper, one exam session.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId, PaperId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sitting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SittingId,
    pub exam_session_id: ExamSessionId,
    pub account_id: AccountId,
    pub paper_id: PaperId,
    pub ticket_number: String,
    pub seed: i64,
    pub extra_min: i32,
    /// What the candidate was granted besides.
    pub needs_separate_room: bool,
    pub needs_large_print: bool,
    pub needs_accessible: bool,
    /// The epoch that may write; 0 before the first opening.
    pub epoch: i32,
    pub device: Option<Uuid>,
    pub opened_at: Option<Timestamp>,
    pub epoch_opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Whether the candidate submitted; otherwise the server closed it.
    pub by_candidate: bool,
    pub answered: i32,
    pub digest: String,
    /// When the candidate was taken out before the test, if they were: then it counts nowhere.
    pub withdrawn_at: Option<Timestamp>,
    /// Seconds that were given back after interruptions.
    pub returned_s: i32,
    /// Since when working time stands still, if it does.
    pub paused_at: Option<Timestamp>,
    /// Seconds that two persons gave beside that.
    pub extended_s: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
