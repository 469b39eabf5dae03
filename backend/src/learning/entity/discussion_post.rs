//! Posts in topics, and replies to them; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, DiscussionPostId, DiscussionTopicId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscussionPostId,
    pub topic_id: DiscussionTopicId,
    /// Its place in the topic, from one.
    pub number: i32,
    /// The post that it replies to.
    pub reply_to: Option<DiscussionPostId>,
    /// Who wrote it.
    pub account_id: AccountId,
    /// Whether they did as a teacher of the class.
    pub by_teacher: bool,
    pub text: String,
    pub posted_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
