//! Photos of agreements with the partners of classes.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassAgreementId, ClassId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class_agreement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassAgreementId,
    pub class_id: ClassId,
    /// Sealed.
    pub content: Vec<u8>,
    pub added_by: AccountId,
    pub added_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
