//! Log-ins: one row for each time somebody gave their password on a device, or showed their admission ticket.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, LoginId, SittingId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LoginId,
    pub account_id: AccountId,
    pub device: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub need: Option<String>,
    /// Whether it is kept for days, on the learner's own device.
    pub is_kept: bool,
    /// Until then it does not lie idle: a sitting goes on that was opened in it.
    pub busy_until: Option<Timestamp>,
    /// The only sitting that it is for, if an admission ticket let somebody in.
    pub sitting_id: Option<SittingId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
