//! Learners of classes.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub class_id: ClassId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// The last time.
    pub joined_at: Timestamp,
    pub left_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
