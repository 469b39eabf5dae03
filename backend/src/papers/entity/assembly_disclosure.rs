//! Who disclosed what was drawn; never taken back.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, AssemblyId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assembly_disclosure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub assembly_id: AssemblyId,
    pub disclosed_by: AccountId,
    pub disclosed_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
