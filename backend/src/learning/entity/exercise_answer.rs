//! Answers to exercises: every try is kept.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, CourseVersionId, UnitId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exercise_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: AccountId,
    pub course_id: CourseId,
    pub unit_id: UnitId,
    /// Index of the exercise in its unit.
    pub exercise: i32,
    /// `Response` as JSON.
    pub response: String,
    /// Absent where a person would have to say.
    pub is_right: Option<bool>,
    pub answered_at: Timestamp,
    /// In which version of the course; unknown of the earliest.
    pub course_version_id: Option<CourseVersionId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
