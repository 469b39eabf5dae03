//! Candidates who went on at another seat of their room; append-only, the last one of each counts.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{SeatPlanId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_change")]
pub struct Model {
    /// The plan that holds.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seat_plan_id: SeatPlanId,
    /// Counts the changes of the plan, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub sitting_id: SittingId,
    /// The seat at which they go on.
    pub seat: i32,
    pub changed_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
