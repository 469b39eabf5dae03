//! Documents of persons, those that were replaced too.

use crate::platform::crypto::{BlindIndex, Sealed};
use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PersonDocumentId, PersonId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonDocumentId,
    pub person_id: PersonId,
    pub kind: String,
    pub number: Sealed,
    /// Of kind and number; unique among the documents in force.
    pub number_index: BlindIndex,
    pub recorded_by: Option<AccountId>,
    pub recorded_at: Timestamp,
    pub ended_by: Option<AccountId>,
    /// When another took its place; nothing while it is in force.
    pub ended_at: Option<Timestamp>,
    pub ended_because: Option<String>,
    /// Whether the person is found by it beside the document that names them.
    pub is_further: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
