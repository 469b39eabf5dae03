//! Who may enrol where, at which level and from which day on.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Significant digits of the division's code.
    pub region: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: String,
    #[sea_orm(primary_key, auto_increment = false)]
    /// `YYYY-MM-DD`.
    pub valid_from: String,
    pub youngest: i16,
    pub oldest: i16,
    /// Code of GB/T 4658.
    pub prior: String,
    pub is_literacy_enough: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
