//! `/items`.

use super::{
    alike, attachments, changing, commenting, creating,
    describing::{self, Describe, DescribeOwn},
    export, history_routes,
    import::{self, ImportIntoBank, PackageQuery},
    printer::ItemPrinter,
    reach::place_of,
    review::{self, ReviewItem},
    revising::{self, Retire, RetireOwn, ReviseItem},
    statistics, unread,
    views::{self, Wanted},
};
use crate::{
    access::{Actor, Permit, authorize},
    media::AddPicture,
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, IfMatch, Query, Routes, with_etag},
        texts::{Language, text},
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Bytes, Data, Json, Path, Payload},
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use shared::{
    ids::{CourseId, ItemId},
    item_bank::{
        Ability, AlikeItem, ChangeItems, ChangeReport, Descriptor, DifficultyBand, DifficultySource, ExportItems,
        ExportReport, ImportItems, Item, ItemComment, ItemDetail, ItemImportReport, ItemKind, ItemRow, ItemState,
        ItemStatistic, ItemTraits, ItemUsage, MAX_PACKAGE_BYTES, NewComment, RetireItem, ReviewDecision,
    },
    page::{Page, PageQuery},
    problem::{Problem, ProblemCode},
    rights::Right,
    time::optional_date,
    work::ItemWait,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_items).service(import_items).service(import_item_package).service(see_item);
    cfg.service(export_items).service(preview_item_export);
    unread::routes(cfg);
    attachments::routes(cfg);
    history_routes::routes(cfg);
    creating::routes(cfg);
    cfg.service(list_item_comments).service(comment_item);
    cfg.service(change_items).service(preview_item_changes).service(list_alike_items).service(list_item_statistics);
    cfg.service(review_item).service(revise_item).service(retire_item).service(describe_item);
}

/// Which items are listed.
#[derive(Deserialize, utoipa::IntoParams)]
struct ItemQuery {
    /// The course that they belong to; all unless told.
    course_id: Option<CourseId>,
    /// Where they stand, which what was retired does not.
    state: Option<ItemState>,
    /// What they wait for from the reader.
    waits: Option<ItemWait>,
    /// Whether they are the reader's alone, or the others' alone; both unless told.
    own: Option<bool>,
    /// The module that is said of them; any unless told.
    module: Option<String>,
    /// The ability that is said of them; any unless told.
    ability: Option<Ability>,
    /// What stands in their stem or in what can be chosen, whatever its width, case and punctuation.
    text: Option<String>,
    /// Whether another asks nearly the same.
    alike: Option<bool>,
    /// Their kind; any unless told.
    kind: Option<ItemKind>,
    /// The point of knowledge that is said of them, as a whole; any unless told.
    knowledge_point: Option<String>,
    /// How hard they are; any unless told.
    band: Option<DifficultyBand>,
    /// Which difficulty is meant by that; the one in force unless told.
    source: Option<DifficultySource>,
    /// How often candidates saw them; any unless told.
    usage: Option<ItemUsage>,
    /// The first day in China from which on no test held them, such as `2026-11-23`.
    #[serde(default, with = "optional_date")]
    #[param(value_type = Option<String>)]
    unused_since: Option<Date>,
}

impl ItemQuery {
    fn wanted(self) -> Wanted {
        let traits = ItemTraits {
            kind: self.kind,
            knowledge_point: self.knowledge_point,
            band: self.band,
            source: self.source,
            usage: self.usage,
            unused_since: self.unused_since,
            own: self.own,
        };
        let Self { course_id, state, waits, module, ability, text, alike, .. } = self;
        Wanted { course_id, state, waits, module, ability, text, is_alike: alike.unwrap_or_default(), traits }
    }
}

/// Items, the newest first, without keys. Who only writes items sees their own.
#[utoipa::path(tag = "item_bank", params(ItemQuery, PageQuery), responses(
    (status = 200, body = Page<ItemRow>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/items")]
async fn list_items(
    actor: Actor,
    cx: Data<Services>,
    of: Query<ItemQuery>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<ItemRow>>> {
    Ok(Json(views::list(&cx, &actor, &of.into_inner().wanted(), &query).await?))
}

/// Reads a text of items. With errors nothing is stored but what is chosen.
#[utoipa::path(tag = "item_bank", request_body = ImportItems, responses(
    (status = 200, body = ItemImportReport), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/items/import")]
async fn import_items(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    language: Language,
    body: Body<ImportItems>,
) -> AppResult<Json<ItemImportReport>> {
    let permit: Permit<ImportIntoBank> =
        authorize(&actor, body.0.course_id, &organisation::catalogue_of(body.0.course_id))?;
    let mut report = import::import(&cx, &permit, actor.account_id, &key, &body.0).await?;
    alike::tell(&cx, &actor, body.0.course_id, &mut report).await?;
    Ok(Json(told(report, language)))
}

/// Reads a file with items for a course, at most 20 MB: a package of QTI (.zip), a quiz of Moodle (.xml) or a document
/// (.docx) of numbered Chinese items, all with their pictures, or a sheet (.xlsx) in the shape of the template. With errors
/// nothing is stored but what is chosen.
#[utoipa::path(tag = "item_bank", params(("id" = CourseId, Path), PackageQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = ItemImportReport), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 413, body = Problem), (status = 422, body = Problem)))]
#[post("/courses/{id}/item_packages")]
async fn import_item_package(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    key: IdempotencyKey,
    language: Language,
    query: Query<PackageQuery>,
    payload: Payload,
) -> AppResult<Json<ItemImportReport>> {
    let permit: Permit<ImportIntoBank> = authorize(&actor, *id, &organisation::catalogue_of(*id))?;
    let adding: Permit<AddPicture> = authorize(&actor, "picture".to_owned(), &organisation::catalogue_of(*id))?;
    let (permits, bytes) = ((&permit, &adding), whole(payload).await?);
    let mut report = import::import_package(&cx, permits, actor.account_id, &key, &query, bytes).await?;
    alike::tell(&cx, &actor, *id, &mut report).await?;
    Ok(Json(told(report, language)))
}

/// The whole file.
///
/// # Errors
/// `too-large`, or that it broke off.
async fn whole(payload: Payload) -> AppResult<Bytes> {
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_PACKAGE_BYTES).await.map_err(too_large)?;
    bytes.map_err(|error| AppError::Malformed { pointer: "/file".to_owned(), reason: format!("{error}") })
}

/// A report with its reasons in words.
fn told(mut report: ItemImportReport, language: Language) -> ItemImportReport {
    for error in report.errors.iter_mut().chain(&mut report.losses) {
        error.detail = text(language, &format!("import.{}", error.code), &json!({ "name": error.name }));
    }
    report
}

/// Items with their keys as a file: a package of QTI (.zip), GIFT, Moodle XML or a workbook (.xlsx). Who only writes
/// items takes their own. Each file is in the audit log.
#[utoipa::path(tag = "item_bank", request_body = ExportItems, responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
    (status = 503, body = Problem)))]
#[post("/items/exports")]
async fn export_items(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<dyn ItemPrinter>,
    body: Body<ExportItems>,
) -> AppResult<HttpResponse> {
    export::export(&cx, &**printer, &actor, &body.0).await
}

/// What such a file would have, and what would be lost on the way to other systems. Nothing is written.
#[utoipa::path(tag = "item_bank", request_body = ExportItems, responses(
    (status = 200, body = ExportReport), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/items/exports/preview")]
async fn preview_item_export(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
    body: Body<ExportItems>,
) -> AppResult<Json<ExportReport>> {
    let mut report = export::preview(&cx, &actor, &body.0).await?;
    for loss in &mut report.losses {
        loss.detail = text(language, &format!("export_loss.{}", loss.code), &json!({}));
    }
    Ok(Json(report))
}

/// Shows an item with its key. Every look is in the audit log, so this is no `GET`.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), responses(
    (status = 200, body = ItemDetail), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[post("/items/{id}/views")]
async fn see_item(actor: Actor, cx: Data<Services>, id: Path<ItemId>) -> AppResult<Json<ItemDetail>> {
    Ok(Json(views::see(&cx, &actor, *id).await?))
}

/// Changes what is said of many items, or retires them, in one act and one entry of the audit log: all of them or none,
/// and only as they were seen. Any for who reviews, their own for who writes.
#[utoipa::path(tag = "item_bank", request_body = ChangeItems, responses(
    (status = 200, body = ChangeReport), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/items/changes")]
async fn change_items(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<ChangeItems>,
) -> AppResult<Json<ChangeReport>> {
    Ok(Json(changing::change(&cx, &actor, &key, &body.0).await?))
}

/// What such a change would make of each item, and which cannot be changed so. Nothing is written.
#[utoipa::path(tag = "item_bank", request_body = ChangeItems, responses(
    (status = 200, body = ChangeReport), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/items/changes/preview")]
async fn preview_item_changes(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
    body: Body<ChangeItems>,
) -> AppResult<Json<ChangeReport>> {
    let mut report = changing::preview(&cx, &actor, &body.0).await?;
    for item in &mut report.items {
        let told = |code: &String| text(language, &format!("field.{code}"), &json!({}));
        item.detail = item.refused.as_ref().map(told).unwrap_or_default();
    }
    Ok(Json(report))
}

/// Items in use that ask nearly the same as this one, the most alike first. Who only writes items asks of their own, and
/// learns of others' that there are such, and not which.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), responses(
    (status = 200, body = Vec<AlikeItem>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/items/{id}/alike")]
async fn list_alike_items(actor: Actor, cx: Data<Services>, id: Path<ItemId>) -> AppResult<Json<Vec<AlikeItem>>> {
    Ok(Json(alike::list(&cx, &actor, *id).await?))
}

/// How an item did in tests whose results are out, the newest version first, and of each the last test first. Who only
/// writes items asks of their own.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), responses(
    (status = 200, body = Vec<ItemStatistic>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/items/{id}/statistics")]
async fn list_item_statistics(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
) -> AppResult<Json<Vec<ItemStatistic>>> {
    Ok(Json(statistics::list(&cx, &actor, *id).await?))
}

/// What authors and reviewers said about an item, the oldest first. Who only writes items asks of their own.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), responses(
    (status = 200, body = Vec<ItemComment>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/items/{id}/comments")]
async fn list_item_comments(actor: Actor, cx: Data<Services>, id: Path<ItemId>) -> AppResult<Json<Vec<ItemComment>>> {
    Ok(Json(commenting::list(&cx, &actor, *id).await?))
}

/// Says something about an item: about any for who reviews, about their own for who writes. It is never changed.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), request_body = NewComment, responses(
    (status = 201, body = Vec<ItemComment>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/items/{id}/comments")]
async fn comment_item(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    key: IdempotencyKey,
    body: Body<NewComment>,
) -> AppResult<HttpResponse> {
    commenting::comment(&cx, &actor, *id, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(commenting::list(&cx, &actor, *id).await?))
}

/// Approves the version of `If-Match`, or sends it back. Who wrote it never does.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), request_body = ReviewDecision, responses(
    (status = 200, body = ItemRow), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[post("/items/{id}/reviews")]
async fn review_item(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    seen: IfMatch,
    body: Body<ReviewDecision>,
) -> AppResult<Json<ItemRow>> {
    let place = place_of(&cx, &actor, *id, &[Right::ReviewItem]).await?;
    let permit: Permit<ReviewItem> = authorize(&actor, *id, &place)?;
    review::review(&cx, &permit, seen.0, &body.0).await?;
    Ok(Json(views::row(&cx, actor.account_id, *id).await?))
}

/// Gives an item of one's own a new version over the one in `If-Match`. No paper takes the item until somebody else has
/// approved that version; sealed papers keep the one that they have.
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
    let place = place_of(&cx, &actor, *id, &[Right::AuthorItem]).await?;
    let permit: Permit<ReviseItem> = authorize(&actor, *id, &place)?;
    views::own(&cx, &actor, *id).await?;
    revising::revise(&cx, &permit, seen.0, &body.0).await?;
    let row = views::row(&cx, actor.account_id, *id).await?;
    Ok(with_etag(&row, row.version))
}

/// Retires an item, so that no new paper takes it: any for who reviews, their own for who writes. Repeating it changes
/// nothing.
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
    let place = place_of(&cx, &actor, *id, &[Right::ReviewItem, Right::AuthorItem]).await?;
    if actor.has_any(&[Right::ReviewItem], &place) {
        let permit: Permit<Retire> = authorize(&actor, *id, &place)?;
        revising::retire(&cx, &permit, &body.0).await?;
    } else {
        let permit: Permit<RetireOwn> = authorize(&actor, *id, &place)?;
        views::own(&cx, &actor, *id).await?;
        revising::retire(&cx, &permit, &body.0).await?;
    }
    Ok(Json(views::row(&cx, actor.account_id, *id).await?))
}

/// Says what an item is about and how hard it is, over the version in `If-Match`, which is 1 before anything was said:
/// of any for who reviews, of their own for who writes. What was said before stays.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), request_body = Descriptor, responses(
    (status = 200, body = ItemRow), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/items/{id}/descriptor")]
async fn describe_item(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    seen: IfMatch,
    body: Body<Descriptor>,
) -> AppResult<HttpResponse> {
    let place = place_of(&cx, &actor, *id, &[Right::ReviewItem, Right::AuthorItem]).await?;
    if actor.has_any(&[Right::ReviewItem], &place) {
        let permit: Permit<Describe> = authorize(&actor, *id, &place)?;
        describing::describe(&cx, &permit, seen.0, &body.0).await?;
    } else {
        let permit: Permit<DescribeOwn> = authorize(&actor, *id, &place)?;
        views::own(&cx, &actor, *id).await?;
        describing::describe(&cx, &permit, seen.0, &body.0).await?;
    }
    let row = views::row(&cx, actor.account_id, *id).await?;
    Ok(with_etag(&row, row.descriptor_version))
}
