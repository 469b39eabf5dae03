//! Files beside items: the document or the scan that an item was taken from. It says what candidates are going to be
//! asked, so it lies sealed as the item does, and every look at it is noted.

use super::{
    entity::{item, item_attachment},
    frozen, history,
    reach::place_of,
    service::{in_use, locked},
    store::{self, AttachmentHead},
    views,
};
use crate::{
    access::{Action, Actor, Permit, actions, authorize},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Allowance, IdempotencyKey, Query, Routes, once},
        sealed::{LARGE_ROWS, SMALL_ROWS, SealedColumn},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    post,
    web::{Bytes, Data, Json, Path, Payload, block},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared::{
    ids::{ItemAttachmentId, ItemId},
    item_bank::{
        ItemAttachment, ItemAttachmentKind, ItemEventKind, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, check_attachment_name,
    },
    problem::{Problem, ProblemCode},
    rights::Right,
};

/// Files that one account may add in a window.
const FILES: Allowance = Allowance::hourly("item_attachment", 60);

actions! {
    /// Keep a file beside an item of one's own.
    AttachToItem(ItemId) = AuthorItem;
    /// Take away a file that lies beside an item.
    SeeAttachment(ItemId) = ReadItem;
    /// Take away a file that lies beside an item of one's own.
    SeeOwnAttachment(ItemId) = AuthorItem;
}

/// The files.
pub(super) const SEALED_FILES: SealedColumn = SealedColumn {
    table: "item_attachment",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| purpose(ItemAttachmentId(row.id), "content"),
    open_len: None,
    rows: LARGE_ROWS,
};

/// What they are called.
pub(super) const SEALED_NAMES: SealedColumn = SealedColumn {
    table: "item_attachment",
    name: "name",
    id: "id",
    number: None,
    bound_to: |row| purpose(ItemAttachmentId(row.id), "name"),
    open_len: None,
    rows: SMALL_ROWS,
};

/// Binds a column of a file to its row.
fn purpose(id: ItemAttachmentId, column: &str) -> String {
    format!("item_attachment/{id}/{column}")
}

/// What a file is called that is added.
#[derive(Deserialize, utoipa::IntoParams)]
struct AttachmentQuery {
    /// Its name.
    name: Option<String>,
}

/// A file beside an item.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
struct AttachmentPath {
    /// The item.
    id: ItemId,
    /// The file.
    attachment_id: ItemAttachmentId,
}

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_item_attachments).service(add_item_attachment).service(look_at_item_attachment);
}

/// The files beside an item, the first first. Who only writes items asks of their own.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path)), responses(
    (status = 200, body = Vec<ItemAttachment>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/items/{id}/attachments")]
async fn list_item_attachments(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
) -> AppResult<Json<Vec<ItemAttachment>>> {
    Ok(Json(list(&cx, &actor, *id).await?))
}

/// Keeps a file (PDF, a document, workbook or slides of Office Open XML without programs, JPEG, PNG or `WebP`, at most
/// 10 MB) beside an item of one's own, sealed. No candidate sees it.
#[utoipa::path(tag = "item_bank", params(("id" = ItemId, Path), AttachmentQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, body = Vec<ItemAttachment>), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem)))]
#[post("/items/{id}/attachments")]
async fn add_item_attachment(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ItemId>,
    key: IdempotencyKey,
    query: Query<AttachmentQuery>,
    payload: Payload,
) -> AppResult<HttpResponse> {
    let place = place_of(&cx, &actor, *id, &[Right::AuthorItem]).await?;
    let permit: Permit<AttachToItem> = authorize(&actor, *id, &place)?;
    views::own(&cx, &actor, *id).await?;
    FILES.take(&cx, actor.account_id).await?;
    let too_large = |_| AppError::Problem(ProblemCode::TooLarge);
    let bytes = payload.to_bytes_limited(MAX_ATTACHMENT_BYTES).await.map_err(too_large)?;
    let broken_off = |error| AppError::Malformed { pointer: "/file".to_owned(), reason: format!("{error}") };
    let name = query.into_inner().name.unwrap_or_default();
    add(&cx, &permit, &key, &name, bytes.map_err(broken_off)?).await?;
    Ok(HttpResponse::Created().json(list(&cx, &actor, *id).await?))
}

/// Gives a file that lies beside an item. A POST, because each look is in the audit log.
#[utoipa::path(tag = "item_bank", params(AttachmentPath), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/items/{id}/attachments/{attachment_id}/look")]
async fn look_at_item_attachment(
    actor: Actor,
    cx: Data<Services>,
    path: Path<AttachmentPath>,
) -> AppResult<HttpResponse> {
    let (kind, content) = see(&cx, &actor, (path.id, path.attachment_id)).await?;
    // Never a page of ours: whoever opens a file opens it on their own device.
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind.media_type()))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment"))
        .body(content))
}

async fn list(cx: &Services, actor: &Actor, id: ItemId) -> AppResult<Vec<ItemAttachment>> {
    views::may_know(cx, actor, id).await?;
    let item = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let rows = store::list_attachments(cx.db.read(), id).await?;
    rows.iter().map(|row| told(cx, actor, &item, row)).collect()
}

/// A file as the reader sees it: what lies beside an item in a sealed paper is closed as the item is.
fn told(cx: &Services, actor: &Actor, item: &item::Model, row: &AttachmentHead) -> AppResult<ItemAttachment> {
    let name = match frozen::is_withheld(Some(actor.account_id), item) {
        true => String::new(),
        false => {
            let name = cx.keys.fields.open_bytes(&purpose(row.id, "name"), &row.name)?;
            String::from_utf8(name).map_err(AppError::internal)?
        }
    };
    Ok(ItemAttachment {
        id: row.id,
        name,
        kind: kind_of(&row.kind)?,
        bytes: u32::try_from(row.bytes).map_err(AppError::internal)?,
        version: row.number,
        added_at: row.added_at,
    })
}

fn kind_of(kind: &str) -> AppResult<ItemAttachmentKind> {
    ItemAttachmentKind::parse(kind).ok_or_else(|| AppError::internal("unknown kind of a file beside an item"))
}

/// Keeps a file. A repeat with the same key keeps it once.
///
/// # Errors
/// The field `/name` or `/file`; `wrong-state` beside what was retired.
async fn add(
    cx: &Services,
    permit: &Permit<AttachToItem>,
    key: &IdempotencyKey,
    name: &str,
    file: Bytes,
) -> AppResult<ItemAttachmentId> {
    let name = check_attachment_name(name).map_err(|wrong| AppError::Invalid(vec![wrong]))?;
    let (item_id, added_by, id) = (*permit.target(), permit.person()?, cx.ids.new_id::<ItemAttachmentId>());
    let looked_through = file.clone();
    // All of it is looked through, and others wait for this worker meanwhile.
    let kind = block(move || ItemAttachmentKind::of(&looked_through)).await.map_err(AppError::internal)?;
    let kind = kind.ok_or_else(|| AppError::field("/file", "attachment-kind"))?;
    let request = (item_id, &name, hex::encode(Sha256::digest(&file)));
    let sealed_name = cx.keys.fields.seal_bytes(&purpose(id, "name"), name.as_bytes(), &*cx.ids)?;
    let content = cx.keys.fields.seal_bytes(&purpose(id, "content"), &file, &*cx.ids)?;
    let bytes = i32::try_from(file.len()).map_err(AppError::internal)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, added_by, key, &request, async || {
                let (item, newest) = locked(tx, item_id).await?;
                in_use(&item)?;
                if store::count_attachments(tx.conn(), item_id).await? >= MAX_ATTACHMENTS {
                    return Err(AppError::field("/file", "too-many"));
                }
                let row = item_attachment::Model {
                    id,
                    item_id,
                    number: newest.number,
                    kind: kind.as_str().to_owned(),
                    bytes,
                    name: sealed_name.clone(),
                    content: content.clone(),
                    added_by,
                    added_at: tx.now(),
                };
                store::insert_attachment(tx.conn(), row).await?;
                history::note((cx, tx), ItemEventKind::Attached, added_by, &[(item_id, newest.number)]).await?;
                tx.note("attachment", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// A file and what it is: of any item for who reads them, of their own for who writes.
///
/// # Errors
/// `forbidden`; `not-found` if there is none or the item is not the author's; `wrong-state` while the item stands in a
/// sealed paper that nobody has sat yet, unless the actor wrote it.
async fn see(
    cx: &Services,
    actor: &Actor,
    (id, attachment): (ItemId, ItemAttachmentId),
) -> AppResult<(ItemAttachmentKind, Vec<u8>)> {
    let place = place_of(cx, actor, id, &[Right::ReadItem, Right::AuthorItem]).await?;
    if actor.has_any(&[Right::ReadItem], &place) {
        return look(cx, actor, &authorize::<SeeAttachment>(actor, id, &place)?, attachment).await;
    }
    let permit: Permit<SeeOwnAttachment> = authorize(actor, id, &place)?;
    views::own(cx, actor, id).await?;
    look(cx, actor, &permit, attachment).await
}

async fn look<A: Action<Target = ItemId>>(
    cx: &Services,
    actor: &Actor,
    permit: &Permit<A>,
    attachment: ItemAttachmentId,
) -> AppResult<(ItemAttachmentKind, Vec<u8>)> {
    let (id, person) = (*permit.target(), permit.person()?);
    let row = cx
        .db
        .write(permit, async |tx| {
            let item = store::find(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            let row = store::find_attachment(tx.conn(), attachment).await?.filter(|row| row.item_id == id);
            let row = row.ok_or_else(AppError::not_found)?;
            frozen::may_look(actor, &item)?;
            tx.note("attachment", attachment.to_string());
            history::note((cx, tx), ItemEventKind::Looked, person, &[(id, row.number)]).await?;
            Ok(row)
        })
        .await?;
    let content = cx.keys.fields.open_bytes(&purpose(row.id, "content"), &row.content)?;
    Ok((kind_of(&row.kind)?, content))
}
