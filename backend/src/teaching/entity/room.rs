//! Rooms of teaching points.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{RoomId, TeachingPointId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoomId,
    pub teaching_point_id: TeachingPointId,
    pub name: String,
    pub seats: i32,
    pub created_at: Timestamp,
    /// Whether lessons can be planned in it.
    pub state: String,
    /// Grows with each change.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
