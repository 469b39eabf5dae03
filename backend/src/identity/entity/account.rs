//! Accounts.

use crate::platform::crypto::BlindIndex;
use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// Never a phone or a document's number.
    pub login_name: String,
    pub display_name: String,
    pub password_hash: String,
    pub identity_verified_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub division: Option<String>,
    pub provider_id: Option<ProviderId>,
    pub first_password_until: Option<Timestamp>,
    /// Since when nobody logs in by it: its owner has another.
    pub closed_at: Option<Timestamp>,
    /// The phone by which its owner logs in, if they do.
    pub login_phone_index: Option<BlindIndex>,
    /// Since when it has its password; from the beginning if nothing is said.
    pub password_set_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
