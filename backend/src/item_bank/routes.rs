//! `/items`.

use super::{
    import::{self, ImportIntoBank},
    revising::{self, Retire, ReviseItem},
    service::{self, SeeItem},
};
use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, IfMatch, Query, with_etag},
        texts::{Language, text},
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{CourseId, ItemId},
    item_bank::{ImportItems, ImportReport, Item, ItemDetail, ItemRow, RetireItem},
    page::{Page, PageQuery},
    problem::Problem,
};
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_items).service(import_items).service(see_item).service(revise_item).service(retire_item);
}

/// Which items are listed.
#[derive(Deserialize, utoipa::IntoParams)]
struct OfCourse {
    /// The course that they belong to.
    course_id: CourseId,
}

/// The items of a course, the newest first, without keys.
#[utoipa::path(tag = "item_bank", params(OfCourse, PageQuery), responses(
    (status = 200, body = Page<ItemRow>), (status = 403, body = Problem)))]
#[get("/items")]
async fn list_items(
    actor: Actor,
    cx: Data<Services>,
    of: Query<OfCourse>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ItemRow>>> {
    Ok(Json(service::list(&cx, &actor, of.course_id, &query).await?))
}

/// Reads a text of items. With errors nothing is stored.
#[utoipa::path(tag = "item_bank", request_body = ImportItems, responses(
    (status = 200, body = ImportReport), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/items/import")]
async fn import_items(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    language: Language,
    body: Body<ImportItems>,
) -> AppResult<Json<ImportReport>> {
    let permit: Permit<ImportIntoBank> = authorize(&actor, body.0.course_id, &organisation::catalogue())?;
    let mut report = import::import(&cx, &permit, actor.account_id, &key, &body.0).await?;
    for error in &mut report.errors {
        error.detail = text(language, &format!("import.{}", error.code), &serde_json::Value::Null);
    }
    Ok(Json(report))
}

/// Shows an item with its key. Every look is in the audit log, so this is no `GET`.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), responses(
    (status = 200, body = ItemDetail), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/items/{id}/views")]
async fn see_item(actor: Actor, cx: Data<Services>, id: Path<ItemId>) -> AppResult<Json<ItemDetail>> {
    let permit: Permit<SeeItem> = authorize(&actor, *id, &organisation::catalogue())?;
    Ok(Json(service::look(&cx, &permit).await?))
}

/// Gives an item a new version over the one in `If-Match`; sealed papers keep the one that they have.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), request_body = Item, responses(
    (status = 200, body = ItemRow), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/items/{id}")]
async fn revise_item(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    seen: IfMatch,
    body: Body<Item>,
) -> AppResult<HttpResponse> {
    let permit: Permit<ReviseItem> = authorize(&actor, *id, &organisation::catalogue())?;
    let row = revising::revise(&cx, &permit, seen.0, &body.0).await?;
    Ok(with_etag(&row, row.version))
}

/// Retires an item, so that no new paper takes it. Repeating it changes nothing.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), request_body = RetireItem, responses(
    (status = 200, body = ItemRow), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/items/{id}/retire")]
async fn retire_item(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    body: Body<RetireItem>,
) -> AppResult<Json<ItemRow>> {
    let permit: Permit<Retire> = authorize(&actor, *id, &organisation::catalogue())?;
    Ok(Json(revising::retire(&cx, &permit, &body.0).await?))
}
