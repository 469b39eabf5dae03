//! What learners handed in.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ActivityId, ClassId, CourseId, CourseVersionId, HandInId, UnitId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment_hand_in")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HandInId,
    /// In which class it was studied.
    pub class_id: ClassId,
    pub course_id: CourseId,
    /// In which version of the course the assignment was read.
    pub course_version_id: CourseVersionId,
    pub unit_id: UnitId,
    pub activity_id: ActivityId,
    pub account_id: AccountId,
    pub text: String,
    /// Ids of photos in order, as JSON.
    pub photos: String,
    /// Files in order, as JSON.
    pub files: String,
    pub handed_in_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Related<super::assignment_mark::Entity> for Entity {
    fn to() -> RelationDef {
        super::assignment_mark::Relation::HandIn.def().rev()
    }
}

impl ActiveModelBehavior for ActiveModel {}
