//! Reminders of learners who studied nothing for a while, or were stuck.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassId, ClassReminderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class_reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassReminderId,
    pub class_id: ClassId,
    /// Who is reminded.
    pub account_id: AccountId,
    /// For how many days they had studied nothing then; 0 if they were stuck.
    pub days: i32,
    /// Title of the unit in which they were stuck.
    pub unit_title: Option<String>,
    pub sent_by: AccountId,
    pub sent_at: Timestamp,
    pub read_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
