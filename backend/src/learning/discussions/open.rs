//! A teacher opens a topic, closes it, and opens it again.

use super::{LeadTopic, OpenTopic, is_closed, units};
use crate::{
    access::Permit,
    learning::{
        classes::lock_class,
        entity::{discussion_topic, discussion_topic_step},
        store,
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
    },
};
use shared::{
    ids::DiscussionTopicId,
    learning::{NewTopic, TopicStep, judge_topic_step, may_change},
};

/// Opens a topic to a class.
///
/// # Errors
/// The fields that are wrong: the class must study the course, and the course have the unit; `wrong-state` if the class
/// is over.
pub async fn open(
    cx: &Services,
    permit: &Permit<OpenTopic>,
    key: &IdempotencyKey,
    new: &NewTopic,
) -> AppResult<DiscussionTopicId> {
    let checked = new.check().map_err(AppError::Invalid)?;
    let (class_id, by) = (*permit.target(), permit.person()?);
    let unit_title = units::title(cx, class_id, &checked).await?;
    let id: DiscussionTopicId = cx.ids.new_id();
    cx.db
        .write(permit, async |tx| {
            once(tx, by, key, &(class_id, new), async || {
                may_change(lock_class(tx, class_id).await?.state).map_err(AppError::refused)?;
                let row = discussion_topic::Model {
                    id,
                    class_id,
                    title: checked.title.clone(),
                    text: checked.text.clone(),
                    course_id: checked.course_id,
                    unit_id: checked.unit_id,
                    unit_title: unit_title.clone(),
                    opened_by: by,
                    opened_at: tx.now(),
                };
                store::insert_topic(tx.conn(), row).await?;
                tx.note("topic", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// Closes a topic, or opens it again.
///
/// # Errors
/// `wrong-state` if it is so already.
pub(super) async fn step(cx: &Services, permit: &Permit<LeadTopic>, step: TopicStep) -> AppResult<()> {
    let (topic_id, by) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            store::lock_topic(tx.conn(), topic_id).await?.ok_or_else(AppError::not_found)?;
            let steps = store::list_topic_steps(tx.conn(), &[topic_id]).await?;
            judge_topic_step(is_closed(&steps)?, step).map_err(AppError::refused)?;
            tx.note("step", step.as_str());
            let row = discussion_topic_step::Model {
                id: cx.ids.uuid(),
                topic_id,
                number: i32::try_from(steps.len() + 1).map_err(AppError::internal)?,
                step: step.as_str().to_owned(),
                taken_by: by,
                taken_at: tx.now(),
            };
            store::insert_topic_step(tx.conn(), row).await
        })
        .await
}
