//! `/blueprints` and `/assemblies`.

use super::{
    assemblies::{self, DrawForms, MakePapers},
    blueprints::{self, BlueprintQuery, WriteBlueprint},
};
use crate::{
    access::{Actor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::AppResult,
        http::{Body, IdempotencyKey, IfMatch, Query, Routes, with_etag},
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use shared::{
    ids::{AssemblyId, BlueprintId, CourseId, ItemId},
    page::Page,
    papers::{
        AssemblyView, BankSummary, BlueprintDraft, BlueprintLine, BlueprintView, NewAssembly, PapersOfForms, Substitute,
    },
    problem::Problem,
};

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_blueprints).service(create_blueprint).service(get_blueprint_bank);
    cfg.service(get_blueprint).service(replace_blueprint).service(create_assembly);
    cfg.service(get_assembly).service(list_substitutes).service(create_form_papers);
}

/// Blueprints, the newest first.
#[utoipa::path(tag = "papers", params(BlueprintQuery), responses(
    (status = 200, body = Page<BlueprintLine>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/blueprints")]
async fn list_blueprints(
    actor: Actor,
    cx: Data<Services>,
    of: Query<BlueprintQuery>,
) -> AppResult<Json<Page<BlueprintLine>>> {
    Ok(Json(blueprints::list(&cx, &actor, of.into_inner()).await?))
}

/// Writes a blueprint. What contradicts itself or the bank is stored, too, as long as nothing is drawn by it.
#[utoipa::path(tag = "papers", request_body = BlueprintDraft, responses(
    (status = 201, body = BlueprintView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/blueprints")]
async fn create_blueprint(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<BlueprintDraft>,
) -> AppResult<HttpResponse> {
    let permit: Permit<WriteBlueprint> = authorize(&actor, cx.ids.new_id(), &organisation::catalogue())?;
    let id = blueprints::create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(blueprints::view(&cx, id).await?))
}

/// What the bank of a course has for blueprints: how many items of which module, ability and kind.
#[utoipa::path(tag = "papers", params(("id" = CourseId, Path)), responses(
    (status = 200, body = BankSummary), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/blueprint_banks/{id}")]
async fn get_blueprint_bank(actor: Actor, cx: Data<Services>, id: Path<CourseId>) -> AppResult<Json<BankSummary>> {
    Ok(Json(blueprints::summary(&cx, &actor, *id).await?))
}

/// A blueprint, with what the bank has for it and what was drawn by it.
#[utoipa::path(tag = "papers", params(("id" = BlueprintId, Path)), responses(
    (status = 200, body = BlueprintView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/blueprints/{id}")]
async fn get_blueprint(actor: Actor, cx: Data<Services>, id: Path<BlueprintId>) -> AppResult<HttpResponse> {
    let view = blueprints::see(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Writes a blueprint anew over the version in `If-Match`. Its course stays.
#[utoipa::path(tag = "papers", params(("id" = BlueprintId, Path)), request_body = BlueprintDraft, responses(
    (status = 200, body = BlueprintView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/blueprints/{id}")]
async fn replace_blueprint(
    actor: Actor,
    cx: Data<Services>,
    id: Path<BlueprintId>,
    seen: IfMatch,
    body: Body<BlueprintDraft>,
) -> AppResult<HttpResponse> {
    let permit: Permit<WriteBlueprint> = authorize(&actor, *id, &organisation::catalogue())?;
    blueprints::replace(&cx, &permit, seen.0, &body.0).await?;
    let view = blueprints::view(&cx, *id).await?;
    Ok(with_etag(&view, view.version))
}

/// Draws parallel forms by the version of the blueprint in `If-Match`, or says which rows cannot be met. Either is
/// recorded with the seed, the bank and the version of the algorithm, by which anybody can draw the same again.
#[utoipa::path(tag = "papers", params(("id" = BlueprintId, Path)), request_body = NewAssembly, responses(
    (status = 201, body = AssemblyView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem)))]
#[post("/blueprints/{id}/assemblies")]
async fn create_assembly(
    actor: Actor,
    cx: Data<Services>,
    id: Path<BlueprintId>,
    seen: IfMatch,
    key: IdempotencyKey,
    body: Body<NewAssembly>,
) -> AppResult<HttpResponse> {
    let permit: Permit<DrawForms> = authorize(&actor, cx.ids.new_id(), &organisation::catalogue())?;
    let assembly = assemblies::draw(&cx, &permit, &key, (*id, seen.0), body.0).await?;
    Ok(HttpResponse::Created().json(assemblies::view(&cx, assembly).await?))
}

/// An assembly: its forms with the first words of their items, without keys; no forms once papers were made of them.
#[utoipa::path(tag = "papers", params(("id" = AssemblyId, Path)), responses(
    (status = 200, body = AssemblyView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[get("/assemblies/{id}")]
async fn get_assembly(actor: Actor, cx: Data<Services>, id: Path<AssemblyId>) -> AppResult<Json<AssemblyView>> {
    Ok(Json(assemblies::see(&cx, &actor, *id).await?))
}

/// Whose place is to be taken.
#[derive(Deserialize, utoipa::IntoParams)]
struct SubstituteQuery {
    /// An item of one of the forms.
    instead: ItemId,
}

/// Items that may take the place of one, the nearest in difficulty first, as long as no papers were made of the forms.
#[utoipa::path(tag = "papers", params(("id" = AssemblyId, Path), SubstituteQuery), responses(
    (status = 200, body = Vec<Substitute>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[get("/assemblies/{id}/substitutes")]
async fn list_substitutes(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AssemblyId>,
    of: Query<SubstituteQuery>,
) -> AppResult<Json<Vec<Substitute>>> {
    Ok(Json(assemblies::substitutes(&cx, &actor, *id, of.instead).await?))
}

/// Makes papers of the forms, as they were drawn or as somebody changed them; they are sealed as any other.
#[utoipa::path(tag = "papers", params(("id" = AssemblyId, Path)), request_body = PapersOfForms, responses(
    (status = 201, body = AssemblyView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/assemblies/{id}/papers")]
async fn create_form_papers(
    actor: Actor,
    cx: Data<Services>,
    id: Path<AssemblyId>,
    key: IdempotencyKey,
    body: Body<PapersOfForms>,
) -> AppResult<HttpResponse> {
    let permit: Permit<MakePapers> = authorize(&actor, *id, &organisation::catalogue())?;
    assemblies::make_papers(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(assemblies::view(&cx, *id).await?))
}
