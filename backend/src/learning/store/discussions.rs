//! Topics of discussions, and how far learners have read them.

mod deeds;
mod posts;

pub(in crate::learning) use deeds::{
    count_reported, count_reported_of, insert_deed, list_deeds, list_own_post_reports, list_reported,
};
pub(in crate::learning) use posts::{
    PostFilter, count_posts_since, count_replies, find_post, insert_post, last_numbers, list_own_posts,
    list_posts_by_ids, list_replies, list_threads,
};

use crate::{
    learning::entity::{discussion_post, discussion_reading, discussion_topic, discussion_topic_step},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};
use shared::ids::{AccountId, ClassId, DiscussionTopicId, UnitId};

pub(in crate::learning) async fn insert_topic(
    conn: &impl ConnectionTrait,
    row: discussion_topic::Model,
) -> AppResult<()> {
    discussion_topic::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

pub(in crate::learning) async fn find_topic(
    conn: &impl ConnectionTrait,
    id: DiscussionTopicId,
) -> AppResult<Option<discussion_topic::Model>> {
    Ok(discussion_topic::Entity::find_by_id(id).one(conn).await?)
}

/// The topic; nobody else writes in it or does anything about its posts until the write ends.
pub(in crate::learning) async fn lock_topic(
    conn: &impl ConnectionTrait,
    id: DiscussionTopicId,
) -> AppResult<Option<discussion_topic::Model>> {
    Ok(discussion_topic::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

/// These topics.
pub(in crate::learning) async fn list_topics_by_ids(
    conn: &impl ConnectionTrait,
    ids: &[DiscussionTopicId],
) -> AppResult<Vec<discussion_topic::Model>> {
    let these = discussion_topic::Column::Id.is_in(ids.iter().copied());
    Ok(discussion_topic::Entity::find().filter(these).all(conn).await?)
}

/// Which topics a list shows.
#[derive(Clone, Copy)]
pub(in crate::learning) struct TopicFilter<'a> {
    pub(in crate::learning) classes: &'a [ClassId],
    pub(in crate::learning) unit_id: Option<UnitId>,
    /// The last topic of the page before.
    pub(in crate::learning) after: Option<DiscussionTopicId>,
    pub(in crate::learning) rows: u64,
}

/// Topics of some classes, the newest first.
pub(in crate::learning) async fn list_topics(
    conn: &impl ConnectionTrait,
    wanted: TopicFilter<'_>,
) -> AppResult<Vec<discussion_topic::Model>> {
    use discussion_topic::Column;
    let mut query = discussion_topic::Entity::find().filter(of_classes(wanted.classes));
    if let Some(unit_id) = wanted.unit_id {
        query = query.filter(Column::UnitId.eq(unit_id));
    }
    if let Some(id) = wanted.after {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query.order_by_desc(Column::Id).limit(wanted.rows).all(conn).await?)
}

/// How many topics some classes have.
pub(in crate::learning) async fn count_topics(conn: &impl ConnectionTrait, classes: &[ClassId]) -> AppResult<u64> {
    Ok(discussion_topic::Entity::find().filter(of_classes(classes)).count(conn).await?)
}

fn of_classes(classes: &[ClassId]) -> Condition {
    Condition::all().add(discussion_topic::Column::ClassId.is_in(classes.iter().copied()))
}

pub(in crate::learning) async fn insert_topic_step(
    conn: &impl ConnectionTrait,
    row: discussion_topic_step::Model,
) -> AppResult<()> {
    discussion_topic_step::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// The steps of these topics, each topic's in order.
pub(in crate::learning) async fn list_topic_steps(
    conn: &impl ConnectionTrait,
    topics: &[DiscussionTopicId],
) -> AppResult<Vec<discussion_topic_step::Model>> {
    use discussion_topic_step::Column;
    let query = discussion_topic_step::Entity::find().filter(Column::TopicId.is_in(topics.iter().copied()));
    Ok(query.order_by_asc(Column::TopicId).order_by_asc(Column::Number).all(conn).await?)
}

pub(in crate::learning) async fn insert_topic_reading(
    conn: &impl ConnectionTrait,
    row: discussion_reading::Model,
) -> AppResult<()> {
    discussion_reading::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// What a learner has read of any topic, the last first.
pub(in crate::learning) async fn list_own_topic_readings(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<discussion_reading::Model>> {
    use discussion_reading::Column;
    let query = discussion_reading::Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(query.order_by_desc(Column::ReadAt).order_by_desc(Column::Id).all(conn).await?)
}

/// Whether a learner has read a topic so far, or farther.
pub(in crate::learning) async fn has_read_topic(
    conn: &impl ConnectionTrait,
    (topic_id, account_id): (DiscussionTopicId, AccountId),
    upto: i32,
) -> AppResult<bool> {
    use discussion_reading::Column;
    let query = discussion_reading::Entity::find().filter(Column::AccountId.eq(account_id));
    let query = query.filter(Column::TopicId.eq(topic_id)).filter(Column::Upto.gte(upto));
    Ok(query.count(conn).await? > 0)
}

/// How many posts of others a learner has not read in these topics; a topic without any is left out.
pub(in crate::learning) async fn count_unread_of(
    conn: &impl ConnectionTrait,
    topics: &[DiscussionTopicId],
    account_id: AccountId,
) -> AppResult<Vec<(DiscussionTopicId, i64)>> {
    use discussion_post::Column;
    let query = discussion_post::Entity::find()
        .select_only()
        .column(Column::TopicId)
        .column_as(Column::Id.count(), "posts")
        .filter(Column::TopicId.is_in(topics.iter().copied()))
        .filter(unread_by(account_id))
        .group_by(Column::TopicId);
    Ok(query.into_tuple().all(conn).await?)
}

/// How many posts of others a learner has not read in all topics of these classes.
pub(in crate::learning) async fn count_unread(
    conn: &impl ConnectionTrait,
    classes: &[ClassId],
    account_id: AccountId,
) -> AppResult<u64> {
    use discussion_topic::Column;
    let topics = discussion_topic::Entity::find().filter(of_classes(classes)).select_only().column(Column::Id);
    let of_topics = discussion_post::Column::TopicId.in_subquery(topics.into_query());
    Ok(discussion_post::Entity::find().filter(of_topics).filter(unread_by(account_id)).count(conn).await?)
}

/// Posts of others after the last that the learner has seen.
fn unread_by(account_id: AccountId) -> Condition {
    let by_others = discussion_post::Column::AccountId.ne(account_id);
    Condition::all().add(by_others).add(Expr::exists(readings_of(account_id)).not())
}

/// What a learner has read up to a post or beyond it.
fn readings_of(account_id: AccountId) -> SelectStatement {
    use discussion_reading::Column::{AccountId as ReaderId, TopicId, Upto};
    let reading = |column| Expr::col((discussion_reading::Entity, column));
    let post = |column| Expr::col((discussion_post::Entity, column));
    Query::select()
        .expr(Expr::val(1))
        .from(discussion_reading::Entity)
        .and_where(reading(ReaderId).eq(Expr::val(account_id)))
        .and_where(reading(TopicId).eq(post(discussion_post::Column::TopicId)))
        .and_where(reading(Upto).gte(post(discussion_post::Column::Number)))
        .take()
}
