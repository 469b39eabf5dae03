//! What teachers decided of hand-ins.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, HandInId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment_mark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hand_in_id: HandInId,
    pub is_returned: bool,
    /// Points of each criterion in order, as JSON; an empty list if it was returned.
    pub points: String,
    pub remark: String,
    pub marked_by: AccountId,
    pub marked_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::assignment_hand_in::Entity",
        from = "Column::HandInId",
        to = "super::assignment_hand_in::Column::Id"
    )]
    HandIn,
}

impl Related<super::assignment_hand_in::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::HandIn.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
