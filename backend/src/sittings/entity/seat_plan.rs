//! Plans of the seats of exam sessions; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId, SeatPlanId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SeatPlanId,
    pub exam_session_id: ExamSessionId,
    /// `NewSeatPlan` as JSON.
    pub request: String,
    pub seed: i64,
    /// The version of the algorithm.
    pub algorithm: i32,
    /// `SeatPlanOutcome` as JSON.
    pub outcome: String,
    pub seated: i32,
    pub unseated: i32,
    pub planned_by: AccountId,
    pub planned_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
