//! Extracts of the register that were given in the place of lost papers: append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, DiplomaId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "diploma_extract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub diploma_id: DiplomaId,
    /// Counts the extracts of a diploma, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub nth: i32,
    pub reason: String,
    pub issued_by: AccountId,
    pub issued_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
