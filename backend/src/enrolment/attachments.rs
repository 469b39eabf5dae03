//! Photos of papers: they come in from a phone, lie sealed, and each look at them is audited.

use super::{
    entity::{record_attachment, student_record},
    list::attachment,
    place::permit,
    rows::state_of,
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    identity, media,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        sealed::{LARGE_ROWS, SealedColumn},
    },
};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared::{
    enrolment::{
        AttachmentKind, AttachmentRefusal, AttachmentView, MAX_ATTACHMENT_SIDE, MAX_ATTACHMENTS, judge_attachment,
    },
    identity::ConsentPurpose,
    ids::{AttachmentId, StudentRecordId},
};

actions! {
    /// Add photos to a record, and take them away.
    KeepAttachments(StudentRecordId) = KeepEnrolments;
    /// Look at a photo.
    LookAt(StudentRecordId) = SeeAttachment;
}

/// What stands beside the photo.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct AttachmentQuery {
    /// What it shows.
    #[param(value_type = Option<AttachmentKind>)]
    kind: Option<String>,
}

/// Photos.
pub const SEALED: &[SealedColumn] = &[SealedColumn {
    table: "record_attachment",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(AttachmentId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
}];

/// What a photo is sealed for.
fn bound_to(id: AttachmentId) -> String {
    format!("record_attachment {id}")
}

/// Lets the actor add a photo, before the photo itself is read.
///
/// # Errors
/// `not-found`, `forbidden`, the field `/kind`, or [`AttachmentRefusal`].
pub(super) async fn permit_to_add(
    cx: &Services,
    actor: &Actor,
    id: StudentRecordId,
    query: &AttachmentQuery,
) -> AppResult<(Permit<KeepAttachments>, AttachmentKind)> {
    let (permit, row) = permit(cx, actor, id).await?;
    let kind = query.kind.as_deref().ok_or_else(|| AppError::field("/kind", "required"))?;
    let kind = AttachmentKind::parse(kind).ok_or_else(|| AppError::field("/kind", "unknown-value"))?;
    check_open(&row)?;
    check_agreed(cx.db.read(), &row, kind).await?;
    Ok((permit, kind))
}

/// Refuses a photo of a document of who does not agree to such.
async fn check_agreed(conn: &impl ConnectionTrait, row: &student_record::Model, kind: AttachmentKind) -> AppResult<()> {
    let Some(account_id) = row.account_id.filter(|_| kind.shows_document()) else { return Ok(()) };
    match identity::declines(conn, account_id, ConsentPurpose::Sensitive).await? {
        true => Err(AppError::refused(AttachmentRefusal::NotAgreed)),
        false => Ok(()),
    }
}

fn check_open(row: &student_record::Model) -> AppResult<()> {
    judge_attachment(state_of(row)?).map_err(AppError::refused)
}

/// Adds a photo for the office that keeps the record.
///
/// # Errors
/// `not-found`, `forbidden`, [`AttachmentRefusal`], or the field `/photo`.
pub async fn attach(
    cx: &Services,
    actor: &Actor,
    id: StudentRecordId,
    kind: AttachmentKind,
    bytes: Vec<u8>,
) -> AppResult<AttachmentView> {
    let (permit, row) = permit(cx, actor, id).await?;
    check_open(&row)?;
    check_agreed(cx.db.read(), &row, kind).await?;
    add(cx, &permit, &IdempotencyKey(None), kind, bytes).await
}

/// Adds a photo. A repeat with the same key gives the first answer.
///
/// # Errors
/// The field `/photo` if it is none; too many of them.
pub(super) async fn add(
    cx: &Services,
    permit: &Permit<KeepAttachments>,
    key: &IdempotencyKey,
    kind: AttachmentKind,
    bytes: Vec<u8>,
) -> AppResult<AttachmentView> {
    let (record_id, added_by) = (*permit.target(), permit.person()?);
    let request = (record_id, kind, hex::encode(Sha256::digest(&bytes)));
    let photo = media::photo(bytes, MAX_ATTACHMENT_SIDE, "/photo").await?;
    let id: AttachmentId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &photo.content, &*cx.ids)?;
    let size = |number: usize| i32::try_from(number).map_err(AppError::internal);
    let pixels = |number: u32| i32::try_from(number).map_err(AppError::internal);
    let (width, height, bytes) = (pixels(photo.width)?, pixels(photo.height)?, size(photo.content.len())?);
    cx.db
        .write(permit, async |tx| {
            once(tx, added_by, key, &request, async || {
                check_open(&store::lock_record(tx.conn(), record_id).await?)?;
                if store::count_attachments(tx.conn(), record_id).await? >= MAX_ATTACHMENTS as u64 {
                    return Err(AppError::field("/photo", "too-many"));
                }
                let row = record_attachment::Model {
                    id,
                    record_id,
                    kind: kind.as_str().to_owned(),
                    content: content.clone(),
                    width,
                    height,
                    bytes,
                    added_by,
                    added_at: tx.now(),
                    removed_by: None,
                    removed_at: None,
                };
                store::insert_attachment(tx.conn(), row).await?;
                tx.note("attachment", id.to_string());
                tx.note("kind", kind.as_str());
                attachment((id, kind.as_str().to_owned(), width, height, bytes, tx.now()))
            })
            .await
        })
        .await
}

/// Takes a photo away; one that is gone stays so.
///
/// # Errors
/// `not-found`, `forbidden`, or [`AttachmentRefusal`].
pub(super) async fn remove(
    cx: &Services,
    actor: &Actor,
    record_id: StudentRecordId,
    id: AttachmentId,
) -> AppResult<()> {
    let (permit, _) = permit::<KeepAttachments>(cx, actor, record_id).await?;
    let by = permit.person()?;
    cx.db
        .write(&permit, async |tx| {
            check_open(&store::lock_record(tx.conn(), record_id).await?)?;
            store::find_attachment(tx.conn(), record_id, id).await?.ok_or_else(AppError::not_found)?;
            tx.note("removed", id.to_string());
            store::remove_attachment(tx.conn(), id, by, tx.now()).await
        })
        .await
}

/// The photo, as JPEG. Who looked, and at whose, is audited.
///
/// # Errors
/// `not-found`, `forbidden`, or [`AttachmentRefusal::NotAgreed`].
pub(super) async fn look(
    cx: &Services,
    actor: &Actor,
    record_id: StudentRecordId,
    id: AttachmentId,
) -> AppResult<Vec<u8>> {
    let (permit, record) = permit::<LookAt>(cx, actor, record_id).await?;
    cx.db
        .write(&permit, async |tx| {
            let row = store::find_attachment(tx.conn(), record_id, id).await?;
            let row = row.filter(|row| row.removed_at.is_none()).ok_or_else(AppError::not_found)?;
            let unknown = || AppError::internal(format!("a photo of {}", row.kind));
            let kind = AttachmentKind::parse(&row.kind).ok_or_else(unknown)?;
            // The job that deletes it may be on its way.
            check_agreed(tx.conn(), &record, kind).await?;
            tx.note("attachment", id.to_string());
            cx.keys.fields.open_bytes(&bound_to(id), &row.content)
        })
        .await
}

/// The portrait of a record that was added last, as JPEG, within the write of who looks at it.
///
/// # Errors
/// If the store fails, or the photo cannot be opened.
pub async fn portrait_of(cx: &Services, tx: &Tx, record_id: StudentRecordId) -> AppResult<Option<Vec<u8>>> {
    let Some(row) = store::last_attachment(tx.conn(), record_id, AttachmentKind::Portrait).await? else {
        return Ok(None);
    };
    tx.note("attachment", row.id.to_string());
    cx.keys.fields.open_bytes(&bound_to(row.id), &row.content).map(Some)
}
