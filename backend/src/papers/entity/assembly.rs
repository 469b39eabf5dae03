//! Assemblies of parallel forms; never changed.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, AssemblyId, BlueprintId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assembly")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssemblyId,
    pub blueprint_id: BlueprintId,
    pub blueprint_version: i32,
    /// `BlueprintDraft` as JSON, as it stood.
    pub draft: String,
    pub seed: i64,
    /// The version of the algorithm.
    pub algorithm: i32,
    /// SHA-256 over the bank, in hex.
    pub bank_sha256: String,
    /// The forms, or why there are none, as JSON.
    pub outcome: String,
    pub drawn_by: AccountId,
    pub drawn_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
