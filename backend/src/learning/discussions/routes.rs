//! `/classes/{id}/discussions`, `/discussions`, `/discussion_posts` and `/discussion_reports`, for teachers.

use super::{
    OpenTopic, Participant, deeds, followed, open, own_routes, permit_post, permit_topic, posts, reports, topics,
    units, write,
};
use crate::{
    access::{Actor, Permit},
    learning::{classes, following},
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
use shared::{
    ids::{ClassId, DiscussionPostId, DiscussionTopicId},
    learning::{
        ClassTopic, ClassUnits, ModeratePost, NewPost, NewTopic, PostThread, PostView, ReportedPost, StepTopic,
    },
    page::{Page, PageQuery},
    problem::Problem,
};

/// Adds the routes of discussions.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_class_units).service(list_topics).service(open_topic).service(get_topic).service(step_topic);
    cfg.service(list_posts).service(write_as_teacher).service(moderate_post).service(list_reported_posts);
    own_routes::routes(cfg);
}

fn teacher(actor: &Actor) -> Participant {
    Participant { account_id: actor.account_id, is_teacher: true }
}

/// The units of a class's courses, which topics may be about.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<ClassUnits>), (status = 404, body = Problem)))]
#[get("/classes/{id}/units")]
async fn list_class_units(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<Vec<ClassUnits>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(units::list(&cx, *permit.target()).await?))
}

/// The topics of a class, the newest first.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path), PageQuery), responses(
    (status = 200, body = Page<ClassTopic>), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[get("/classes/{id}/discussions")]
async fn list_topics(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ClassTopic>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(topics::of_class(&cx, &actor, *permit.target(), &query.into_inner()).await?))
}

/// Opens a topic to a class.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = NewTopic, responses(
    (status = 201, body = ClassTopic), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/discussions")]
async fn open_topic(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<NewTopic>,
) -> AppResult<HttpResponse> {
    let permit: Permit<OpenTopic> = classes::permit_class(&cx, &actor, *id).await?;
    let opened = open::open(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(topics::class_topic(&cx, &actor, opened).await?))
}

/// One topic of a class.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path)), responses(
    (status = 200, body = ClassTopic), (status = 404, body = Problem)))]
#[get("/discussions/{id}")]
async fn get_topic(actor: Actor, cx: Data<Services>, id: Path<DiscussionTopicId>) -> AppResult<Json<ClassTopic>> {
    let (topic, _) = followed(&cx, &actor, *id).await?;
    Ok(Json(topics::class_topic(&cx, &actor, topic.id).await?))
}

/// Closes a topic, or opens it again.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path)), request_body = StepTopic, responses(
    (status = 200, body = ClassTopic), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/discussions/{id}/steps")]
async fn step_topic(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionTopicId>,
    body: Body<StepTopic>,
) -> AppResult<Json<ClassTopic>> {
    open::step(&cx, &permit_topic(&cx, &actor, *id).await?, body.0.step).await?;
    Ok(Json(topics::class_topic(&cx, &actor, *id).await?))
}

/// What was written in a topic, the newest first, with the replies; 50 posts and their replies at most.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path), PageQuery), responses(
    (status = 200, body = Page<PostThread>), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[get("/discussions/{id}/posts")]
async fn list_posts(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionTopicId>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<PostThread>>> {
    let (topic, _) = followed(&cx, &actor, *id).await?;
    Ok(Json(posts::threads(&cx, teacher(&actor), topic.id, &query.into_inner()).await?))
}

/// Writes in a topic as a teacher of the class.
#[utoipa::path(tag = "learning", params(("id" = DiscussionTopicId, Path)), request_body = NewPost, responses(
    (status = 201, body = PostView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/discussions/{id}/posts")]
async fn write_as_teacher(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionTopicId>,
    key: IdempotencyKey,
    body: Body<NewPost>,
) -> AppResult<HttpResponse> {
    let permit = permit_topic(&cx, &actor, *id).await?;
    let written = write::write(&cx, &permit, (*id, true), &key, &body.0).await?;
    Ok(HttpResponse::Created().json(posts::view(&cx, teacher(&actor), written).await?))
}

/// Hides a post from the class, shows it again, or finds one in order that was reported.
#[utoipa::path(tag = "learning", params(("id" = DiscussionPostId, Path)), request_body = ModeratePost, responses(
    (status = 200, body = PostView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/discussion_posts/{id}/steps")]
async fn moderate_post(
    actor: Actor,
    cx: Data<Services>,
    id: Path<DiscussionPostId>,
    body: Body<ModeratePost>,
) -> AppResult<Json<PostView>> {
    deeds::moderate(&cx, &permit_post(&cx, &actor, *id).await?, &body.0).await?;
    Ok(Json(posts::view(&cx, teacher(&actor), *id).await?))
}

/// Posts that learners reported in the classes whose discussions the actor leads, the first written first.
#[utoipa::path(tag = "learning", params(PageQuery), responses(
    (status = 200, body = Page<ReportedPost>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/discussion_reports")]
async fn list_reported_posts(
    actor: Actor,
    cx: Data<Services>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ReportedPost>>> {
    Ok(Json(reports::list(&cx, &actor, &query.into_inner()).await?))
}
