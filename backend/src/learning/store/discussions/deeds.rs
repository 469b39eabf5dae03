//! What was done about posts, and which of them wait for a teacher.

use crate::{
    learning::entity::{class, discussion_deed, discussion_post, discussion_topic},
    platform::error::AppResult,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};
use shared::{
    ids::{AccountId, DiscussionPostId, DiscussionTopicId},
    learning::PostDeed,
};

pub(in crate::learning) async fn insert_deed(
    conn: &impl ConnectionTrait,
    row: discussion_deed::Model,
) -> AppResult<()> {
    discussion_deed::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// What was done about these posts, about each in order.
pub(in crate::learning) async fn list_deeds(
    conn: &impl ConnectionTrait,
    posts: &[DiscussionPostId],
) -> AppResult<Vec<discussion_deed::Model>> {
    use discussion_deed::Column;
    let query = discussion_deed::Entity::find().filter(Column::PostId.is_in(posts.iter().copied()));
    Ok(query.order_by_asc(Column::PostId).order_by_asc(Column::Number).all(conn).await?)
}

/// What somebody has reported, the last first.
pub(in crate::learning) async fn list_own_post_reports(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
) -> AppResult<Vec<discussion_deed::Model>> {
    use discussion_deed::Column;
    let query = discussion_deed::Entity::find().filter(Column::AccountId.eq(account_id));
    let query = query.filter(Column::Deed.eq(PostDeed::Reported.as_str()));
    Ok(query.order_by_desc(Column::DoneAt).order_by_desc(Column::Id).all(conn).await?)
}

/// Reported posts of the classes that fulfil a condition, the first written first.
pub(in crate::learning) async fn list_reported(
    conn: &impl ConnectionTrait,
    within: Condition,
    after: Option<DiscussionPostId>,
    rows: u64,
) -> AppResult<Vec<discussion_post::Model>> {
    use discussion_post::Column;
    let mut query = discussion_post::Entity::find().filter(reported_within(within));
    if let Some(id) = after {
        query = query.filter(Column::Id.gt(id));
    }
    Ok(query.order_by_asc(Column::Id).limit(rows).all(conn).await?)
}

/// How many reported posts of the classes that fulfil a condition wait for a teacher.
pub(in crate::learning) async fn count_reported(conn: &impl ConnectionTrait, within: Condition) -> AppResult<u64> {
    Ok(discussion_post::Entity::find().filter(reported_within(within)).count(conn).await?)
}

/// How many reported posts wait in these topics; a topic without any is left out.
pub(in crate::learning) async fn count_reported_of(
    conn: &impl ConnectionTrait,
    topics: &[DiscussionTopicId],
) -> AppResult<Vec<(DiscussionTopicId, i64)>> {
    use discussion_post::Column;
    let query = discussion_post::Entity::find()
        .select_only()
        .column(Column::TopicId)
        .column_as(Column::Id.count(), "posts")
        .filter(Column::TopicId.is_in(topics.iter().copied()))
        .filter(Expr::exists(waiting_report()))
        .group_by(Column::TopicId);
    Ok(query.into_tuple().all(conn).await?)
}

fn reported_within(within: Condition) -> Condition {
    let classes = class::Entity::find().filter(within).select_only().column(class::Column::Id).into_query();
    let topics = discussion_topic::Entity::find()
        .filter(discussion_topic::Column::ClassId.in_subquery(classes))
        .select_only()
        .column(discussion_topic::Column::Id)
        .into_query();
    let of_topics = discussion_post::Column::TopicId.in_subquery(topics);
    Condition::all().add(of_topics).add(Expr::exists(waiting_report()))
}

/// A report of a post after which nobody has done anything about it, but others reported it and who wrote it took it
/// back.
fn waiting_report() -> SelectStatement {
    use discussion_deed::{
        Column::{Deed, Number, PostId},
        Entity,
    };
    let later = |column| Expr::col(("later", column));
    let report = |column| Expr::col((Entity, column));
    let settling = PostDeed::ALL.iter().filter(|deed| deed.settles_report()).map(|deed| deed.as_str());
    let settled = Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, "later")
        .and_where(later(PostId).eq(report(PostId)))
        .and_where(later(Number).gt(report(Number)))
        .and_where(later(Deed).is_in(settling))
        .take();
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(report(PostId).eq(Expr::col((discussion_post::Entity, discussion_post::Column::Id))))
        .and_where(report(Deed).eq(Expr::val(PostDeed::Reported.as_str())))
        .and_where(Expr::exists(settled).not())
        .take()
}
