//! `/corrections` and `/people/{id}/corrections`.

use super::{
    answer::{self, AnswerCorrection},
    export, right,
    views::{self, CorrectionQuery},
};
use crate::{
    access::Actor,
    people::{
        merge::FactBook,
        place::{self, PersonPermit},
        views as persons,
    },
    platform::{
        Services,
        error::AppResult,
        http::{Body, IfMatch, Query, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::CACHE_CONTROL,
    post,
    web::{Data, Json, Path},
};
use shared::{
    ids::{CorrectionRequestId, PersonId},
    page::Page,
    people::{CorrectionView, PersonView, PutRight, RefuseCorrection, StatedWhole},
    problem::Problem,
};

/// Adds the routes of those who answer.
pub(in crate::people) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_corrections)
        .service(export_corrections)
        .service(accept_correction)
        .service(refuse_correction)
        .service(look_at_correction)
        .service(put_person_right);
}

/// Requests of the persons at the places of the actor's roles, the newest first.
#[utoipa::path(tag = "people", params(CorrectionQuery), responses(
    (status = 200, body = Page<CorrectionView>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/corrections")]
async fn list_corrections(
    actor: Actor,
    cx: Data<Services>,
    query: Query<CorrectionQuery>,
) -> AppResult<Json<Page<CorrectionView>>> {
    Ok(Json(views::list(&cx, &actor, query.into_inner()).await?))
}

/// The same requests as a file (.xlsx); numbers are masked. A POST, because who took it is audited.
#[utoipa::path(tag = "people", params(CorrectionQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/corrections/exports")]
async fn export_corrections(
    actor: Actor,
    cx: Data<Services>,
    query: Query<CorrectionQuery>,
) -> AppResult<HttpResponse> {
    export::export(&cx, &actor, &query).await
}

/// Puts what a person stated in the place of what stands there.
#[utoipa::path(tag = "people", params(("id" = CorrectionRequestId, Path)), responses(
    (status = 200, body = CorrectionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 429, body = Problem)))]
#[post("/corrections/{id}/accept")]
async fn accept_correction(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<CorrectionRequestId>,
) -> AppResult<Json<CorrectionView>> {
    let person: PersonPermit<AnswerCorrection> = answer::permit(&cx, &actor, *id).await?;
    answer::accept(&cx, &book, &person, *id).await?;
    Ok(Json(views::get(&cx, *id).await?))
}

/// Leaves everything as it is, and says why.
#[utoipa::path(tag = "people", params(("id" = CorrectionRequestId, Path)), request_body = RefuseCorrection, responses(
    (status = 200, body = CorrectionView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/corrections/{id}/refuse")]
async fn refuse_correction(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CorrectionRequestId>,
    body: Body<RefuseCorrection>,
) -> AppResult<Json<CorrectionView>> {
    let person: PersonPermit<AnswerCorrection> = answer::permit(&cx, &actor, *id).await?;
    answer::refuse(&cx, &person, *id, &body.0.reason).await?;
    Ok(Json(views::get(&cx, *id).await?))
}

/// Shows what a person states whole, to be compared with the paper itself. Who looked is audited.
#[utoipa::path(tag = "people", params(("id" = CorrectionRequestId, Path)), responses(
    (status = 200, body = StatedWhole), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 429, body = Problem)))]
#[post("/corrections/{id}/look")]
async fn look_at_correction(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CorrectionRequestId>,
) -> AppResult<HttpResponse> {
    let person = answer::permit(&cx, &actor, *id).await?;
    let stated: StatedWhole = answer::look(&cx, &person, *id).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(stated))
}

/// Puts right what the office found wrong of a person: the name, the sex, the birth date, the registered residence, what
/// a learner has learnt before, and also the document or phone. What stood there is kept, masked, among the corrections.
#[utoipa::path(tag = "people", params(("id" = PersonId, Path)), request_body = PutRight, responses(
    (status = 200, body = PersonView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem), (status = 429, body = Problem)))]
#[post("/people/{id}/corrections")]
async fn put_person_right(
    actor: Actor,
    cx: Data<Services>,
    book: Data<FactBook>,
    id: Path<PersonId>,
    seen: IfMatch,
    body: Body<PutRight>,
) -> AppResult<HttpResponse> {
    let person = place::permit(&cx, &actor, *id).await?;
    right::put_right(&cx, &book, &person, seen.0, &body.0).await?;
    let changed = persons::get(&cx, &actor, *id).await?;
    Ok(with_etag(&changed, changed.version))
}
