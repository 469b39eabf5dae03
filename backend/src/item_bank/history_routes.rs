//! `/items/{id}/history` and `/items/{id}/comparisons`.

use super::{comparing, history};
use crate::{
    access::Actor,
    platform::{
        Services,
        error::AppResult,
        http::{Body, Query, Routes},
    },
};
use actix_web::{
    get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::ItemId,
    item_bank::{CompareVersions, ItemComparison, ItemEvent},
    page::{Page, PageQuery},
    problem::Problem,
};

pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_item_events).service(compare_item_versions);
}

/// Everything that happened to an item, the newest first: versions, reviews, what was said of it, imports, looks at its
/// key, files, tests. Who only writes items asks of their own, and does not learn who looked at them.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path), PageQuery), responses(
    (status = 200, body = Page<ItemEvent>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[get("/items/{id}/history")]
async fn list_item_events(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ItemEvent>>> {
    Ok(Json(history::list(&cx, &actor, *id, &query).await?))
}

/// Two versions of an item with their keys, line by line. Every look is in the audit log, so this is no `GET`.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), request_body = CompareVersions, responses(
    (status = 200, body = ItemComparison), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/items/{id}/comparisons")]
async fn compare_item_versions(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    body: Body<CompareVersions>,
) -> AppResult<Json<ItemComparison>> {
    Ok(Json(comparing::compare(&cx, &actor, *id, body.0).await?))
}
