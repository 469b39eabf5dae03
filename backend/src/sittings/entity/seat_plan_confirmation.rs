//! Each time that a plan of seats was made to hold; append-only. The last one of an exam session is in force.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId, SeatPlanId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_plan_confirmation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_session_id: ExamSessionId,
    /// Counts the confirmations of the exam session, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub seat_plan_id: SeatPlanId,
    pub confirmed_by: AccountId,
    pub confirmed_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
