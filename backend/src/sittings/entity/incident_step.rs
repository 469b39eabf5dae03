//! What was done about an incident; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, IncidentId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incident_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub incident_id: IncidentId,
    /// From 1 within the incident.
    pub number: i32,
    pub step: String,
    /// The statement, or the reason; empty where there is none.
    pub text: String,
    pub witness: Option<String>,
    pub taken_by: AccountId,
    pub taken_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
