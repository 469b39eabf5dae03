//! Which papers were planned for which unified exam session; never changed, also where the plan is.

use sea_orm::entity::prelude::*;
use shared::ids::{ExamSessionId, PaperId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub exam_session_id: ExamSessionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub paper_id: PaperId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
