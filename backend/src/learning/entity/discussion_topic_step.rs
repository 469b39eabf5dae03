//! That topics were closed and opened again; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, DiscussionTopicId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_topic_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub topic_id: DiscussionTopicId,
    /// Its place among the steps of the topic, from one.
    pub number: i32,
    pub step: String,
    pub taken_by: AccountId,
    pub taken_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
