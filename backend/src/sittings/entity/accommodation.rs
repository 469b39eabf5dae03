//! What candidates need at tests. Only where one stands changes, and which photo counts.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccommodationId, AccommodationPhotoId, AccountId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accommodation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccommodationId,
    pub account_id: AccountId,
    /// The school that kept the candidate's record when they applied.
    pub provider_id: ProviderId,
    /// Significant digits of its division; the bureaus of that place decide.
    pub division: String,
    pub level: String,
    pub extra_pct: i32,
    pub needs_separate_room: bool,
    pub needs_large_print: bool,
    pub needs_accessible: bool,
    /// Sealed.
    pub reason: Vec<u8>,
    pub state: String,
    /// The photo of a paper that counts.
    pub photo_id: Option<AccommodationPhotoId>,
    /// The last day on which it counts.
    pub until: Option<String>,
    pub applied_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
