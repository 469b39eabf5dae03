//! What the province changed of divisions.

use sea_orm::entity::prelude::*;
use shared::{ids::AccountId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "division_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Significant digits of the division.
    pub code: String,
    pub kind: String,
    /// What it is called since.
    pub name: String,
    pub former_name: Option<String>,
    /// Significant digits of the division that it was merged into, or that was merged into it.
    pub other: Option<String>,
    /// `YYYY-MM-DD`.
    pub effective_on: String,
    pub reason: String,
    pub entered_by: AccountId,
    pub entered_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
