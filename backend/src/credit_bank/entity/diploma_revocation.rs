//! Diplomas that somebody proposes to make void, and those that a second person made so.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, DiplomaId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "diploma_revocation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub diploma_id: DiplomaId,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    pub reason: String,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
