//! Parts of lists that are on their way in.

use sea_orm::entity::prelude::*;
use shared::{ids::RosterUploadId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_upload_part")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: RosterUploadId,
    /// Counted from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: i32,
    /// Sealed.
    pub content: Vec<u8>,
    pub received_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
