//! Roles that accounts hold at places.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId, RoleGrantId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleGrantId,
    pub account_id: AccountId,
    pub role: String,
    pub place: String,
    pub granted_at: Timestamp,
    pub division: Option<String>,
    pub provider_id: Option<ProviderId>,
    pub state: String,
    pub granted_by: Option<AccountId>,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<Timestamp>,
    pub ended_by: Option<AccountId>,
    pub ended_at: Option<Timestamp>,
    pub ended_because: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
