//! Incidents: what somebody is said to have done against the rules of a test. Only where one stands changes.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId, IncidentId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incident")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IncidentId,
    pub exam_session_id: ExamSessionId,
    pub sitting_id: SittingId,
    /// Significant digits of the division where the candidate studies; who holds a role there settles it.
    pub division: String,
    pub kind: String,
    pub what_happened: String,
    pub seized: Option<String>,
    pub state: String,
    pub recorded_by: AccountId,
    pub recorded_at: Timestamp,
    /// The second person.
    pub signed_by: Option<AccountId>,
    pub upheld_at: Option<Timestamp>,
    /// For how many years the decision bans the candidate.
    pub ban_years: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
