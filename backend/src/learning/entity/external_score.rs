//! What tools of others reported.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ActivityId, CourseId, ExternalScoreId, ExternalSubjectId, UnitId},
    points::Points,
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_score")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExternalScoreId,
    pub subject_id: ExternalSubjectId,
    pub activity_id: ActivityId,
    pub course_id: CourseId,
    pub unit_id: UnitId,
    /// By the clock of the tool.
    pub scored_at: Timestamp,
    pub is_completed: bool,
    /// Absent unless the score stood.
    pub given: Option<Points>,
    pub most: Option<Points>,
    pub received_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::external_subject::Entity",
        from = "Column::SubjectId",
        to = "super::external_subject::Column::Id"
    )]
    Subject,
}

impl Related<super::external_subject::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Subject.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
