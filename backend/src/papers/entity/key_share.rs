//! Shares of papers' keys.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, KeyCeremonyId, KeyShareId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: KeyShareId,
    pub ceremony_id: KeyCeremonyId,
    pub custodian_id: AccountId,
    /// Code of the division at which they keep it.
    pub division: String,
    /// Its place on the polynomials, from 1.
    pub position: i32,
    /// SHA-256 of the share, in hex, by which it is known when it comes back.
    pub sha256: String,
    /// The share, encrypted at rest: until it is shown, and again once it was handed in.
    pub content: Option<Vec<u8>>,
    pub shown_at: Option<Timestamp>,
    pub confirmed_at: Option<Timestamp>,
    pub handed_in_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
