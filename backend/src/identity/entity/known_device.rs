//! Devices that accounts know.

use sea_orm::entity::prelude::*;
use shared::{ids::AccountId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_device")]
pub struct Model {
    /// Of what the device's cookie holds.
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_hash: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    pub first_used_at: Timestamp,
    pub last_used_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
