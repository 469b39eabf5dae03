//! Posts that learners reported, and that wait for a teacher.

use super::{
    Participant,
    deeds::settles_report,
    posts::{deeds_about, views},
};
use crate::{
    access::Actor,
    identity,
    learning::{
        classes::classes_within,
        entity::{discussion_deed, discussion_post, discussion_topic},
        store,
    },
    platform::{
        Services,
        error::AppResult,
        http::{decode_cursor, page},
    },
};
use shared::{
    ids::{AccountId, ClassId, DiscussionTopicId},
    learning::{PostDeed, PostReport, PostView, ReportedPost},
    page::{Page, PageQuery},
    rights::Right,
    work::{WorkKind, WorkLine},
};
use std::collections::HashMap;

/// The reported posts that wait for the actor.
pub(in crate::learning) async fn work(cx: &Services, actor: &Actor) -> AppResult<Option<WorkLine>> {
    let Ok(within) = classes_within(actor, Right::LeadDiscussion) else { return Ok(None) };
    let reported = store::count_reported(cx.db.read(), within).await?;
    Ok(WorkLine::some(WorkKind::PostsReported, reported))
}

/// One page of the reported posts of the classes whose discussions the actor leads, the first written first.
///
/// # Errors
/// `forbidden` if that is nowhere.
pub(super) async fn list(cx: &Services, actor: &Actor, asked: &PageQuery) -> AppResult<Page<ReportedPost>> {
    let within = classes_within(actor, Right::LeadDiscussion)?;
    let found = store::list_reported(cx.db.read(), within, decode_cursor(asked)?, asked.rows() + 1).await?;
    let found = page(found, asked, |row| row.id);
    let viewer = Participant { account_id: actor.account_id, is_teacher: true };
    Ok(Page { items: reported(cx, viewer, found.items).await?, next_cursor: found.next_cursor })
}

async fn reported(
    cx: &Services,
    viewer: Participant,
    rows: Vec<discussion_post::Model>,
) -> AppResult<Vec<ReportedPost>> {
    let conn = cx.db.read();
    let topic_ids: Vec<_> = rows.iter().map(|row| row.topic_id).collect();
    let topics: HashMap<DiscussionTopicId, discussion_topic::Model> =
        store::list_topics_by_ids(conn, &topic_ids).await?.into_iter().map(|topic| (topic.id, topic)).collect();
    let class_ids: Vec<_> = topics.values().map(|topic| topic.class_id).collect();
    let classes = store::list_classes_by_ids(conn, &class_ids).await?;
    let classes: HashMap<ClassId, String> = classes.into_iter().map(|class| (class.id, class.name)).collect();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut deeds = deeds_about(cx, &ids).await?;
    let reporters: Vec<_> = deeds.values().flatten().map(|deed| deed.account_id).collect();
    let names = identity::names_of(cx, &reporters).await?;
    let with_reports = |(post, topic_id): (PostView, DiscussionTopicId)| {
        let topic = topics.get(&topic_id)?;
        Some(ReportedPost {
            class_id: topic.class_id,
            class_name: classes.get(&topic.class_id).cloned().unwrap_or_default(),
            topic_id,
            topic_title: topic.title.clone(),
            reports: waiting(&deeds.remove(&post.id).unwrap_or_default(), &names),
            post,
        })
    };
    let posts = views(cx, viewer, rows).await?;
    Ok(posts.into_iter().zip(topic_ids).filter_map(with_reports).collect())
}

/// The reports that nobody has settled, the first first.
fn waiting(deeds: &[discussion_deed::Model], names: &HashMap<AccountId, String>) -> Vec<PostReport> {
    let is_report = |deed: &&discussion_deed::Model| deed.deed == PostDeed::Reported.as_str();
    let settled = deeds.iter().rposition(settles_report).map_or(0, |last| last + 1);
    let report = |deed: &discussion_deed::Model| PostReport {
        by_name: names.get(&deed.account_id).cloned().unwrap_or_default(),
        reason: deed.reason.clone(),
        reported_at: deed.done_at,
    };
    deeds.iter().skip(settled).filter(is_report).map(report).collect()
}
