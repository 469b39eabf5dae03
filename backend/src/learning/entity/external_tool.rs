//! Tools of others, as they were registered, and what became of each registration.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExternalToolId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_tool")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExternalToolId,
    pub title: String,
    pub login_url: String,
    /// Where it may have learners sent back, as JSON.
    pub redirect_urls: String,
    /// Its public keys, as JSON.
    pub keys: String,
    pub reason: String,
    pub state: String,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    pub approved_by: Option<AccountId>,
    pub approved_at: Option<Timestamp>,
    /// Who refused it, took it back, or switched it off.
    pub ended_by: Option<AccountId>,
    pub ended_at: Option<Timestamp>,
    pub answer: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
