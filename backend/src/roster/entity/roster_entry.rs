//! Persons on the roster of a place.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PersonId, ProviderId, RosterBatchId, RosterEntryId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RosterEntryId,
    /// Grows with each change.
    pub version: i32,
    pub person_id: PersonId,
    /// Significant digits of the division whose roster it is, or that its school lies in.
    pub division: String,
    pub provider_id: Option<ProviderId>,
    pub batch_id: RosterBatchId,
    pub name: String,
    /// The bytes of the name.
    pub name_key: Vec<u8>,
    pub residence_division: String,
    pub sex: Option<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    pub education_level: Option<String>,
    /// What the list says.
    pub listed_intent: Option<String>,
    /// What was said last.
    pub intent: Option<String>,
    pub study_route: Option<String>,
    /// Sealed.
    pub details: Vec<u8>,
    pub surveyor_id: Option<AccountId>,
    /// What the facts say.
    pub state: String,
    /// Whether somebody is still to be sent to the person: what the state and the surveyor say together.
    pub is_unassigned: bool,
    pub created_at: Timestamp,
    /// Since when another entry of the same roster stands for the person.
    pub set_aside_at: Option<Timestamp>,
    /// Whose roster it was before that township went over into another.
    pub former_division: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
