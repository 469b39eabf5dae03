//! Courses of classes, with the version with which the class began; its learners go over to newer ones.

use sea_orm::entity::prelude::*;
use shared::ids::{ClassId, CourseId, CourseVersionId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class_course")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub class_id: ClassId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    pub course_version_id: CourseVersionId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
