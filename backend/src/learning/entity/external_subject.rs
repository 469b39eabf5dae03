//! As whom tools of others know learners.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExternalSubjectId, ExternalToolId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_subject")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExternalSubjectId,
    pub tool_id: ExternalToolId,
    pub account_id: AccountId,
    pub made_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
