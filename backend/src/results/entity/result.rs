//! Released results, as they were released.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, ExamSessionId, SittingId},
    points::Points,
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "result")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sitting_id: SittingId,
    pub exam_session_id: ExamSessionId,
    pub account_id: AccountId,
    pub course_id: CourseId,
    pub score: Points,
    pub max_score: Points,
    pub grade: String,
    pub has_passed: bool,
    pub released_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Related<super::result_correction::Entity> for Entity {
    fn to() -> RelationDef {
        super::result_correction::Relation::Result.def().rev()
    }
}

impl ActiveModelBehavior for ActiveModel {}
