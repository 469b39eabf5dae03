//! Refresh tokens by their hash; a log-in is the family of its tokens.

use sea_orm::entity::prelude::*;
use shared::{ids::LoginId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub login_id: LoginId,
    pub issued_at: Timestamp,
    pub replaced_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
