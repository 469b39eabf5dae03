//! What led a certificate to its state: append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CertificateId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub certificate_id: CertificateId,
    pub state: String,
    pub reason: String,
    pub actor_id: AccountId,
    pub at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
