//! Posts as who takes part sees them.

use super::{Participant, deeds::is_reported_by, deeds_of};
use crate::{
    identity,
    learning::{
        entity::{discussion_deed, discussion_post},
        store::{self, PostFilter},
    },
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use shared::{
    credit_bank::mask_name,
    ids::{AccountId, DiscussionPostId, DiscussionTopicId},
    learning::{PostDeed, PostFacts, PostState, PostThread, PostView, may_read_post, post_state, waits_for_teacher},
    page::{Page, PageQuery},
};
use std::collections::HashMap;

/// Most threads of one page: with all their replies, they are many posts.
const MAX_THREADS: u16 = 50;

/// One page of a topic's posts, the newest first, each with all replies to it. Whether somebody may see the topic is for
/// the caller to ask.
pub(super) async fn threads(
    cx: &Services,
    viewer: Participant,
    topic_id: DiscussionTopicId,
    asked: &PageQuery,
) -> AppResult<Page<PostThread>> {
    let limit = asked.limit.map(|limit| limit.min(MAX_THREADS));
    let asked = PageQuery { cursor: asked.cursor.clone(), limit };
    let filter = PostFilter { topic_id, after: decode_cursor(&asked)?, rows: asked.rows() + 1 };
    let found = page(store::list_threads(cx.db.read(), filter).await?, &asked, |row| row.number);
    let ids: Vec<_> = found.items.iter().map(|row| row.id).collect();
    let replies = store::list_replies(cx.db.read(), &ids).await?;
    let all: Vec<_> = found.items.iter().chain(&replies).cloned().collect();
    let mut views: HashMap<_, _> = views(cx, viewer, all).await?.into_iter().map(|view| (view.id, view)).collect();
    let mut of_post: HashMap<DiscussionPostId, Vec<PostView>> = HashMap::new();
    for reply in replies {
        if let (Some(post), Some(view)) = (reply.reply_to, views.remove(&reply.id)) {
            of_post.entry(post).or_default().push(view);
        }
    }
    let thread = |id: DiscussionPostId| {
        let post = views.remove(&id)?;
        Some(PostThread { post, replies: of_post.remove(&id).unwrap_or_default() })
    };
    Ok(Page { items: ids.into_iter().filter_map(thread).collect(), next_cursor: found.next_cursor })
}

/// One post. Whether somebody may see its topic is for the caller to ask.
pub(super) async fn view(cx: &Services, viewer: Participant, id: DiscussionPostId) -> AppResult<PostView> {
    let found = store::find_post(cx.db.read(), id).await?.into_iter().collect();
    views(cx, viewer, found).await?.pop().ok_or_else(AppError::not_found)
}

/// These posts, in their order.
pub(super) async fn views(
    cx: &Services,
    viewer: Participant,
    rows: Vec<discussion_post::Model>,
) -> AppResult<Vec<PostView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let writers: Vec<_> = rows.iter().map(|row| row.account_id).collect();
    let names = identity::names_of(cx, &writers).await?;
    let deeds = deeds_about(cx, &ids).await?;
    let view = |row: discussion_post::Model| {
        let deeds = deeds.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        shown(row, deeds, &names, viewer)
    };
    rows.into_iter().map(view).collect()
}

/// What was done about these posts, about each in order.
pub(super) async fn deeds_about(
    cx: &Services,
    posts: &[DiscussionPostId],
) -> AppResult<HashMap<DiscussionPostId, Vec<discussion_deed::Model>>> {
    let mut about: HashMap<_, Vec<_>> = HashMap::new();
    for deed in store::list_deeds(cx.db.read(), posts).await? {
        about.entry(deed.post_id).or_default().push(deed);
    }
    Ok(about)
}

fn shown(
    row: discussion_post::Model,
    rows: &[discussion_deed::Model],
    names: &HashMap<AccountId, String>,
    viewer: Participant,
) -> AppResult<PostView> {
    let deeds = deeds_of(rows)?;
    let (state, is_own) = (post_state(&deeds), row.account_id == viewer.account_id);
    let facts = PostFacts { state, written_by: row.account_id, waits: waits_for_teacher(&deeds) };
    let name = names.get(&row.account_id).map(String::as_str).unwrap_or_default();
    let is_named = viewer.is_teacher || row.by_teacher || is_own;
    let hiding = rows.iter().rev().find(|deed| deed.deed == PostDeed::Hidden.as_str());
    let is_reported = if viewer.is_teacher { facts.waits } else { is_reported_by(rows, viewer.account_id) };
    Ok(PostView {
        id: row.id,
        number: u32::try_from(row.number).map_err(AppError::internal)?,
        text: may_read_post(&facts, viewer.account_id, viewer.is_teacher).then_some(row.text),
        state,
        by_name: if is_named { name.to_owned() } else { mask_name(name) },
        is_teacher: row.by_teacher,
        is_own,
        posted_at: row.posted_at,
        hidden_for: hiding
            .filter(|_| state == PostState::Hidden && (is_own || viewer.is_teacher))
            .map(|deed| deed.reason.clone()),
        is_reported,
    })
}
