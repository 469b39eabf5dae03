//! Who has written which version of a course.

use sea_orm::entity::prelude::*;
use shared::ids::{AccountId, CourseVersionId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_writer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_version_id: CourseVersionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub written_by: AccountId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
