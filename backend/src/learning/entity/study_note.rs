//! Notes of learners beside units.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, UnitId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "study_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: AccountId,
    pub course_id: CourseId,
    pub unit_id: UnitId,
    pub text: String,
    /// One more than how often it was saved.
    pub version: i32,
    pub edited_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
