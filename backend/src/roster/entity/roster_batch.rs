//! Uploaded survey lists.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId, RosterBatchId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RosterBatchId,
    /// Significant digits of the division whose roster the list is for.
    pub division: String,
    pub provider_id: Option<ProviderId>,
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_digest: String,
    /// What a list with the same headers is known by.
    pub headers_digest: String,
    /// The headers, as JSON.
    pub headers: String,
    /// Counted from 1.
    pub header_row: i32,
    /// What the columns hold, as JSON; what was proposed until somebody confirms it.
    pub mapping: String,
    pub state: String,
    /// The number of the last row.
    pub rows: i32,
    /// The last row that was read.
    pub last_row: i32,
    pub added: i32,
    pub already_there: i32,
    pub kept_elsewhere: i32,
    pub faulty: i32,
    /// Why its persons may be kept.
    pub legal_basis: String,
    pub uploaded_by: AccountId,
    pub uploaded_at: Timestamp,
    pub imported_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
