//! Transfers of persons between places.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PersonId, PersonTransferId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_transfer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonTransferId,
    pub person_id: PersonId,
    pub from_division: String,
    pub from_provider_id: Option<ProviderId>,
    pub to_division: String,
    pub to_provider_id: Option<ProviderId>,
    /// The township that the person moves to; a school may lie in the county around it.
    pub to_residence: String,
    /// Whether the receiver asks for the person: then the sender answers.
    pub is_asked: bool,
    pub state: String,
    pub reason: String,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    pub answer: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
