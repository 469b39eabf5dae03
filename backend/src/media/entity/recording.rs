//! Video and sound of lessons.

use sea_orm::entity::prelude::*;
use shared::{ids::AccountId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recording")]
pub struct Model {
    /// SHA-256 of the content, as hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    /// How its name ends.
    pub kind: String,
    pub bytes: i64,
    /// Who added it first; nobody if the system did.
    pub added_by: Option<AccountId>,
    pub added_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
