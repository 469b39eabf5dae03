//! Steps of records, in order.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, StudentRecordId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: StudentRecordId,
    #[sea_orm(primary_key, auto_increment = false)]
    /// The version of the record that the step was taken from.
    pub seq: i32,
    pub step: String,
    pub from_state: String,
    pub to_state: String,
    pub reason: String,
    pub taken_by: Option<AccountId>,
    pub taken_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
