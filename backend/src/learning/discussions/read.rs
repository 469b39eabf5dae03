//! How far a learner has read a topic.

use super::own_topic;
use crate::{
    access::Permit,
    learning::{entity::discussion_reading, store, study::StudyCourses},
    platform::{Services, error::AppResult},
};
use shared::{ids::DiscussionTopicId, learning::ReadTopic};

/// Notes how far the learner has read. Repeating it changes nothing, and reading less takes nothing back.
///
/// # Errors
/// `not-found` if the topic is of no class that the learner is in.
pub async fn read(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    topic_id: DiscussionTopicId,
    said: ReadTopic,
) -> AppResult<()> {
    let account_id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            store::lock_learner(tx.conn(), account_id).await?;
            own_topic(tx.conn(), account_id, topic_id).await?;
            let last = store::last_numbers(tx.conn(), &[topic_id]).await?;
            let last = last.first().map_or(0, |(_, number)| *number);
            let upto = i32::try_from(said.upto).unwrap_or(i32::MAX).min(last);
            tx.note("topic", topic_id.to_string());
            tx.note("upto", upto);
            if upto == 0 || store::has_read_topic(tx.conn(), (topic_id, account_id), upto).await? {
                return Ok(());
            }
            let row = discussion_reading::Model { id: cx.ids.uuid(), topic_id, account_id, upto, read_at: tx.now() };
            store::insert_topic_reading(tx.conn(), row).await
        })
        .await
}
