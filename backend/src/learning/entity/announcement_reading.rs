//! Which learner has read which version of an announcement; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, AnnouncementId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcement_reading")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub announcement_id: AnnouncementId,
    pub account_id: AccountId,
    pub version: i32,
    pub read_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
