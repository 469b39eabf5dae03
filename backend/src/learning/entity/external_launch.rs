//! Learners who were sent to tools of others a moment ago.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ActivityId, ExternalLaunchId, ExternalSubjectId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_launch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExternalLaunchId,
    pub subject_id: ExternalSubjectId,
    pub activity_id: ActivityId,
    pub made_at: Timestamp,
    /// Of what the learner's browser holds.
    pub browser_hash: Vec<u8>,
    /// When the tool asked who the learner is, and was told.
    pub answered_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
