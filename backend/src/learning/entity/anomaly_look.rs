//! That somebody has looked into something unusual in the study of a class: append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "anomaly_look")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub class_id: ClassId,
    /// What it is, and the facts that it begins with.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mark: String,
    pub note: String,
    pub looked_by: AccountId,
    pub looked_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
