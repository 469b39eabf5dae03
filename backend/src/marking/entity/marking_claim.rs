//! Which marker has which response. A row goes when its response is marked.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "marking_claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub response_id: Uuid,
    pub exam_session_id: ExamSessionId,
    pub marker_id: AccountId,
    /// From when on another may take it.
    pub lease_until: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::scored_response::Entity",
        from = "Column::ResponseId",
        to = "super::scored_response::Column::Id"
    )]
    Response,
}

impl Related<super::scored_response::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Response.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
