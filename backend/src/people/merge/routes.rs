//! `/person_merges` and `/namesakes`, and what `/people` says of merging.

use super::{
    across,
    book::FactBook,
    cases, duplicates, export,
    namesakes::{self, NamesakeQuery},
    preview,
    steps::Command,
    views::{self, MergeQuery},
};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, IfMatch, Query, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{PersonId, PersonMergeId},
    page::Page,
    people::{
        AnswerMerge, MergePreview, MergeStep, MergeView, NamesakeGroup, PossibleDuplicate, ProposeMerge, RequestMerge,
    },
    problem::Problem,
};

/// Adds the routes of merging.
pub(in crate::people) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_namesakes).service(list_duplicates).service(preview_merge).service(propose_merge);
    cfg.service(request_merge);
    cfg.service(list_merges).service(export_merges).service(get_merge).service(approve_merge);
    cfg.service(refuse_merge).service(withdraw_merge).service(undo_merge);
}

/// Who else the merge is about.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct PreviewQuery {
    /// Whose record would end.
    merged_id: PersonId,
}

/// Persons of one name and birth date at the places where the actor proposes merges: they may be one human.
#[utoipa::path(tag = "people", params(NamesakeQuery), responses(
    (status = 200, body = Page<NamesakeGroup>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/namesakes")]
async fn list_namesakes(
    actor: Actor,
    cx: Data<Services>,
    query: Query<NamesakeQuery>,
) -> AppResult<Json<Page<NamesakeGroup>>> {
    Ok(Json(namesakes::list(&cx, &actor, query.into_inner()).await?))
}

/// Persons at the actor's places who may be the same human: of the same name, or with the same phone.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), responses(
    (status = 200, body = Vec<PossibleDuplicate>), (status = 404, body = Problem)))]
#[get("/people/{id}/duplicates")]
async fn list_duplicates(
    actor: Actor,
    cx: Data<Services>,
    id: Path<PersonId>,
) -> AppResult<Json<Vec<PossibleDuplicate>>> {
    Ok(Json(duplicates::list(&cx, &actor, *id).await?))
}

/// What would become of two records if they became one, and what forbids it. The person in the path would
/// stay.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path), PreviewQuery), responses(
    (status = 200, body = MergePreview), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[get("/people/{id}/merge_preview")]
async fn preview_merge(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonId>,
    query: Query<PreviewQuery>,
) -> AppResult<Json<MergePreview>> {
    Ok(Json(preview::preview(&cx, &book, &actor, (*id, query.merged_id)).await?))
}

/// Proposes that two records become one. Nothing changes before two others have approved it.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), request_body = ProposeMerge, responses(
    (status = 201, body = MergeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/people/{id}/merges")]
async fn propose_merge(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonId>,
    key: IdempotencyKey,
    body: Body<ProposeMerge>,
) -> AppResult<HttpResponse> {
    let merge = cases::propose(&cx, &book, &actor, *id, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(views::get(&cx, &actor, merge).await?))
}

/// Asks that a person and whoever another place keeps by a document become one. Who asks is told nothing of them before
/// that place has agreed; then who asks agrees as well.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), request_body = RequestMerge, responses(
    (status = 201, body = MergeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/people/{id}/merge_requests")]
async fn request_merge(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonId>,
    key: IdempotencyKey,
    body: Body<RequestMerge>,
) -> AppResult<HttpResponse> {
    let merge = across::request(&cx, &book, &actor, *id, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(views::get(&cx, &actor, merge).await?))
}

/// Merges at the places of the actor's roles, the newest first.
#[utoipa::path(tag = "people", params(MergeQuery), responses(
    (status = 200, body = Page<MergeView>), (status = 403, body = Problem)))]
#[get("/person_merges")]
async fn list_merges(actor: Actor, cx: Data<Services>, query: Query<MergeQuery>) -> AppResult<Json<Page<MergeView>>> {
    Ok(Json(views::list(&cx, &actor, query.into_inner()).await?))
}

/// The same merges as a file (.xlsx); numbers are masked. A POST, because who took it is audited.
#[utoipa::path(tag = "people", params(MergeQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/person_merges/exports")]
async fn export_merges(actor: Actor, cx: Data<Services>, query: Query<MergeQuery>) -> AppResult<HttpResponse> {
    export::export(&cx, &actor, &query).await
}

/// A merge, with who had a hand in it.
#[utoipa::path(tag = "people", params(("id" = PersonMergeId, Path)), responses(
    (status = 200, body = MergeView), (status = 404, body = Problem)))]
#[get("/person_merges/{id}")]
async fn get_merge(actor: Actor, cx: Data<Services>, id: Path<PersonMergeId>) -> AppResult<HttpResponse> {
    let found = views::get(&cx, &actor, *id).await?;
    Ok(with_etag(&found, found.version))
}

/// Gives one of the two approvals; another than the proposer does, and another for each. With the second
/// one the facts move.
#[utoipa::path(tag = "people", params(("id" = PersonMergeId, Path)), responses(
    (status = 200, body = MergeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 428, body = Problem)))]
#[post("/person_merges/{id}/approve")]
async fn approve_merge(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonMergeId>,
    seen: IfMatch,
    key: IdempotencyKey,
) -> AppResult<HttpResponse> {
    let command = Command { id: *id, seen: seen.0, key: &key, step: MergeStep::Approve, reason: None };
    take_step(&cx, &book, &actor, &command).await
}

/// Does not agree, and says why.
#[utoipa::path(tag = "people", params(("id" = PersonMergeId, Path)), request_body = AnswerMerge, responses(
    (status = 200, body = MergeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[post("/person_merges/{id}/refuse")]
async fn refuse_merge(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonMergeId>,
    seen: IfMatch,
    key: IdempotencyKey,
    body: Body<AnswerMerge>,
) -> AppResult<HttpResponse> {
    let command = Command { id: *id, seen: seen.0, key: &key, step: MergeStep::Refuse, reason: Some(&body.0.reason) };
    take_step(&cx, &book, &actor, &command).await
}

/// Takes a proposal back.
#[utoipa::path(tag = "people", params(("id" = PersonMergeId, Path)), responses(
    (status = 200, body = MergeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 428, body = Problem)))]
#[post("/person_merges/{id}/withdraw")]
async fn withdraw_merge(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonMergeId>,
    seen: IfMatch,
    key: IdempotencyKey,
) -> AppResult<HttpResponse> {
    let command = Command { id: *id, seen: seen.0, key: &key, step: MergeStep::Withdraw, reason: None };
    take_step(&cx, &book, &actor, &command).await
}

/// Undoes a merge within thirty days: each has their own facts again; what came since is the survivor's.
#[utoipa::path(tag = "people", params(("id" = PersonMergeId, Path)), request_body = AnswerMerge, responses(
    (status = 200, body = MergeView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[post("/person_merges/{id}/undo")]
async fn undo_merge(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonMergeId>,
    seen: IfMatch,
    key: IdempotencyKey,
    body: Body<AnswerMerge>,
) -> AppResult<HttpResponse> {
    let command = Command { id: *id, seen: seen.0, key: &key, step: MergeStep::Undo, reason: Some(&body.0.reason) };
    take_step(&cx, &book, &actor, &command).await
}

async fn take_step(cx: &Services, book: &FactBook, actor: &Actor, command: &Command<'_>) -> AppResult<HttpResponse> {
    command.take(cx, book, actor).await?;
    let found = views::get(cx, actor, command.id).await?;
    Ok(with_etag(&found, found.version))
}
