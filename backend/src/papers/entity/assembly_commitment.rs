//! What assemblies are bound to, from the moment at which they were drawn; never changed.

use sea_orm::entity::prelude::*;
use shared::{ids::AssemblyId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assembly_commitment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub assembly_id: AssemblyId,
    /// SHA-256 in hex, for everybody.
    pub commitment: String,
    /// The version of the algorithm.
    pub algorithm: i32,
    pub is_seed_chosen: bool,
    /// Random, in hex.
    pub nonce: String,
    /// `Vec<BankItem>` as JSON.
    pub bank: String,
    pub committed_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
