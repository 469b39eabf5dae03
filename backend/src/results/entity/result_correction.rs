//! What a result is since a recheck corrected it; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ScoreRecheckId, SittingId},
    points::Points,
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "result_correction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sitting_id: SittingId,
    pub recheck_id: ScoreRecheckId,
    pub score: Points,
    pub grade: String,
    pub has_passed: bool,
    pub corrected_by: AccountId,
    pub corrected_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::result::Entity",
        from = "Column::SittingId",
        to = "super::result::Column::SittingId"
    )]
    Result,
}

impl Related<super::result::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Result.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
