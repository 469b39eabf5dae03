//! How far which learner has read a topic; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, DiscussionTopicId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_reading")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub topic_id: DiscussionTopicId,
    pub account_id: AccountId,
    /// The number of the last post that was there.
    pub upto: i32,
    pub read_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
