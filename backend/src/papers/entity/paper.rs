//! Papers.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, CourseId, PaperId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaperId,
    pub course_id: CourseId,
    pub title: String,
    /// `Vec<PaperSection>` as JSON, if it has parts.
    pub sections: Option<String>,
    /// `PaperTools` as JSON, if candidates have any.
    pub tools: Option<String>,
    pub created_by: AccountId,
    pub created_at: Timestamp,
    /// Who found it ready to be sealed.
    pub proposed_by: Option<AccountId>,
    pub proposed_at: Option<Timestamp>,
    /// Why such a proposal was sent back, until the next one.
    pub sent_back_because: Option<String>,
    /// Never who proposed it; absent also in what one person sealed alone when that was the rule.
    pub sealed_by: Option<AccountId>,
    pub sealed_at: Option<Timestamp>,
    /// SHA-256 of `package`, in hex.
    pub package_sha256: Option<String>,
    /// `PaperPackage` as JSON, encrypted with the content key.
    pub package: Option<Vec<u8>>,
    /// The content key, encrypted at rest.
    pub content_key: Option<Vec<u8>>,
    /// The content key, wrapped by what is read out (ADR 53): candidates' devices have it, too.
    pub spoken_key: Option<Vec<u8>>,
    pub discarded_by: Option<AccountId>,
    pub discarded_at: Option<Timestamp>,
    pub discarded_because: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
