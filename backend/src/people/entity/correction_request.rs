//! Requests of persons to have their data corrected.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CorrectionRequestId, PersonId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "correction_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CorrectionRequestId,
    pub person_id: PersonId,
    pub field: String,
    /// What is right, and what stood there, masked; sealed.
    pub content: Vec<u8>,
    pub reason: String,
    pub state: String,
    pub asked_by: AccountId,
    pub asked_at: Timestamp,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    pub answer: Option<String>,
    /// `YYYY-MM-DD`; empty of requests of the time before days were promised.
    pub due_on: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter)]
pub enum Relation {
    Person,
}

impl RelationTrait for Relation {
    fn def(&self) -> RelationDef {
        match self {
            Self::Person => {
                Entity::belongs_to(super::person::Entity).from(Column::PersonId).to(super::person::Column::Id).into()
            }
        }
    }
}

impl ActiveModelBehavior for ActiveModel {}
