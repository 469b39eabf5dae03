//! Classes, teachers and rooms whose timetables somebody writes.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "timetable_lock")]
pub struct Model {
    /// The id of the class, teacher or room.
    #[sea_orm(primary_key, auto_increment = false)]
    pub of: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
