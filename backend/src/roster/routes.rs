//! `/roster`.

use super::{
    calls, checks,
    entity::roster_batch,
    export, faults, hand,
    jobs::ask_to_import,
    list::{self, CountQuery, RosterQuery},
    parts,
    place::place_of_batch,
    rounds, steps, sums,
    template::template,
    upload::{self, BatchQuery, ImportRoster, UploadQuery},
    visits,
};
use crate::{
    access::{Actor, ClassBook, Permit, Scope, authorize, roll_of},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Allowance, Body, IdempotencyKey, IfMatch, Query, Routes, with_etag},
        jobs,
        texts::Language,
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    post, put,
    web::{Bytes, Data, Json, Path, Payload},
};
use shared::{
    ids::{RosterBatchId, RosterEntryId},
    jobs::JobView,
    page::{Page, PageQuery},
    problem::{Problem, ProblemCode},
    rights::Right,
    roster::{
        AddToRoster, AssignSurveyor, BatchView, EntryFacts, EntryRow, EntryView, FaultyRow, ImportList, MAX_LIST_BYTES,
        RosterCount, SendVisits, Surveyor, TakeRosterStep, UploadedList, VisitAck,
    },
};

/// Lists that one account may upload in a window: each is read as a whole.
const LISTS: Allowance = Allowance::hourly("roster-list", 120);

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    parts::routes(cfg);
    sums::routes(cfg);
    cfg.service(upload_roster)
        .service(list_roster_batches)
        .service(export_roster_batches)
        .service(get_roster_batch)
        .service(import_roster);
    cfg.service(get_roster_template).service(get_roster_columns);
    cfg.service(list_roster_faults).service(take_roster_correction_file);
    cfg.service(list_roster)
        .service(export_roster)
        .service(count_roster)
        .service(list_roster_surveyors)
        .service(assign_roster);
    cfg.service(list_assigned_roster).service(send_roster_visits);
    calls::routes(cfg);
    checks::routes::routes(cfg);
    rounds::routes::routes(cfg);
    // Last, because an id may be anything.
    cfg.service(add_to_roster).service(correct_roster_entry).service(get_roster_entry).service(take_roster_step);
}

/// Uploads a survey list (.xlsx, .xls or .csv, at most 32 MiB), in one piece, or by the id of the upload whose parts came
/// before. The answer says what its columns seem to hold; nothing is imported yet.
#[utoipa::path(tag = "roster", params(UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = UploadedList), (status = 403, body = Problem), (status = 413, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/roster/batches")]
async fn upload_roster(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    query: Query<UploadQuery>,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let (permit, place) = upload::permit_upload(&cx, &actor, &query).await?;
    LISTS.take(&cx, actor.account_id).await?;
    let bytes = match query.in_parts() {
        Some(of_upload) => parts::whole(&cx, actor.account_id, of_upload).await?,
        None => received(payload).await?,
    };
    let uploaded = upload::upload(&cx, &permit, &key, (&place, &query), bytes).await?;
    Ok(HttpResponse::Created().json(uploaded))
}

/// A list that comes in one piece.
async fn received(payload: Payload) -> AppResult<Bytes> {
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_LIST_BYTES).await.map_err(too_large)?;
    bytes.map_err(|error| AppError::Malformed { pointer: "/file".to_owned(), reason: format!("{error}") })
}

/// Uploaded lists at the places of the actor's roles, the newest first.
#[utoipa::path(tag = "roster", params(BatchQuery), responses(
    (status = 200, body = Page<BatchView>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/roster/batches")]
async fn list_roster_batches(
    actor: Actor,
    cx: Data<Services>,
    query: Query<BatchQuery>,
) -> AppResult<Json<Page<BatchView>>> {
    Ok(Json(upload::list(&cx, &actor, query.into_inner()).await?))
}

/// The same lists as a file (.xlsx): which came in, and what became of each. A POST, because who took it is audited.
#[utoipa::path(tag = "roster", params(BatchQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/roster/batches/exports")]
async fn export_roster_batches(actor: Actor, cx: Data<Services>, query: Query<BatchQuery>) -> AppResult<HttpResponse> {
    upload::export(&cx, &actor, &query).await
}

/// An uploaded list, and how far its import is.
#[utoipa::path(tag = "roster", params(("id" = RosterBatchId, Path)), responses(
    (status = 200, body = BatchView), (status = 404, body = Problem)))]
#[get("/roster/batches/{id}")]
async fn get_roster_batch(actor: Actor, cx: Data<Services>, id: Path<RosterBatchId>) -> AppResult<Json<BatchView>> {
    Ok(Json(upload::view(&upload::visible(&cx, &actor, *id).await?)?))
}

/// The columns of an uploaded list as we understand them, for who comes back to confirm them.
#[utoipa::path(tag = "roster", params(("id" = RosterBatchId, Path)), responses(
    (status = 200, body = UploadedList), (status = 404, body = Problem)))]
#[get("/roster/batches/{id}/columns")]
async fn get_roster_columns(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterBatchId>,
) -> AppResult<Json<UploadedList>> {
    let batch = upload::visible(&cx, &actor, *id).await?;
    Ok(Json(upload::look_again(&cx, &batch).await?))
}

/// An empty list (.xlsx) whose headers are understood, and whose cells keep long numbers whole.
#[utoipa::path(tag = "roster", responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem)))]
#[get("/roster/template")]
async fn get_roster_template(actor: Actor) -> AppResult<HttpResponse> {
    Scope::of(&actor, Right::ImportRoster)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"roster.xlsx\""))
        .body(template()?))
}

/// Imports a list by the columns that somebody confirmed, as a job whose result is an `ImportReport`.
/// Repeating it goes on with what is left.
#[utoipa::path(tag = "roster", params(("id" = RosterBatchId, Path)), request_body = ImportList, responses(
    (status = 202, body = JobView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/roster/batches/{id}/import")]
async fn import_roster(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterBatchId>,
    language: Language,
    body: Body<ImportList>,
) -> AppResult<HttpResponse> {
    let (permit, _) = permit(&cx, &actor, *id).await?;
    let job = ask_to_import(&cx, &permit, &body.0).await?;
    Ok(HttpResponse::Accepted().json(jobs::view(&cx, job, actor.account_id, language).await?))
}

/// The rows of a list that were not taken, each with all its faults; numbers are masked.
#[utoipa::path(tag = "roster", params(("id" = RosterBatchId, Path), PageQuery), responses(
    (status = 200, body = Page<FaultyRow>), (status = 404, body = Problem)))]
#[get("/roster/batches/{id}/faults")]
async fn list_roster_faults(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterBatchId>,
    query: Query<PageQuery>,
    language: Language,
) -> AppResult<Json<Page<FaultyRow>>> {
    let batch = upload::visible(&cx, &actor, *id).await?;
    Ok(Json(faults::list(&cx, &batch, &query, language).await?))
}

/// The rows that were not taken, as a file (.csv, UTF-8) to correct and import again. A POST, because
/// the numbers in it are whole: who took it is audited.
#[utoipa::path(tag = "roster", params(("id" = RosterBatchId, Path)), responses(
    (status = 200, body = Vec<u8>, content_type = "text/csv"), (status = 403, body = Problem),
    (status = 404, body = Problem)))]
#[post("/roster/batches/{id}/correction_file")]
async fn take_roster_correction_file(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterBatchId>,
    language: Language,
) -> AppResult<HttpResponse> {
    let (permit, batch) = permit(&cx, &actor, *id).await?;
    let file = faults::correction_file(&cx, &permit, &batch, language).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"correction.csv\""))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(file))
}

/// Persons on the rosters of the actor's places, by division.
#[utoipa::path(tag = "roster", params(RosterQuery), responses(
    (status = 200, body = Page<EntryRow>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/roster")]
async fn list_roster(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    query: Query<RosterQuery>,
) -> AppResult<Json<Page<EntryRow>>> {
    let class = roll_of(&**classes, &actor, query.class_id).await?;
    Ok(Json(list::list(&cx, &actor, query.into_inner(), class.as_ref()).await?))
}

/// The same persons as a file (.xlsx); numbers are masked. A POST, because who took it is audited.
#[utoipa::path(tag = "roster", params(RosterQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/roster/exports")]
async fn export_roster(
    actor: Actor,
    cx: Data<Services>,
    classes: Data<dyn ClassBook>,
    query: Query<RosterQuery>,
) -> AppResult<HttpResponse> {
    let class = roll_of(&**classes, &actor, query.class_id).await?;
    export::export(&cx, &actor, &query, class.as_ref()).await
}

/// How many persons stand where, division by division.
#[utoipa::path(tag = "roster", params(CountQuery), responses(
    (status = 200, body = Vec<RosterCount>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[get("/roster/counts")]
async fn count_roster(actor: Actor, cx: Data<Services>, query: Query<CountQuery>) -> AppResult<Json<Vec<RosterCount>>> {
    Ok(Json(list::counts(&cx, &actor, &query).await?))
}

/// One person on the roster, with the visits to them and the steps that were taken. Numbers are masked.
#[utoipa::path(tag = "roster", params(("id" = RosterEntryId, Path)), responses(
    (status = 200, body = EntryView), (status = 404, body = Problem)))]
#[get("/roster/{id}")]
async fn get_roster_entry(actor: Actor, cx: Data<Services>, id: Path<RosterEntryId>) -> AppResult<HttpResponse> {
    let view = list::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.entry.version))
}

/// Puts a person on the roster of the place that keeps them: one who was met, and whom no list names.
#[utoipa::path(tag = "roster", request_body = AddToRoster, responses(
    (status = 201, body = EntryView), (status = 403, body = Problem), (status = 409, body = Problem),
    (status = 422, body = Problem)))]
#[post("/roster")]
async fn add_to_roster(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<AddToRoster>,
) -> AppResult<HttpResponse> {
    let id = hand::add(&cx, &actor, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(list::get(&cx, &actor, id).await?))
}

/// Puts the facts of an entry right; what stood there before is kept.
#[utoipa::path(tag = "roster", params(("id" = RosterEntryId, Path)), request_body = EntryFacts, responses(
    (status = 200, body = EntryView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
#[put("/roster/{id}/facts")]
async fn correct_roster_entry(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterEntryId>,
    seen: IfMatch,
    body: Body<EntryFacts>,
) -> AppResult<HttpResponse> {
    hand::correct(&cx, &actor, *id, seen.0, &body.0).await?;
    let view = list::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.entry.version))
}

/// Closes an entry that leads nowhere, or opens it again; each with a reason.
#[utoipa::path(tag = "roster", params(("id" = RosterEntryId, Path)), request_body = TakeRosterStep, responses(
    (status = 200, body = EntryView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
    (status = 428, body = Problem)))]
#[post("/roster/{id}/steps")]
async fn take_roster_step(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterEntryId>,
    seen: IfMatch,
    key: IdempotencyKey,
    body: Body<TakeRosterStep>,
) -> AppResult<HttpResponse> {
    steps::take(&cx, &actor, *id, seen.0, &key, &body.0).await?;
    let view = list::get(&cx, &actor, *id).await?;
    Ok(with_etag(&view, view.entry.version))
}

/// Who can be sent to the persons on the rosters of the actor's places.
#[utoipa::path(tag = "roster", responses(
    (status = 200, body = Vec<Surveyor>), (status = 403, body = Problem)))]
#[get("/roster/surveyors")]
async fn list_roster_surveyors(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<Surveyor>>> {
    Ok(Json(visits::surveyors(&cx, &actor).await?))
}

/// Persons whom the actor is still to visit, with the visits to them. Numbers are masked.
#[utoipa::path(tag = "roster", params(PageQuery), responses(
    (status = 200, body = Page<EntryView>), (status = 403, body = Problem)))]
#[get("/roster/assigned")]
async fn list_assigned_roster(
    actor: Actor,
    cx: Data<Services>,
    query: Query<PageQuery>,
) -> AppResult<Json<Page<EntryView>>> {
    Ok(Json(list::assigned(&cx, &actor, &query).await?))
}

/// Sends a surveyor of the same school to persons on the roster, or takes back whom was sent: with all of them or, if
/// one field is wrong, with none.
#[utoipa::path(tag = "roster", request_body = AssignSurveyor, responses(
    (status = 204), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/roster/assignments")]
async fn assign_roster(actor: Actor, cx: Data<Services>, body: Body<AssignSurveyor>) -> AppResult<HttpResponse> {
    visits::assign(&cx, &actor, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes the visits that a device has gathered, and says of each what became of it. Sending one twice is
/// harmless.
#[utoipa::path(tag = "roster", request_body = SendVisits, responses(
    (status = 200, body = Vec<VisitAck>), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/roster/visits")]
async fn send_roster_visits(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
    body: Body<SendVisits>,
) -> AppResult<Json<Vec<VisitAck>>> {
    Ok(Json(visits::record(&cx, &actor, &body.0, language).await?))
}

/// Lets the actor work on a list.
///
/// # Errors
/// `not-found` if the actor may not see it, `forbidden` if they may only do that.
async fn permit(
    cx: &Services,
    actor: &Actor,
    id: RosterBatchId,
) -> AppResult<(Permit<ImportRoster>, roster_batch::Model)> {
    let batch = upload::visible(cx, actor, id).await?;
    Ok((authorize(actor, id, &place_of_batch(&batch))?, batch))
}
