//! Each time that a learner took a registration back; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration_withdrawal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub exam_session_id: ExamSessionId,
    pub account_id: AccountId,
    pub registered_at: Timestamp,
    pub withdrawn_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
