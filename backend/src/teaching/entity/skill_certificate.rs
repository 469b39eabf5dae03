//! Certificates of skills.

use crate::platform::crypto::BlindIndex;
use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ProviderId, SkillCertificateId, SkillPhotoId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "skill_certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SkillCertificateId,
    pub learner_id: AccountId,
    pub provider_id: ProviderId,
    /// Where the provider lies.
    pub division: String,
    pub occupation: String,
    pub state: String,
    pub reason: String,
    pub recorded_by: AccountId,
    pub recorded_at: Timestamp,
    pub checked_by: Option<AccountId>,
    pub checked_at: Option<Timestamp>,
    /// Who found right what somebody else had checked.
    pub verified_by: Option<AccountId>,
    pub verified_at: Option<Timestamp>,
    pub withdrawn_by: Option<AccountId>,
    pub withdrawn_at: Option<Timestamp>,
    /// Empty unless it was.
    pub withdrawn_because: String,
    pub kind: String,
    /// Empty unless it is of another kind.
    pub kind_name: String,
    pub level: Option<String>,
    pub issuer: String,
    /// Sealed by the key at rest.
    pub number: Vec<u8>,
    /// Of issuer and number.
    pub number_index: BlindIndex,
    pub issued_on: String,
    /// The photo that counts.
    pub photo_id: Option<SkillPhotoId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
