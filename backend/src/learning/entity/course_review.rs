//! Drafts that were submitted, and what became of each.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseVersionId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub course_version_id: CourseVersionId,
    pub state: String,
    pub submitted_by: AccountId,
    pub submitted_at: Timestamp,
    /// Who took it back, returned or approved it.
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    /// What the reviewer says of the whole.
    pub note: String,
    /// `Vec<UnitRemark>` as JSON.
    pub remarks: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
