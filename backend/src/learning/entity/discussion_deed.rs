//! What was done about posts: reported, found in order, hidden, shown again, taken back; append-only.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, DiscussionPostId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_deed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub post_id: DiscussionPostId,
    /// Its place among what was done about the post, from one.
    pub number: i32,
    pub deed: String,
    pub reason: String,
    /// Who did it.
    pub account_id: AccountId,
    pub done_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
