//! `/me/discussions` and `/me/discussion_posts`, for learners.

use super::{Participant, deeds, own_topic, posts, read, topics, write};
use crate::{
    access::{Actor, Permit},
    learning::study::{self, StudyCourses},
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, Query, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{DiscussionPostId, DiscussionTopicId, UnitId},
    learning::{MyTopic, NewPost, PostThread, PostView, ReadTopic, ReportPost, UnreadPosts},
    page::{Page, PageQuery},
    problem::Problem,
};

/// Adds the routes of a learner's discussions.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_my_topics).service(count_my_unread_posts).service(get_my_topic).service(list_my_topic_posts);
    cfg.service(write_post).service(read_topic).service(take_back_post).service(report_post);
}

/// Which topics of the learner's classes are listed.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct OwnTopics {
    /// Those about one unit.
    unit_id: Option<UnitId>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

fn learner(permit: &Permit<StudyCourses>) -> Participant {
    Participant { account_id: *permit.target(), is_teacher: false }
}

/// The topics of the learner's classes, the newest first.
#[utoipa::path(tag = "learning", params(OwnTopics), responses(
    (status = 200, body = Page<MyTopic>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/me/discussions")]
async fn list_my_topics(actor: Actor, cx: Data<Services>, query: Query<OwnTopics>) -> AppResult<Json<Page<MyTopic>>> {
    let OwnTopics { unit_id, cursor, limit } = query.into_inner();
    let permit = study::permit_study(&actor)?;
    Ok(Json(topics::own(&cx, &permit, unit_id, &PageQuery { cursor, limit }).await?))
}

/// How many topics the learner's classes have, and how many posts of others the learner has not read.
#[utoipa::path(tag = "learning", responses((status = 200, body = UnreadPosts), (status = 403, body = Problem)))]
#[get("/me/discussions/unread")]
async fn count_my_unread_posts(actor: Actor, cx: Data<Services>) -> AppResult<Json<UnreadPosts>> {
    Ok(Json(topics::unread(&cx, &study::permit_study(&actor)?).await?))
}

/// One topic of a class that the learner is in.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path)), responses(
    (status = 200, body = MyTopic), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/discussions/{id}")]
async fn get_my_topic(actor: Actor, cx: Data<Services>, id: Path<DiscussionTopicId>) -> AppResult<Json<MyTopic>> {
    Ok(Json(topics::my_topic(&cx, &study::permit_study(&actor)?, *id).await?))
}

/// What was written in such a topic, the newest first, with the replies; 50 posts and their replies at most.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path), PageQuery), responses(
    (status = 200, body = Page<PostThread>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[get("/me/discussions/{id}/posts")]
async fn list_my_topic_posts(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionTopicId>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<PostThread>>> {
    let permit = study::permit_study(&actor)?;
    let topic = own_topic(cx.db.read(), *permit.target(), *id).await?;
    Ok(Json(posts::threads(&cx, learner(&permit), topic.id, &query.into_inner()).await?))
}

/// Writes in a topic of a class that the learner is in, or replies to a post there.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path)), request_body = NewPost, responses(
    (status = 201, body = PostView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/me/discussions/{id}/posts")]
async fn write_post(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionTopicId>,
    key: IdempotencyKey,
    body: Body<NewPost>,
) -> AppResult<HttpResponse> {
    let permit = study::permit_study(&actor)?;
    let written = write::write(&cx, &permit, (*id, false), &key, &body.0).await?;
    Ok(HttpResponse::Created().json(posts::view(&cx, learner(&permit), written).await?))
}

/// Notes how far the learner has read a topic.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path)), request_body = ReadTopic, responses(
    (status = 200, body = MyTopic), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/me/discussions/{id}/read")]
async fn read_topic(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionTopicId>,
    body: Body<ReadTopic>,
) -> AppResult<Json<MyTopic>> {
    let permit = study::permit_study(&actor)?;
    read::read(&cx, &permit, *id, body.0).await?;
    Ok(Json(topics::my_topic(&cx, &permit, *id).await?))
}

/// Takes back what the learner wrote: nobody reads it any more, but teachers while a report of it waits.
#[utoipa::path(tag = "learning", params(("id" = DiscussionPostId, Path)), responses(
    (status = 200, body = PostView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/me/discussion_posts/{id}/take_back")]
async fn take_back_post(actor: Actor, cx: Data<Services>, id: Path<DiscussionPostId>) -> AppResult<Json<PostView>> {
    let permit = study::permit_study(&actor)?;
    deeds::take_back(&cx, &permit, *id).await?;
    Ok(Json(posts::view(&cx, learner(&permit), *id).await?))
}

/// Tells the teachers that a post does not belong there; classmates do not learn who did.
#[utoipa::path(tag = "learning", params(("id" = DiscussionPostId, Path)), request_body = ReportPost, responses(
    (status = 200, body = PostView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/me/discussion_posts/{id}/reports")]
async fn report_post(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionPostId>,
    body: Body<ReportPost>,
) -> AppResult<Json<PostView>> {
    let permit = study::permit_study(&actor)?;
    deeds::report(&cx, &permit, *id, &body.0).await?;
    Ok(Json(posts::view(&cx, learner(&permit), *id).await?))
}
