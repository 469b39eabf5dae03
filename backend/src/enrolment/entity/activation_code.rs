//! Codes of the first log-in.

use crate::platform::crypto::BlindIndex;
use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ActivationCodeId, StudentRecordId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activation_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ActivationCodeId,
    pub record_id: StudentRecordId,
    pub code_index: BlindIndex,
    pub issued_by: AccountId,
    pub issued_at: Timestamp,
    pub failed_tries: i32,
    /// When it was used, or another took its place.
    pub spent_at: Option<Timestamp>,
    pub is_used: bool,
    /// Whether it went by text: then knowing the phone proves nothing.
    pub is_texted: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
