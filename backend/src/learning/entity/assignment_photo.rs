//! Photos and files that learners sent for assignments.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ActivityId, AssignmentPhotoId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment_photo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssignmentPhotoId,
    pub account_id: AccountId,
    pub activity_id: ActivityId,
    /// Sealed.
    pub content: Vec<u8>,
    pub added_at: Timestamp,
    /// `jpg` of a photo, else the kind of the file.
    pub kind: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
