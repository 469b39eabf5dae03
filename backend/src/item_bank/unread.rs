//! Items of other systems that are none here: kept as they came, for the day on which they can be. Whoever brought one
//! may take it away again, which is noted, for it holds a key; nobody else sees it.

use super::{entity::unread_item, store};
use crate::{
    access::{Actor, Permit, actions, authorize},
    learning, organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::Routes,
        sealed::{LARGE_ROWS, SealedColumn},
    },
};
use actix_web::{
    HttpResponse, get,
    http::header,
    post,
    web::{Data, Json, Path},
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, CourseId, UnreadItemId},
    item_bank::{UnreadItem, UnreadItemText},
    problem::Problem,
};

/// Texts that one import keeps; what else is not understood is only told.
const MOST: usize = 500;
/// Bytes of a text that is kept.
const BYTES: usize = 256 * 1024;

actions! {
    /// Take away what one has brought and nobody here understood.
    SeeUnread(UnreadItemId) = AuthorItem;
}

/// What was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnreadFile {
    /// Where it lay in its package; empty if it came alone.
    pub(super) file: String,
    /// What of it was not.
    pub(super) name: String,
    /// As it came.
    pub(super) text: String,
}

/// Those that are kept.
pub(super) fn kept(mut files: Vec<UnreadFile>) -> Vec<UnreadFile> {
    files.retain(|file| file.text.len() <= BYTES);
    files.truncate(MOST);
    files
}

/// Keeps what was not understood, within a write.
pub(super) async fn keep(
    cx: &Services,
    tx: &Tx,
    (kept_by, course_id): (AccountId, CourseId),
    files: &[UnreadFile],
) -> AppResult<()> {
    for file in files {
        let id: UnreadItemId = cx.ids.new_id();
        let row = unread_item::Model {
            id,
            course_id,
            kept_by,
            file: file.file.clone(),
            name: file.name.clone(),
            sha256: hex::encode(Sha256::digest(file.text.as_bytes())),
            content: cx.keys.fields.seal_bytes(&purpose(id), file.text.as_bytes(), &*cx.ids)?,
            kept_at: tx.now(),
        };
        store::keep_unread(tx.conn(), row).await?;
    }
    if !files.is_empty() {
        tx.note("kept", files.len());
    }
    Ok(())
}

/// Texts that nobody here understood.
pub(super) const SEALED: SealedColumn = SealedColumn {
    table: "unread_item",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| purpose(UnreadItemId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
};

/// Binds a text to its row.
fn purpose(id: UnreadItemId) -> String {
    format!("unread_item/{id}/content")
}

/// Adds these routes.
pub(super) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_unread_items).service(see_unread_item);
}

/// What one has brought and nobody here understood, the newest first; never what it says.
#[utoipa::path(tag = "item_bank", responses((status = 200, body = Vec<UnreadItem>)))]
#[get("/me/unread_items")]
async fn list_unread_items(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<UnreadItem>>> {
    let rows = store::list_unread(cx.db.read(), actor.account_id).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let course_title = learning::course(&cx, row.course_id).await?.title;
        let unread_item::Model { id, file, name, kept_at, .. } = row;
        items.push(UnreadItem { id, course_title, file, name, kept_at });
    }
    Ok(Json(items))
}

/// One of these as it came. A POST, because each look is noted.
#[utoipa::path(tag = "item_bank", params(("id" = UnreadItemId, Path)), responses(
    (status = 200, body = UnreadItemText), (status = 404, body = Problem)))]
#[post("/me/unread_items/{id}/views")]
async fn see_unread_item(actor: Actor, cx: Data<Services>, id: Path<UnreadItemId>) -> AppResult<HttpResponse> {
    let text = see(&cx, &actor, *id).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(text))
}

async fn see(cx: &Services, actor: &Actor, id: UnreadItemId) -> AppResult<UnreadItemText> {
    let row = store::find_unread(cx.db.read(), id).await?;
    let row = row.filter(|row| row.kept_by == actor.account_id).ok_or_else(AppError::not_found)?;
    let permit: Permit<SeeUnread> =
        authorize(actor, id, &organisation::catalogue_of(row.course_id)).map_err(|_| AppError::not_found())?;
    let text = cx.keys.fields.open_bytes(&purpose(id), &row.content)?;
    let text = String::from_utf8(text).map_err(AppError::internal)?;
    cx.db
        .write(&permit, async |tx| {
            tx.note("unread", row.sha256.clone());
            Ok(())
        })
        .await?;
    Ok(UnreadItemText { file: row.file, text })
}
