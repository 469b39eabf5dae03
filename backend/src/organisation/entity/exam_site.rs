//! Where unified tests are sat.

use sea_orm::entity::prelude::*;
use shared::{ids::ExamSiteId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_site")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExamSiteId,
    pub name: String,
    /// Significant digits of the division that it lies in.
    pub division: String,
    pub address: String,
    pub capacity: i32,
    pub is_accessible: bool,
    pub contact_name: String,
    pub contact_phone: String,
    pub state: String,
    pub version: i32,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
