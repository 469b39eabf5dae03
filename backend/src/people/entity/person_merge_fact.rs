//! Rows that a merge moved.

use sea_orm::entity::prelude::*;
use shared::ids::PersonMergeId;

/// One row: a column of a row of any table, and what it named before and names since.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_merge_fact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merge_id: PersonMergeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub table_name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub column_name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: Uuid,
    pub from_id: Uuid,
    pub to_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
