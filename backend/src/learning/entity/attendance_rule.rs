//! How attendance counts where, and from which day on.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Significant digits of the division's code.
    pub region: String,
    #[sea_orm(primary_key, auto_increment = false)]
    /// `YYYY-MM-DD`.
    pub valid_from: String,
    pub late_min: i16,
    pub class_hour_min: i16,
    pub face_min_pct: i16,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
