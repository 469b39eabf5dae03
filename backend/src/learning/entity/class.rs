//! Classes.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ClassId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassId,
    pub provider_id: ProviderId,
    pub name: String,
    /// 村班, 厂班, 夜校班 or another form (DOMAIN §1.9).
    pub form: String,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
