//! Where the credit bank is served.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ProviderId, ServicePointId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_point")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServicePointId,
    pub provider_id: ProviderId,
    pub name: String,
    /// Significant digits of the division that it lies in.
    pub division: String,
    pub address: String,
    pub phone: String,
    pub opening_hours: String,
    /// A list of [`shared::organisation::PointStaff`] as JSON.
    pub staff: String,
    pub state: String,
    pub version: i32,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
