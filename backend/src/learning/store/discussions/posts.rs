//! Posts in topics, and replies to them.

use crate::{learning::entity::discussion_post, platform::error::AppResult};
use discussion_post::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{
    ids::{AccountId, DiscussionPostId, DiscussionTopicId},
    time::Timestamp,
};

pub(in crate::learning) async fn insert_post(conn: &impl ConnectionTrait, row: Model) -> AppResult<()> {
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_post(
    conn: &impl ConnectionTrait,
    id: DiscussionPostId,
) -> AppResult<Option<Model>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// These posts.
pub(in crate::learning) async fn list_posts_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[DiscussionPostId],
) -> AppResult<Vec<Model>> {
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(conn).await?)
}

/// Which posts a page shows.
#[derive(Clone, Copy)]
pub(in crate::learning) struct PostFilter {
    pub(in crate::learning) topic_id: DiscussionTopicId,
    /// The number of the last post of the page before.
    pub(in crate::learning) after: Option<i32>,
    pub(in crate::learning) rows: u64,
}

/// Posts of a topic that are no replies, the newest first.
pub(in crate::learning) async fn list_threads(
    conn: &impl ConnectionTrait,
    wanted: PostFilter,
) -> AppResult<Vec<Model>> {
    let mut query = Entity::find().filter(Column::TopicId.eq(wanted.topic_id)).filter(Column::ReplyTo.is_null());
    if let Some(number) = wanted.after {
        query = query.filter(Column::Number.lt(number));
    }
    Ok(query.order_by_desc(Column::Number).limit(wanted.rows).all(conn).await?)
}

/// The replies to these posts, in the order of their numbers.
pub(in crate::learning) async fn list_replies(
    conn: &impl ConnectionTrait,
    posts: &[DiscussionPostId],
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::ReplyTo.is_in(posts.iter().copied()));
    Ok(query.order_by_asc(Column::Number).order_by_asc(Column::Id).all(conn).await?)
}

/// How many replies a post has.
pub(in crate::learning) async fn count_replies(conn: &impl ConnectionTrait, id: DiscussionPostId) -> AppResult<u64> {
    Ok(Entity::find().filter(Column::ReplyTo.eq(id)).count(conn).await?)
}

/// How much somebody has written after an instant, in whatever topic.
pub(in crate::learning) async fn count_posts_since(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    since: Timestamp,
) -> AppResult<u64> {
    let own = Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(own.filter(Column::PostedAt.gt(since)).count(conn).await?)
}

/// The numbers of the last posts of these topics; a topic without any is left out.
pub(in crate::learning) async fn last_numbers(
    conn: &impl ConnectionTrait,
    topics: &[DiscussionTopicId],
) -> AppResult<Vec<(DiscussionTopicId, i32)>> {
    let query = Entity::find()
        .select_only()
        .column(Column::TopicId)
        .column_as(Column::Number.max(), "last")
        .filter(Column::TopicId.is_in(topics.iter().copied()))
        .group_by(Column::TopicId);
    Ok(query.into_tuple().all(conn).await?)
}

/// What somebody has written, the last first.
pub(in crate::learning) async fn list_own_posts(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<Model>> {
    let query = Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_desc(Column::PostedAt).order_by_desc(Column::Id).all(conn).await?)
}
