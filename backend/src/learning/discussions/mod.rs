//! 班级讨论: topics that teachers open to a class, what its learners and teachers write there, and how it is kept in
//! order.

mod deeds;
mod open;
mod own_data;
mod own_routes;
mod posts;
mod read;
mod reports;
pub(super) mod routes;
mod topics;
mod units;
mod write;

pub use open::open as open_topic;
pub use own_data::discussion_of;
pub use read::read as read_topic;
pub(super) use reports::work;
pub use write::write as write_post;

use super::{
    classes::{is_in_class, place_of},
    entity::{discussion_deed, discussion_topic, discussion_topic_step},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ClassId, DiscussionPostId, DiscussionTopicId},
    learning::{PostDeed, TopicStep, is_topic_closed},
    rights::{Place, Right},
};

actions! {
    /// Open topics to a class.
    OpenTopic(ClassId) = LeadDiscussion;
    /// Write in a topic of a class, close it, and open it again.
    LeadTopic(DiscussionTopicId) = LeadDiscussion;
    /// Say what becomes of a post in a class.
    KeepOrder(DiscussionPostId) = LeadDiscussion;
}

/// Who takes part in a discussion, and by which door they came.
#[derive(Clone, Copy)]
struct Participant {
    account_id: AccountId,
    is_teacher: bool,
}

/// A topic of a class that the actor follows, with where that lies.
///
/// # Errors
/// `not-found` for everybody else.
async fn followed(cx: &Services, actor: &Actor, id: DiscussionTopicId) -> AppResult<(discussion_topic::Model, Place)> {
    let topic = store::find_topic(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let class = store::find_class(cx.db.read(), topic.class_id).await?.ok_or_else(AppError::not_found)?;
    let place = place_of(&class);
    if !actor.has_any(&[Right::FollowClass], &place) {
        return Err(AppError::not_found());
    }
    Ok((topic, place))
}

/// Lets the actor write in a topic, and close it.
///
/// # Errors
/// `not-found` for who does not follow the class, `forbidden` for who only reads.
async fn permit_topic(cx: &Services, actor: &Actor, id: DiscussionTopicId) -> AppResult<Permit<LeadTopic>> {
    let (_, place) = followed(cx, actor, id).await?;
    authorize(actor, id, &place)
}

/// Lets the actor say what becomes of a post.
///
/// # Errors
/// `not-found` for who does not follow the class, `forbidden` for who only reads.
async fn permit_post(cx: &Services, actor: &Actor, id: DiscussionPostId) -> AppResult<Permit<KeepOrder>> {
    let post = store::find_post(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let (_, place) = followed(cx, actor, post.topic_id).await?;
    authorize(actor, id, &place)
}

/// Makes sure that a learner is in a class.
///
/// # Errors
/// `not-found` if they are not.
async fn in_class(conn: &impl ConnectionTrait, id: ClassId, account_id: AccountId) -> AppResult<()> {
    match is_in_class(conn, id, account_id).await? {
        true => Ok(()),
        false => Err(AppError::not_found()),
    }
}

/// A topic of a class that a learner is in.
///
/// # Errors
/// `not-found` if there is none.
async fn own_topic(
    conn: &impl ConnectionTrait,
    account_id: AccountId,
    id: DiscussionTopicId,
) -> AppResult<discussion_topic::Model> {
    let topic = store::find_topic(conn, id).await?.ok_or_else(AppError::not_found)?;
    in_class(conn, topic.class_id, account_id).await?;
    Ok(topic)
}

/// What was done about a post, of its rows in order.
fn deeds_of<'a>(rows: impl IntoIterator<Item = &'a discussion_deed::Model>) -> AppResult<Vec<PostDeed>> {
    let deed = |row: &discussion_deed::Model| {
        PostDeed::parse(&row.deed).ok_or_else(|| AppError::internal("an unknown deed about a post"))
    };
    rows.into_iter().map(deed).collect()
}

/// Whether a topic is closed, of its steps in order.
fn is_closed<'a>(rows: impl IntoIterator<Item = &'a discussion_topic_step::Model>) -> AppResult<bool> {
    let step = |row: &discussion_topic_step::Model| {
        TopicStep::parse(&row.step).ok_or_else(|| AppError::internal("an unknown step of a topic"))
    };
    let steps: Vec<_> = rows.into_iter().map(step).collect::<AppResult<_>>()?;
    Ok(is_topic_closed(&steps))
}
