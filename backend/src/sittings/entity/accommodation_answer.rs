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
    /// The turn in which the office decides.
    #[sea_orm(primary_key, auto_increment = false)]
    pub turn: i32,
    pub office: String,
    pub is_granted: bool,
    /// Sealed; absent of what was said before it was.
    pub reason: Option<Vec<u8>>,
    pub decided_by: AccountId,
    pub decided_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
