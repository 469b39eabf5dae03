//! Trainings in skills.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId, SkillTrainingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "skill_training")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SkillTrainingId,
    pub learner_id: AccountId,
    pub provider_id: ProviderId,
    /// Where the provider lies.
    pub division: String,
    pub occupation: String,
    pub state: String,
    pub reason: String,
    pub recorded_by: AccountId,
    pub recorded_at: Timestamp,
    pub checked_by: Option<AccountId>,
    pub checked_at: Option<Timestamp>,
    /// Who found right what somebody else had checked.
    pub verified_by: Option<AccountId>,
    pub verified_at: Option<Timestamp>,
    pub withdrawn_by: Option<AccountId>,
    pub withdrawn_at: Option<Timestamp>,
    /// Empty unless it was.
    pub withdrawn_because: String,
    pub organiser: String,
    pub project: String,
    pub occupation_code: Option<String>,
    pub level: Option<String>,
    pub department: Option<String>,
    pub theory_score: Option<i32>,
    pub practice_score: Option<i32>,
    pub source: String,
    pub hours: i32,
    pub starts_on: String,
    pub ends_on: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
