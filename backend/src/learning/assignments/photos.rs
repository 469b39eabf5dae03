//! Photos and files for assignments: they come in from the learner, lie sealed, and each look of a teacher at one is
//! audited.

use super::{
    OwnActivity,
    mark::{self, LookAtHandIn},
    views::{files_of, photos_of},
};
use crate::{
    access::{Actor, Permit},
    learning::{entity::assignment_photo, store, study::StudyCourses},
    media,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        sealed::{LARGE_ROWS, SealedColumn},
    },
};
use actix_web::web::{Bytes, block};
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, ActivityId, AssignmentPhotoId, HandInId},
    learning::{
        AssignmentPhotoView, HandInFile, HandInFileKind, MAX_HAND_IN_PHOTO_SIDE, may_send_file, may_send_photo,
    },
};

/// The kind of a photo: all are kept as JPEG.
pub(super) const PHOTO: &str = "jpg";

/// Photos and files.
pub(in crate::learning) const SEALED: SealedColumn = SealedColumn {
    table: "assignment_photo",
    name: "content",
    id: "id",
    number: None,
    bound_to: |row| bound_to(AssignmentPhotoId(row.id)),
    open_len: None,
    rows: LARGE_ROWS,
};

/// What a photo or a file is sealed for.
fn bound_to(id: AssignmentPhotoId) -> String {
    format!("assignment_photo {id}")
}

/// Sees that an assignment of the learner takes photos, before the photo itself is read.
///
/// # Errors
/// `not-found` if no class of the learner studies it; the field `/photo` if it takes none.
pub(super) async fn may_add(cx: &Services, permit: &Permit<StudyCourses>, id: ActivityId) -> AppResult<()> {
    match OwnActivity::find(cx, *permit.target(), id, None).await?.takes.photos {
        0 => Err(AppError::field("/photo", "too-many")),
        _ => Ok(()),
    }
}

/// Keeps a photo for an assignment, to be handed in. A repeat with the same key gives the first answer.
///
/// # Errors
/// The field `/photo` if it is none; `wrong-state` if very many were sent.
pub(super) async fn add(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    key: &IdempotencyKey,
    activity_id: ActivityId,
    bytes: Vec<u8>,
) -> AppResult<AssignmentPhotoView> {
    let request = (activity_id, hex::encode(Sha256::digest(&bytes)));
    let photo = media::photo(bytes, MAX_HAND_IN_PHOTO_SIDE, "/photo").await?;
    let id: AssignmentPhotoId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &photo.content, &*cx.ids)?;
    let id = keep(cx, permit, (key, &request), Sealed { id, activity_id, kind: PHOTO, content }).await?;
    Ok(AssignmentPhotoView { id })
}

/// Sees that an assignment of the learner takes files, before the file itself is read.
///
/// # Errors
/// `not-found` if no class of the learner studies it; the field `/file` if it takes none.
pub(super) async fn may_add_file(cx: &Services, permit: &Permit<StudyCourses>, id: ActivityId) -> AppResult<()> {
    match OwnActivity::find(cx, *permit.target(), id, None).await?.takes.files {
        0 => Err(AppError::field("/file", "too-many")),
        _ => Ok(()),
    }
}

/// Keeps a file for an assignment, to be handed in. A repeat with the same key gives the first answer.
///
/// # Errors
/// The field `/file` if it is of no kind that is taken; `wrong-state` if very many were sent.
pub(super) async fn add_file(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    key: &IdempotencyKey,
    activity_id: ActivityId,
    bytes: Bytes,
) -> AppResult<HandInFile> {
    let kind = kind_of(bytes.clone()).await?;
    let request = (activity_id, hex::encode(Sha256::digest(&bytes)));
    let id: AssignmentPhotoId = cx.ids.new_id();
    let content = cx.keys.fields.seal_bytes(&bound_to(id), &bytes, &*cx.ids)?;
    let id = keep(cx, permit, (key, &request), Sealed { id, activity_id, kind: kind.as_str(), content }).await?;
    Ok(HandInFile { id, kind })
}

/// What a file is. All of it is looked through, and others wait for this worker meanwhile.
async fn kind_of(bytes: Bytes) -> AppResult<HandInFileKind> {
    let kind = block(move || HandInFileKind::of(&bytes)).await.map_err(AppError::internal)?;
    kind.ok_or_else(|| AppError::field("/file", "file-kind"))
}

/// A photo or a file that is to be kept.
struct Sealed {
    id: AssignmentPhotoId,
    activity_id: ActivityId,
    kind: &'static str,
    content: Vec<u8>,
}

/// Keeps it, once for each key; its id.
async fn keep(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    (key, request): (&IdempotencyKey, &(ActivityId, String)),
    sealed: Sealed,
) -> AppResult<AssignmentPhotoId> {
    let account_id = *permit.target();
    let Sealed { id, activity_id, kind, content } = sealed;
    cx.db
        .write(permit, async |tx| {
            once(tx, account_id, key, request, async || {
                store::lock_learner(tx.conn(), account_id).await?;
                check_number(tx, (account_id, activity_id), kind).await?;
                let (content, kind) = (content.clone(), kind.to_owned());
                let row = assignment_photo::Model { id, account_id, activity_id, content, added_at: tx.now(), kind };
                store::insert_assignment_photo(tx.conn(), row).await?;
                tx.note("photo", id.to_string());
                Ok(id)
            })
            .await
        })
        .await
}

/// Refuses one photo or one file more than may be sent.
async fn check_number(tx: &Tx, (account_id, activity_id): (AccountId, ActivityId), kind: &str) -> AppResult<()> {
    let files: Vec<&str> = HandInFileKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let may_send = if kind == PHOTO {
        may_send_photo(store::count_sent(tx.conn(), account_id, activity_id, &[PHOTO]).await?)
    } else {
        may_send_file(store::count_sent(tx.conn(), account_id, activity_id, &files).await?)
    };
    may_send.map_err(AppError::refused)
}

/// What was sent, and as what it is served.
pub(super) struct Opened {
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its bytes.
    pub(super) content: Vec<u8>,
}

fn opened(cx: &Services, row: &assignment_photo::Model) -> AppResult<Opened> {
    let media_type = HandInFileKind::parse(&row.kind).map_or("image/jpeg", HandInFileKind::media_type);
    Ok(Opened { media_type, content: cx.keys.fields.open_bytes(&bound_to(row.id), &row.content)? })
}

/// A photo or a file of the learner's own.
///
/// # Errors
/// `not-found` if it is none of theirs.
pub(super) async fn own(cx: &Services, permit: &Permit<StudyCourses>, id: AssignmentPhotoId) -> AppResult<Opened> {
    let row = store::find_assignment_photo(cx.db.read(), id).await?;
    let row = row.filter(|row| row.account_id == *permit.target()).ok_or_else(AppError::not_found)?;
    opened(cx, &row)
}

/// A photo or a file of a hand-in. Who looked, and at which, is audited.
///
/// # Errors
/// `not-found`, also if the hand-in has no such photo or file.
pub(super) async fn look(
    cx: &Services,
    actor: &Actor,
    (hand_in, id): (HandInId, AssignmentPhotoId),
) -> AppResult<Opened> {
    let permit = mark::permit::<LookAtHandIn>(cx, actor, hand_in).await?;
    let (row, _) = store::find_hand_in(cx.db.read(), hand_in).await?.ok_or_else(AppError::not_found)?;
    if !photos_of(&row)?.contains(&id) && !files_of(&row)?.iter().any(|file| file.id == id) {
        return Err(AppError::not_found());
    }
    cx.db
        .write(&permit, async |tx| {
            let photo = store::find_assignment_photo(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            tx.note("photo", id.to_string());
            opened(cx, &photo)
        })
        .await
}
