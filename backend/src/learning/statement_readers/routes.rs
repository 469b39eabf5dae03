//! `/classes/{id}/statement_readers` and `/statement_readers`.

use super::KeepStatementReaders;
use crate::{
    access::{Actor, Permit},
    learning::classes,
    platform::{
        Services,
        error::AppResult,
        http::{Body, Routes},
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::{ClassId, StatementReaderId},
    learning::{GivenStatementReader, StatementReaderEntry, StatementReaderView},
    problem::Problem,
};

/// Adds the routes of systems that read.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_statement_readers).service(give_statement_reader).service(end_statement_reader);
}

/// The systems of others that read or read what the learners of a class do, the newest first.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<StatementReaderView>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/classes/{id}/statement_readers")]
async fn list_statement_readers(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
) -> AppResult<Json<Vec<StatementReaderView>>> {
    let permit: Permit<KeepStatementReaders> = classes::permit_class(&cx, &actor, *id).await?;
    Ok(Json(super::list(&cx, &permit).await?))
}

/// Lets a system of others read, until a day, what the learners of a class do: by its id and a secret, which is told in
/// this reply alone. Who is let again under the same name gets another secret, and the one before it ends.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = StatementReaderEntry, responses(
    (status = 201, body = GivenStatementReader), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/classes/{id}/statement_readers")]
async fn give_statement_reader(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    body: Body<StatementReaderEntry>,
) -> AppResult<HttpResponse> {
    let permit: Permit<KeepStatementReaders> = classes::permit_class(&cx, &actor, *id).await?;
    Ok(HttpResponse::Created().json(super::give(&cx, &permit, &body.0).await?))
}

/// Ends the reading of a system at once.
#[utoipa::path(tag = "learning", params(("id" = StatementReaderId, Path)), responses(
    (status = 200, body = StatementReaderView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/statement_readers/{id}/end")]
async fn end_statement_reader(
    actor: Actor,
    cx: Data<Services>,
    id: Path<StatementReaderId>,
) -> AppResult<Json<StatementReaderView>> {
    let permit = super::permit_end(&cx, &actor, *id).await?;
    Ok(Json(super::end(&cx, &permit, *id).await?))
}
