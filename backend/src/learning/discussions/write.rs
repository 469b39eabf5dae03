//! Who takes part writes a post, or replies to one.

use super::{Participant, deeds_of, in_class, is_closed};
use crate::{
    access::{Action, Permit},
    learning::{classes::lock_class, entity::discussion_post, store},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::{DiscussionPostId, DiscussionTopicId},
    learning::{NewPost, POSTS_WINDOW_S, PostState, WritingFacts, may_change, may_write_post, post_state},
};

/// Writes in a topic.
///
/// # Errors
/// `not-found` if the writer is a learner and not in the class; the fields that are wrong; `wrong-state` if the class is
/// over, the topic closed, or the post that is replied to gone or full; `too-many`.
pub async fn write<A: Action>(
    cx: &Services,
    permit: &Permit<A>,
    (topic_id, is_teacher): (DiscussionTopicId, bool),
    key: &IdempotencyKey,
    new: &NewPost,
) -> AppResult<DiscussionPostId> {
    let text = new.check().map_err(|error| AppError::Invalid(vec![error]))?;
    let writer = Participant { account_id: permit.person()?, is_teacher };
    let id: DiscussionPostId = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            once(tx, writer.account_id, key, &(topic_id, new), async || {
                let number = next_number(tx, topic_id, writer, new.reply_to).await?;
                let row = discussion_post::Model {
                    id,
                    topic_id,
                    number,
                    reply_to: new.reply_to,
                    account_id: writer.account_id,
                    by_teacher: writer.is_teacher,
                    text: text.clone(),
                    posted_at: tx.now(),
                };
                store::insert_post(tx.conn(), row).await?;
                tx.note("topic", topic_id.to_string());
                tx.note("post", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// The number that a post gets, if it may be written; nobody else writes in the topic until the write ends.
async fn next_number(
    tx: &Tx,
    topic_id: DiscussionTopicId,
    writer: Participant,
    reply_to: Option<DiscussionPostId>,
) -> AppResult<i32> {
    let topic = store::find_topic(tx.conn(), topic_id).await?.ok_or_else(AppError::not_found)?;
    let class = lock_class(tx, topic.class_id).await?;
    store::lock_learner(tx.conn(), writer.account_id).await?;
    store::lock_topic(tx.conn(), topic_id).await?.ok_or_else(AppError::not_found)?;
    if !writer.is_teacher {
        in_class(tx.conn(), topic.class_id, writer.account_id).await?;
    }
    may_change(class.state).map_err(AppError::refused)?;
    let since = tx.now().plus_s(-POSTS_WINDOW_S);
    let replied_to = match reply_to {
        Some(id) => Some(replied_to(tx, topic_id, id).await?),
        None => None,
    };
    let facts = WritingFacts {
        is_closed: is_closed(&store::list_topic_steps(tx.conn(), &[topic_id]).await?)?,
        recent: store::count_posts_since(tx.conn(), writer.account_id, since).await?,
        replied_to,
    };
    may_write_post(&facts).map_err(AppError::refused)?;
    let last = store::last_numbers(tx.conn(), &[topic_id]).await?;
    Ok(last.first().map_or(0, |(_, number)| *number) + 1)
}

/// Where a post of the topic stands, and how many replies it has; a reply is not replied to.
async fn replied_to(tx: &Tx, topic_id: DiscussionTopicId, id: DiscussionPostId) -> AppResult<(PostState, u64)> {
    let post = store::find_post(tx.conn(), id).await?;
    let post = post.filter(|post| post.topic_id == topic_id && post.reply_to.is_none());
    post.ok_or_else(|| AppError::field("/reply_to", "not-found"))?;
    let state = post_state(&deeds_of(&store::list_deeds(tx.conn(), &[id]).await?)?);
    Ok((state, store::count_replies(tx.conn(), id).await?))
}
