//! The register of diplomas: append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, DiplomaId, GraduationBatchId, ProviderId, StudentRecordId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "diploma")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiplomaId,
    /// 18 digits.
    pub number: String,
    pub batch_id: GraduationBatchId,
    pub record_id: StudentRecordId,
    pub level: String,
    /// The name that it was issued to.
    pub holder_name: String,
    /// The bytes of the name.
    pub name_key: Vec<u8>,
    pub learner_number: String,
    pub provider_id: ProviderId,
    /// The name that the school had.
    pub school: String,
    /// Significant digits of the division that the school lies in.
    pub division: String,
    /// Significant digits of the division whose bureau issued it.
    pub issuer: String,
    /// Counts the entries of the issuer.
    pub seq: i64,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    pub issued_by: AccountId,
    pub issued_at: Timestamp,
    /// The digest of the entry before; empty for the first.
    pub previous: String,
    pub digest: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
