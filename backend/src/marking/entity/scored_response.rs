//! What each response is worth, and who or what said so.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ExamSessionId, ItemId, SittingId},
    points::Points,
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scored_response")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub exam_session_id: ExamSessionId,
    pub sitting_id: SittingId,
    pub item_id: ItemId,
    pub item_version: i32,
    /// The number of the question on a material that a person marks by itself, from 1; 0 for everything else of the item.
    pub part: i32,
    /// The response, or that to its question, as JSON; `null` if there was none.
    pub response: String,
    pub max_points: Points,
    /// Absent until a marker has said.
    pub points: Option<Points>,
    /// What each dimension is worth as JSON, where a marker said so of an essay.
    pub dimension_points: Option<String>,
    /// The version of the rules, where they said.
    pub scorer_version: Option<i32>,
    pub marked_by: Option<AccountId>,
    pub marked_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Related<super::marking_claim::Entity> for Entity {
    fn to() -> RelationDef {
        super::marking_claim::Relation::Response.def().rev()
    }
}

impl ActiveModelBehavior for ActiveModel {}
