//! Records of learners, one at each school and level.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PersonId, ProviderId, RosterEntryId, StudentRecordId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "student_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StudentRecordId,
    /// One more than the steps that were taken.
    pub version: i32,
    pub person_id: PersonId,
    pub provider_id: ProviderId,
    /// Significant digits of the division that the school lies in.
    pub division: String,
    pub residence_division: String,
    pub level: String,
    pub state: String,
    /// What the state says; a person has one that is.
    pub is_running: bool,
    pub name: String,
    /// The bytes of the name.
    pub name_key: Vec<u8>,
    pub roster_entry_id: Option<RosterEntryId>,
    /// Code of GB/T 4658.
    pub education_level: Option<String>,
    pub is_literate: bool,
    /// With the level and the day, the row of the rules that the learner keeps.
    pub rule_region: String,
    /// `YYYY-MM-DD`.
    pub rule_valid_from: String,
    pub age: i16,
    /// `YYYY-MM-DD`.
    pub enrolled_on: String,
    pub learner_number: Option<String>,
    pub account_id: Option<AccountId>,
    pub entered_by: Option<AccountId>,
    pub entered_at: Timestamp,
    pub moved_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
