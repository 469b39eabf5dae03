//! What tools of others signed to get a token: each is good once.

use sea_orm::entity::prelude::*;
use shared::{ids::ExternalToolId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_assertion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tool_id: ExternalToolId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: String,
    pub good_until: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
