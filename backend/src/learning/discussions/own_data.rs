//! What discussions know of somebody.

use super::{deeds_of, posts::deeds_about};
use crate::{
    learning::store,
    platform::{Services, error::AppResult},
};
use shared::{
    ids::{AccountId, ClassId, DiscussionPostId, DiscussionTopicId},
    learning::{OwnDiscussion, OwnPost, OwnPostReport, OwnTopicReading, post_state},
};
use std::collections::{BTreeSet, HashMap};

/// What somebody has written, reported and read in discussions, the last first.
///
/// # Errors
/// If the store fails.
pub async fn discussion_of(cx: &Services, account_id: AccountId) -> AppResult<OwnDiscussion> {
    Ok(OwnDiscussion {
        posts: posts(cx, account_id).await?,
        reports: reports(cx, account_id).await?,
        readings: readings(cx, account_id).await?,
    })
}

async fn posts(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnPost>> {
    let rows = store::list_own_posts(cx.db.read(), account_id).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let deeds = deeds_about(cx, &ids).await?;
    let topics = Titles::of(cx, rows.iter().map(|row| row.topic_id)).await?;
    let mut own = Vec::with_capacity(rows.len());
    for row in rows {
        let (class_name, topic_title) = topics.get(row.topic_id);
        let state = post_state(&deeds_of(deeds.get(&row.id).into_iter().flatten())?);
        own.push(OwnPost { class_name, topic_title, text: row.text, state, posted_at: row.posted_at });
    }
    Ok(own)
}

async fn reports(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnPostReport>> {
    let rows = store::list_own_post_reports(cx.db.read(), account_id).await?;
    let posts: Vec<_> = rows.iter().map(|row| row.post_id).collect();
    let posts = store::list_posts_by_ids(cx.db.read(), &posts).await?;
    let topic_ids: HashMap<DiscussionPostId, DiscussionTopicId> =
        posts.into_iter().map(|post| (post.id, post.topic_id)).collect();
    let topics = Titles::of(cx, topic_ids.values().copied()).await?;
    let own = rows.into_iter().filter_map(|row| {
        let (class_name, topic_title) = topics.get(*topic_ids.get(&row.post_id)?);
        Some(OwnPostReport { class_name, topic_title, reason: row.reason, reported_at: row.done_at })
    });
    Ok(own.collect())
}

async fn readings(cx: &Services, account_id: AccountId) -> AppResult<Vec<OwnTopicReading>> {
    let rows = store::list_own_topic_readings(cx.db.read(), account_id).await?;
    let topics = Titles::of(cx, rows.iter().map(|row| row.topic_id)).await?;
    let own = rows.into_iter().map(|row| {
        let (class_name, topic_title) = topics.get(row.topic_id);
        let upto = u32::try_from(row.upto).unwrap_or_default();
        OwnTopicReading { class_name, topic_title, upto, read_at: row.read_at }
    });
    Ok(own.collect())
}

/// What topics are called, and their classes.
struct Titles {
    topics: HashMap<DiscussionTopicId, (ClassId, String)>,
    classes: HashMap<ClassId, String>,
}

impl Titles {
    async fn of(cx: &Services, ids: impl Iterator<Item = DiscussionTopicId>) -> AppResult<Self> {
        let ids: Vec<_> = ids.collect::<BTreeSet<_>>().into_iter().collect();
        let topics = store::list_topics_by_ids(cx.db.read(), &ids).await?;
        let classes: BTreeSet<_> = topics.iter().map(|topic| topic.class_id).collect();
        let classes: Vec<_> = classes.into_iter().collect();
        let classes = store::list_classes_by_ids(cx.db.read(), &classes).await?;
        Ok(Self {
            topics: topics.into_iter().map(|topic| (topic.id, (topic.class_id, topic.title))).collect(),
            classes: classes.into_iter().map(|class| (class.id, class.name)).collect(),
        })
    }

    /// The name of the class, and the title of the topic.
    fn get(&self, id: DiscussionTopicId) -> (String, String) {
        let Some((class_id, title)) = self.topics.get(&id) else { return (String::new(), String::new()) };
        (self.classes.get(class_id).cloned().unwrap_or_default(), title.clone())
    }
}
