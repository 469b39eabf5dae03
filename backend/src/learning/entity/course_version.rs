//! Versions of courses: one draft, the others published and never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, CourseVersionId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseVersionId,
    pub course_id: CourseId,
    /// From 1.
    pub number: i32,
    /// Changes at every save.
    pub version: i32,
    /// `CourseContent` as JSON.
    pub content: String,
    pub edited_by: AccountId,
    pub edited_at: Timestamp,
    /// Absent while it is the draft.
    pub published_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
