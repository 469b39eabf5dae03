//! Systems of others that read what the learners of a class do.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, StatementReaderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement_reader")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StatementReaderId,
    pub class_id: ClassId,
    pub name: String,
    /// SHA-256 of the secret, in hexadecimal digits.
    pub secret_hash: String,
    /// The last day on which it may read.
    pub until: String,
    pub given_by: AccountId,
    pub given_at: Timestamp,
    pub ended_by: Option<AccountId>,
    pub ended_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
