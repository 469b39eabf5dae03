//! Rooms of exam sites (考场): entered and changed by who keeps their site.

use super::{
    entity::{exam_room, exam_site},
    exam_sites::place,
    places::{self, none_of},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize, lies_in},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, IfMatch, Routes, once, with_etag},
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path},
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{ExamRoomId, ExamSiteId},
    organisation::{DivisionCode, ExamRoomEntry, ExamRoomView, OpenState, validate_exam_room},
    problem::Problem,
    time::Timestamp,
};

actions! {
    /// Enter or change a room of an exam site.
    EditExamRoom(ExamRoomId) = EditExamSite;
}

/// Adds the routes of rooms.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_exam_rooms).service(create_exam_room).service(replace_exam_room);
}

/// The rooms of an exam site, by number.
#[utoipa::path(tag = "organisation", params(("id" = ExamSiteId, Path)), responses(
    (status = 200, body = Vec<ExamRoomView>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/exam_sites/{id}/rooms")]
async fn list_exam_rooms(actor: Actor, cx: Data<Services>, id: Path<ExamSiteId>) -> AppResult<Json<Vec<ExamRoomView>>> {
    let site = places::seen::<exam_site::Entity>(&cx, &actor, *id, place).await?;
    let rows = store::list_exam_rooms(cx.db.read(), &[site.id]).await?;
    Ok(Json(rows.into_iter().map(view).collect::<AppResult<_>>()?))
}

/// Enters a room of an exam site.
#[utoipa::path(tag = "organisation", params(("id" = ExamSiteId, Path)), request_body = ExamRoomEntry, responses(
    (status = 201, body = ExamRoomView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/exam_sites/{id}/rooms")]
async fn create_exam_room(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamSiteId>,
    key: IdempotencyKey,
    body: Body<ExamRoomEntry>,
) -> AppResult<HttpResponse> {
    let site = places::seen::<exam_site::Entity>(&cx, &actor, *id, place).await?;
    let permit = authorize(&actor, cx.ids.new_id(), &place(&site))?;
    let room_id = create(&cx, &permit, &key, (site.id, &body.0)).await?;
    Ok(HttpResponse::Created().json(stored_view(&cx, room_id).await?))
}

/// Changes a room over the version in `If-Match`; opens and closes it too.
#[utoipa::path(tag = "organisation", params(("id" = ExamRoomId, Path)), request_body = ExamRoomEntry, responses(
    (status = 200, body = ExamRoomView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/exam_rooms/{id}")]
async fn replace_exam_room(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ExamRoomId>,
    seen: IfMatch,
    body: Body<ExamRoomEntry>,
) -> AppResult<HttpResponse> {
    let room = store::find_exam_room(cx.db.read(), *id).await?.map(|row| row.exam_site_id);
    let site_id = room.unwrap_or(ExamSiteId(uuid::Uuid::nil()));
    let site = places::seen::<exam_site::Entity>(&cx, &actor, site_id, place).await?;
    let permit = authorize(&actor, *id, &place(&site))?;
    replace(&cx, &permit, seen.0, &body.0).await?;
    let view = stored_view(&cx, *id).await?;
    Ok(with_etag(&view, view.version))
}

async fn create(
    cx: &Services,
    permit: &Permit<EditExamRoom>,
    key: &IdempotencyKey,
    (site_id, entry): (ExamSiteId, &ExamRoomEntry),
) -> AppResult<ExamRoomId> {
    let (id, author) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            once(tx, author, key, &(site_id, entry), async || {
                none_of(validate_exam_room(entry))?;
                note(tx, entry, 1);
                let row = row((id, site_id), tx.now(), 1, entry)?;
                store::insert_exam_room(tx.conn(), row).await?.or_refuse("/number")?;
                Ok(id)
            })
            .await
        })
        .await
}

async fn replace(cx: &Services, permit: &Permit<EditExamRoom>, seen: i32, entry: &ExamRoomEntry) -> AppResult<()> {
    none_of(validate_exam_room(entry))?;
    let id = *permit.target();
    cx.db
        .write(permit, async |tx| {
            let before = store::find_exam_room(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            note(tx, entry, seen + 1);
            let row = row((id, before.exam_site_id), before.created_at, seen + 1, entry)?;
            store::replace_exam_room(tx.conn(), seen, row).await?.or_refuse("/number")
        })
        .await
}

/// Tells the audit log what was entered.
fn note(tx: &Tx, entry: &ExamRoomEntry, version: i32) {
    tx.note("version", version);
    tx.note("state", entry.state.as_str());
    tx.note("number", entry.number);
    tx.note("capacity", entry.capacity);
    tx.note("devices", entry.devices);
}

/// The row of a room as the entry says.
fn row(
    (id, exam_site_id): (ExamRoomId, ExamSiteId),
    created_at: Timestamp,
    version: i32,
    entry: &ExamRoomEntry,
) -> AppResult<exam_room::Model> {
    let mut accessible_seats = entry.accessible_seats.clone();
    accessible_seats.sort_unstable();
    Ok(exam_room::Model {
        id,
        exam_site_id,
        number: i32::from(entry.number),
        name: entry.name.trim().to_owned(),
        seat_rows: i32::from(entry.rows),
        seat_columns: i32::from(entry.columns),
        capacity: i32::from(entry.capacity),
        devices: entry.devices.map(i32::from),
        accessible_seats: serde_json::to_string(&accessible_seats).map_err(AppError::internal)?,
        has_extra_time: entry.has_extra_time,
        state: entry.state.as_str().to_owned(),
        version,
        created_at,
    })
}

/// A room that the caller has just written.
async fn stored_view(cx: &Services, id: ExamRoomId) -> AppResult<ExamRoomView> {
    view(store::find_exam_room(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?)
}

fn view(row: exam_room::Model) -> AppResult<ExamRoomView> {
    let small = |number: i32| u8::try_from(number).map_err(AppError::internal);
    Ok(ExamRoomView {
        id: row.id,
        exam_site_id: row.exam_site_id,
        number: u16::try_from(row.number).map_err(AppError::internal)?,
        name: row.name,
        rows: small(row.seat_rows)?,
        columns: small(row.seat_columns)?,
        capacity: small(row.capacity)?,
        devices: row.devices.map(small).transpose()?,
        accessible_seats: serde_json::from_str(&row.accessible_seats).map_err(AppError::internal)?,
        has_extra_time: row.has_extra_time,
        state: places::state(&row.state)?,
        version: row.version,
    })
}

/// A site that is in use, as a plan of seats needs it.
#[derive(Clone, Debug)]
pub struct ExamSiteInUse {
    /// The site.
    pub id: ExamSiteId,
    /// Its name.
    pub name: String,
    /// Where to go.
    pub address: String,
    /// Where it lies.
    pub division: DivisionCode,
    /// How many candidates can sit there at once.
    pub capacity: u32,
    /// Its rooms in use, by number.
    pub rooms: Vec<ExamRoomView>,
}

/// Those of these sites that are in use.
///
/// # Errors
/// If the store fails.
pub async fn exam_sites_in_use(conn: &impl ConnectionTrait, ids: &[ExamSiteId]) -> AppResult<Vec<ExamSiteInUse>> {
    in_use(conn, store::list_exam_sites(conn, ids).await?).await
}

/// The sites in a division that are in use.
///
/// # Errors
/// If the store fails.
pub async fn exam_sites_in(conn: &impl ConnectionTrait, division: DivisionCode) -> AppResult<Vec<ExamSiteInUse>> {
    let within = lies_in(exam_site::Column::Division, division);
    in_use(conn, store::list_exam_sites_within(conn, within).await?).await
}

async fn in_use(conn: &impl ConnectionTrait, found: Vec<exam_site::Model>) -> AppResult<Vec<ExamSiteInUse>> {
    let ids: Vec<ExamSiteId> = found.iter().map(|site| site.id).collect();
    let rows = store::list_exam_rooms(conn, &ids).await?;
    let rooms = rows.into_iter().map(view).collect::<AppResult<Vec<_>>>()?;
    let mut sites = Vec::new();
    for site in found {
        if places::state(&site.state)? != OpenState::Open {
            continue;
        }
        let in_use = |room: &&ExamRoomView| room.exam_site_id == site.id && room.state == OpenState::Open;
        let rooms = rooms.iter().filter(in_use).cloned().collect();
        let division = places::code(&site.division)?;
        let capacity = u32::try_from(site.capacity).unwrap_or_default();
        sites.push(ExamSiteInUse { id: site.id, name: site.name, address: site.address, division, capacity, rooms });
    }
    Ok(sites)
}
