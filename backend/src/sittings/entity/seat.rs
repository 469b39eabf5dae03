//! Seats of candidates by plans that were made to hold; never changed.

use sea_orm::entity::prelude::*;
use shared::ids::{ExamRoomId, ExamSiteId, SeatPlanId, SittingId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seat_plan_id: SeatPlanId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sitting_id: SittingId,
    pub site_name: String,
    pub address: String,
    pub room_number: i32,
    pub room_name: String,
    pub number: i32,
    pub form: i32,
    /// Absent where the plan was made to hold before rooms were watched.
    pub exam_site_id: Option<ExamSiteId>,
    pub exam_room_id: Option<ExamRoomId>,
    /// Code of the division in which the site lies.
    pub division: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::sitting::Entity", from = "Column::SittingId", to = "super::sitting::Column::Id")]
    Sitting,
}

impl Related<super::sitting::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Sitting.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Where it is to be found: site, address, room and number.
    pub fn place(&self) -> (&str, &str, i32, &str, i32) {
        (&self.site_name, &self.address, self.room_number, &self.room_name, self.number)
    }
}
