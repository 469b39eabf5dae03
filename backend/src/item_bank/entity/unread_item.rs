//! Items of other systems that are none here; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, UnreadItemId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unread_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UnreadItemId,
    pub course_id: CourseId,
    pub kept_by: AccountId,
    /// Where it lay in its package; empty if it came alone.
    pub file: String,
    /// What of it was not understood.
    pub name: String,
    /// SHA-256 of the text, in hex.
    pub sha256: String,
    /// The text, encrypted at rest.
    pub content: Vec<u8>,
    pub kept_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
