//! `/public/draws`, and the disclosure of what was drawn.

use super::{
    assemblies,
    draws::{self, DiscloseDraw},
};
use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::AppResult,
        http::{Query, Routes},
    },
};
use actix_web::{
    get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::AssemblyId,
    page::{Page, PageQuery},
    papers::{AssemblyView, DrawCommitment, DrawRecord},
    problem::Problem,
};

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_draws).service(get_draw_record).service(disclose_draw);
}

/// That forms were drawn, the newest first, and what each drawing is bound to. Nothing of what was drawn.
#[utoipa::path(tag = "papers", params(PageQuery), responses(
    (status = 200, body = Page<DrawCommitment>), (status = 422, body = Problem)))]
#[get("/public/draws")]
async fn list_draws(cx: Data<Services>, query: Query<PageQuery>) -> AppResult<Json<Page<DrawCommitment>>> {
    Ok(Json(draws::list(&cx, &query).await?))
}

/// All that a drawing came of, once it was disclosed: whoever has the program draws the same forms again.
#[utoipa::path(tag = "papers", params(("id" = AssemblyId, Path)), responses(
    (status = 200, body = DrawRecord), (status = 404, body = Problem)))]
#[get("/public/draws/{id}")]
async fn get_draw_record(cx: Data<Services>, id: Path<AssemblyId>) -> AppResult<Json<DrawRecord>> {
    Ok(Json(draws::record(&cx, *id).await?))
}

/// Lets everybody read what forms were drawn from, once candidates have sat their papers; for good.
#[utoipa::path(tag = "papers", params(("id" = AssemblyId, Path)), responses(
    (status = 200, body = AssemblyView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/assemblies/{id}/disclose")]
async fn disclose_draw(actor: Actor, cx: Data<Services>, id: Path<AssemblyId>) -> AppResult<Json<AssemblyView>> {
    let permit: Permit<DiscloseDraw> = authorize(&actor, *id, &organisation::catalogue())?;
    draws::disclose(&cx, &permit).await?;
    Ok(Json(assemblies::view(&cx, *id).await?))
}
