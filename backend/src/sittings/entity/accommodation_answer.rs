//! What the offices said to an accommodation; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccommodationId, AccountId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accommodation_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub accommodation_id: AccommodationId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub office: String,
    pub is_granted: bool,
    pub reason: String,
    pub decided_by: AccountId,
    pub decided_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
