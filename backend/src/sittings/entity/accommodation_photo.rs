//! Photos of papers that show why somebody needs an accommodation.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccommodationId, AccommodationPhotoId, AccountId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accommodation_photo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccommodationPhotoId,
    pub accommodation_id: AccommodationId,
    /// Sealed.
    pub content: Vec<u8>,
    pub added_by: AccountId,
    pub added_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
