//! Surveys of a season.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId, RosterRoundId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_round")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RosterRoundId,
    /// Significant digits of the division whose roster it is, or that its school lies in.
    pub division: String,
    pub provider_id: Option<ProviderId>,
    pub name: String,
    /// `YYYY-MM-DD`, in China; the last day belongs to it.
    pub begins_on: String,
    pub ends_on: String,
    pub opened_by: AccountId,
    pub opened_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
