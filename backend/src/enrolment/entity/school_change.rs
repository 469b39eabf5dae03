//! Changes of school.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId, SchoolChangeId, StudentRecordId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "school_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SchoolChangeId,
    pub record_id: StudentRecordId,
    pub from_provider_id: ProviderId,
    pub from_division: String,
    pub to_provider_id: ProviderId,
    pub to_division: String,
    pub state: String,
    pub reason: String,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    pub answer: Option<String>,
    /// The step of the record by which it went along, if it did.
    pub seq: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
