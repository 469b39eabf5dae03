//! Rosters that were confirmed, and what the county made of them.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId, RosterCheckId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RosterCheckId,
    /// Significant digits of the division whose roster it is, or that its school lies in.
    pub division: String,
    pub provider_id: Option<ProviderId>,
    pub persons: i32,
    pub sample_size: i32,
    /// What the sample was drawn by.
    pub seed: i64,
    pub state: String,
    pub confirmed_by: AccountId,
    pub confirmed_at: Timestamp,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
    /// Why it was returned; empty unless it was.
    pub reason: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
