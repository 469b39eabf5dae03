//! Lists of graduates.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, GraduationBatchId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "graduation_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GraduationBatchId,
    pub class_id: ClassId,
    pub class_name: String,
    pub provider_id: ProviderId,
    /// Significant digits of the division that the school lies in.
    pub division: String,
    pub level: String,
    pub state: String,
    /// Whether the class has a newer list.
    pub is_answered: bool,
    pub reason: String,
    pub proposed_by: AccountId,
    pub proposed_at: Timestamp,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<Timestamp>,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
