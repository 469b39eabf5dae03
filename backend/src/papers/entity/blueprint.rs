//! Blueprints of papers.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, BlueprintId, CourseId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blueprint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BlueprintId,
    pub course_id: CourseId,
    pub title: String,
    /// From 1.
    pub version: i32,
    /// `Blueprint` as JSON.
    pub content: String,
    pub created_by: AccountId,
    pub changed_by: AccountId,
    pub changed_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
