//! A survey list comes in part by part: where the line is weak, only the part that broke off is sent again. What nobody
//! has made a list of is forgotten after a day.

use super::{
    entity::roster_upload_part,
    seal::{open_bytes, seal_bytes, upload_part},
    store,
};
use crate::{
    access::{Actor, Permit, actions, authorize_where_held},
    platform::{
        Services,
        db::{Permission, Tx},
        error::{AppError, AppResult},
        http::{Allowance, Query, Routes},
    },
};
use actix_web::{
    post,
    web::{Bytes, Data, Json, Path, Payload},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, RosterUploadId},
    problem::{Problem, ProblemCode},
    roster::{LIST_PART_BYTES, MAX_LIST_PARTS, UploadedPart},
};
use uuid::Uuid;

/// Parts that one account may send in a window: those of twenty of the largest lists.
const PARTS: Allowance = Allowance::hourly("roster-part", 1_280);
/// How long parts are kept, in seconds.
const KEPT_S: i64 = 86_400;

actions! {
    /// Keep a part of a survey list until the list is whole.
    KeepPart(RosterUploadId) = ImportRoster;
}

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(add_roster_part);
}

/// Which part it is.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct WhichPart {
    /// Its place in the file, from 0.
    #[param(required)]
    part: Option<u16>,
}

/// Keeps a part of a survey list (at most 512 KiB) for a day, so that a line which breaks off costs one part and not
/// the list. Sending it again changes nothing. `POST /roster/batches` takes the whole by the id of the upload.
#[utoipa::path(tag = "roster", params(("id" = RosterUploadId, Path), WhichPart),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, body = UploadedPart), (status = 403, body = Problem), (status = 413, body = Problem),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/roster/uploads/{id}")]
async fn add_roster_part(
    actor: Actor,
    cx: Data<Services>,
    id: Path<RosterUploadId>,
    which: Query<WhichPart>,
    payload: Payload,
) -> AppResult<Json<UploadedPart>> {
    let permit = authorize_where_held::<KeepPart>(&actor, *id)?;
    PARTS.take(&cx, actor.account_id).await?;
    let part = which.part.ok_or_else(|| AppError::field("/part", "required"))?;
    if part >= MAX_LIST_PARTS {
        return Err(AppError::field("/part", "out-of-range"));
    }
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(LIST_PART_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/file".to_owned(), reason: format!("{error}") };
    keep(&cx, &permit, part, &bytes.map_err(broken_off)?).await?;
    Ok(Json(UploadedPart { part }))
}

async fn keep(cx: &Services, permit: &Permit<KeepPart>, part: u16, bytes: &[u8]) -> AppResult<()> {
    let (upload_id, part) = (kept_as(permit.person()?, *permit.target()), i32::from(part));
    cx.db
        .write(permit, async |tx| {
            tx.note("part", part);
            forget_old(tx).await?;
            let content = seal_bytes(cx, &upload_part(upload_id, part), bytes)?;
            let row = roster_upload_part::Model { upload_id, part, content, received_at: tx.now() };
            store::insert_upload_part(tx.conn(), row).await
        })
        .await
}

/// Forgets the parts that were kept long enough: whenever another comes, or a list is whole.
pub(super) async fn forget_old(tx: &Tx) -> AppResult<()> {
    store::forget_upload_parts(tx.conn(), tx.now().plus_s(-KEPT_S)).await
}

/// Forgets parts of which nobody has made a list, the oldest, about as many as `rows`; how many. Where lists no longer
/// come in, nothing else would.
///
/// # Errors
/// If the store fails.
pub async fn forget_parts(cx: &Services, permit: &impl Permission, rows: u64) -> AppResult<u64> {
    let before = cx.clock.now().plus_s(-KEPT_S);
    let Some(until) = store::oldest_parts_until(cx.db.read(), before, rows).await? else { return Ok(0) };
    cx.db
        .write(permit, async |tx| {
            let deleted = store::forget_parts_until(tx.conn(), until).await?;
            tx.note("rows", deleted);
            Ok(deleted)
        })
        .await
}

/// The whole file that came in so many parts.
///
/// # Errors
/// The field `/file` if a part is missing.
pub(super) async fn whole(
    cx: &Services,
    account: AccountId,
    (upload, parts): (RosterUploadId, u16),
) -> AppResult<Bytes> {
    let upload_id = kept_as(account, upload);
    let mut whole = Vec::new();
    for part in 0..i32::from(parts.min(MAX_LIST_PARTS)) {
        let content = store::find_upload_part(cx.db.read(), upload_id, part).await?;
        let content = content.ok_or_else(|| AppError::field("/file", "part-missing"))?;
        whole.extend(open_bytes(cx, &upload_part(upload_id, part), &content)?);
    }
    Ok(whole.into())
}

/// The id under which the parts of an upload lie. A device makes the id of an upload, so that of another account's
/// leads nowhere.
fn kept_as(account: AccountId, upload: RosterUploadId) -> RosterUploadId {
    let digest = Sha256::new().chain_update(account.0.as_bytes()).chain_update(upload.0.as_bytes()).finalize();
    let digest: &[u8] = digest.as_ref();
    RosterUploadId(Uuid::from_bytes(digest.first_chunk().copied().unwrap_or_default()))
}
