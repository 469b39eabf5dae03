//! Learners on lists of graduates, as they were proposed.

use sea_orm::entity::prelude::*;
use shared::ids::{GraduationBatchId, StudentRecordId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "graduation_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: GraduationBatchId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: StudentRecordId,
    pub name: String,
    pub learner_number: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
