//! Rooms of exam sites.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{ExamRoomId, ExamSiteId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExamRoomId,
    pub exam_site_id: ExamSiteId,
    pub number: i32,
    pub name: String,
    pub seat_rows: i32,
    pub seat_columns: i32,
    pub capacity: i32,
    pub devices: Option<i32>,
    /// Numbers of seats as JSON, ascending.
    pub accessible_seats: String,
    pub has_extra_time: bool,
    pub state: String,
    pub version: i32,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
