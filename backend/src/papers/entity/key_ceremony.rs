//! Splittings of papers' keys among custodians. Of those of one paper, one at most has not ended.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, KeyCeremonyId, PaperId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_ceremony")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: KeyCeremonyId,
    pub paper_id: PaperId,
    /// How many shares open it.
    pub threshold: i32,
    /// The content key, encrypted with the secret that was split, and then at rest; gone when this ended.
    pub wrapped_key: Option<Vec<u8>>,
    pub begun_by: AccountId,
    pub begun_at: Timestamp,
    /// When every custodian had typed their share back, and the paper's own copy of the key went.
    pub closed_at: Option<Timestamp>,
    /// When the key was split anew.
    pub ended_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
