//! Certificates that somebody proposes to make void, until another person has confirmed it or taken it back.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CertificateId, IncidentId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revocation_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub certificate_id: CertificateId,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    pub reason: String,
    /// The incident that made the result void, if one did.
    pub incident_id: Option<IncidentId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
