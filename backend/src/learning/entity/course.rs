//! Courses, over all their versions.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseId,
    pub code: String,
    pub title: String,
    pub level: String,
    pub role: String,
    pub kind: String,
    pub class_hours: i32,
    pub face_to_face_hours: i32,
    pub summary: String,
    pub created_by: AccountId,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
