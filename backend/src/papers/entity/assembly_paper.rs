//! The papers that came of the forms of an assembly; never changed.

use sea_orm::entity::prelude::*;
use shared::ids::{AssemblyId, PaperId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assembly_paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub assembly_id: AssemblyId,
    /// From 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub form: i32,
    pub paper_id: PaperId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
