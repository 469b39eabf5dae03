//! Each time that a learner left a class; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class_departure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub class_id: ClassId,
    pub account_id: AccountId,
    pub joined_at: Timestamp,
    pub left_at: Timestamp,
    pub reason: String,
    pub recorded_by: AccountId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
