//! Merges of two records of one human.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PersonDocumentId, PersonId, PersonMergeId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_merge")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonMergeId,
    /// Grows with each step.
    pub version: i32,
    pub survivor_id: PersonId,
    pub merged_id: PersonId,
    /// Where the survivor was kept when it was proposed.
    pub survivor_division: String,
    pub survivor_provider_id: Option<ProviderId>,
    /// Where the merged one was.
    pub merged_division: String,
    pub merged_provider_id: Option<ProviderId>,
    /// The document that named the merged one.
    pub merged_document_id: PersonDocumentId,
    pub ground: String,
    pub reason: String,
    pub state: String,
    /// Whether a place asked for it by a document, without seeing whom another keeps by it.
    pub is_across: bool,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    /// Who gave the first approval.
    pub approved_by: Option<AccountId>,
    pub approved_at: Option<Timestamp>,
    /// Who gave the second one, refused it or took it back.
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    pub answer: Option<String>,
    /// The merged one's account, if it was closed.
    pub closed_account_id: Option<AccountId>,
    pub undone_by: Option<AccountId>,
    pub undone_at: Option<Timestamp>,
    pub undone_because: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
