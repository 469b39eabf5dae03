//! What was written on papers that were handed out, as it was entered; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sitting_id: SittingId,
    /// Counts the entries of the sitting, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The answers by item, as JSON.
    pub answers: String,
    /// Whether a second person said the same by it.
    pub is_counted: bool,
    pub entered_by: AccountId,
    pub entered_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
