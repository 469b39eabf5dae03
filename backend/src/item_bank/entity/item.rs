//! Items, over all their versions.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, ItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemId,
    pub course_id: CourseId,
    pub created_by: AccountId,
    pub created_at: Timestamp,
    /// Where the newest version stands.
    pub state: String,
    /// Number of what is said of it now; 0 before anything was.
    pub described: i32,
    /// The newest version in a sealed paper that nobody has sat yet.
    pub frozen_version: Option<i32>,
    /// How many candidates are counted of the newest version; 0 if it was not measured.
    pub measured_candidates: i32,
    /// In thousandths.
    pub measured_difficulty: i32,
    /// In thousandths, from -1000 on.
    pub measured_discrimination: Option<i32>,
    pub retired_by: Option<AccountId>,
    pub retired_at: Option<Timestamp>,
    pub retired_because: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
