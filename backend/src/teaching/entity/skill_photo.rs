//! Photos of certificates of skills.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, SkillCertificateId, SkillPhotoId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "skill_photo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SkillPhotoId,
    pub certificate_id: SkillCertificateId,
    /// Sealed.
    pub content: Vec<u8>,
    pub added_by: AccountId,
    pub added_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
